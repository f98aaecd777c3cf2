// What was measured so far, by kind and name: samples in milliseconds, sizes in bytes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sizes } from "./server.mjs";

// How far a logit may be from the one computed natively.
const TOLERANCE = 1e-3;

export class Measured {
  #samples = {};
  #facts = {};
  #failures = {};
  #case = null;
  // The case of each name of samples.
  #cases = {};

  constructor(config, server) {
    this.config = config;
    this.server = server;
  }

  // Runs a case; what fails is noted once, under its name, and none of its times is kept.
  async attempt({ name }, run) {
    this.#case = name;
    try {
      await run();
    } catch (error) {
      this.#failures[name] ??= error.message;
      console.error(`   ${name} failed: ${error.message}`);
    }
  }

  hasFailed({ name }) {
    return name in this.#failures;
  }

  // Requires the ten logits that Edgewise computes natively; `check` names the file that they are in.
  logits(check, logits) {
    const wanted = JSON.parse(readFileSync(join(this.config.models, `${check}.json`), "utf8")).logits;
    const apart = wanted.map((value, index) => Math.abs(value - logits[index]));
    const worst = Math.max(...apart);
    if (logits.length !== wanted.length || !(worst <= TOLERANCE)) {
      throw new Error(`logits differ by ${worst} from the native ones, ${TOLERANCE} at most is the same network`);
    }
    this.most("logits_off_by", check, worst);
  }

  // Requires as many edge pixels as all others found in the scene of this size.
  edges(size, count) {
    const before = this.#facts["edge pixels"]?.[size] ?? count;
    if (count !== before) throw new Error(`${count} edge pixels at ${size}, others found ${before}: it is not the same Canny`);
    this.set("edge pixels", size, count);
  }

  // Adds samples.
  add(kind, name, values) {
    this.#cases[`${kind}: ${name}`] = this.#case;
    ((this.#samples[kind] ??= {})[name] ??= []).push(...values);
  }

  // Keeps a fact; the last one counts.
  set(kind, name, value) {
    (this.#facts[kind] ??= {})[name] = value;
  }

  most(kind, name, value) {
    this.set(kind, name, Math.max(value, this.#facts[kind]?.[name] ?? 0));
  }

  // Takes everything that was asked for since the server's log was emptied as what `name` needs; a missing file is an error.
  bytes(name) {
    const log = this.server.log.slice();
    const missing = log.filter(({ found }) => !found).map(({ path }) => path);
    if (missing.length) throw new Error(`these files are missing: ${missing.join(", ")}`);
    // The picture to classify is the bench's, as are its own scripts.
    const own = log.filter(({ path }) => !(path.startsWith("/bench/") || /^\/models\/[^/]*\.json$/.test(path)));
    this.set("bytes", name, sizes(own, join(this.config.packages, "sizes.json")));
  }

  // Medians, 95th percentiles and counts of all samples of a name; nothing of what failed.
  summary() {
    const result = { failures: this.#failures, ...this.#facts };
    for (const [kind, names] of Object.entries(this.#samples)) {
      const kept = Object.entries(names).filter(([name]) => !(this.#cases[`${kind}: ${name}`] in this.#failures));
      result[kind] = Object.fromEntries(kept.map(([name, values]) => [name, distribution(values)]));
    }
    return result;
  }
}

// By nearest rank.
export function distribution(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return { median: rank(0.5), p95: rank(0.95), least: sorted[0], samples: sorted.length };
}
