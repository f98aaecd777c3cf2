// What the bench has to know of the built site: where its worker and weights lie, and which programs it has.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// Names have a hash in a published site: `cpu.js` or `cpu-1a2b3c4d.js`.
const hasProgram = (folder, stem) => readdirSync(folder).some((name) => new RegExp(`^${stem}([.-][0-9a-f]{8,})?\\.js$`).test(name));

export function describe({ site, worker, weights, doodle }, origin) {
  const workers = join(site, dirname(worker));
  return {
    origin,
    doodle: JSON.parse(readFileSync(doodle, "utf8")),
    page: `${origin}/site/`,
    worker: `${origin}/site/${worker}`,
    weights: `${origin}/site/${weights}`,
    fullWidth: `${origin}/models/full-width.safetensors`,
    // Chromium has relaxed SIMD, so the page chooses that program where there is one.
    program: hasProgram(workers, "cpu-relaxed") ? "cpu-relaxed" : "cpu",
  };
}
