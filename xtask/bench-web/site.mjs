// What the bench has to know of the built site.
import { readFileSync } from "node:fs";

export function describe({ worker, weights, doodle }, origin) {
  return {
    origin,
    doodle: JSON.parse(readFileSync(doodle, "utf8")),
    page: `${origin}/site/`,
    worker: `${origin}/site/${worker}`,
    weights: `${origin}/site/${weights}`,
    fullWidth: `${origin}/models/full-width.safetensors`,
    // What assets/start.js chooses in Chromium, which has relaxed SIMD.
    program: "cpu-relaxed",
  };
}
