// Measures Edgewise and other libraries in headless Chromium, interleaved. `cargo xtask bench web` runs it:
//
//   node run.mjs '{"site": ..., "worker": ..., "weights": ..., "packages": ..., "models": ..., "doodle": ..., "chromium": ..., "rounds": 5,
//                  "runs": 100, "only": null, "out": ...}'
//
// `worker` and `weights` are relative to the site, all other files and folders absolute. Progress goes to the standard error, the result as
// JSON to the file `out`.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { Browser } from "./cdp.mjs";
import { caseList } from "./cases.mjs";
import { Measured } from "./measured.mjs";
import { serve } from "./server.mjs";
import { describe } from "./site.mjs";
import { versions } from "./versions.mjs";

const config = JSON.parse(process.argv[2]);
const conditions = {
  date: new Date().toISOString().slice(0, 10),
  processor: `${cpus()[0].model}, ${cpus().length} threads`,
  load_before: loadavg()[0],
  rounds: config.rounds,
  runs: config.runs,
  versions: versions(config.packages),
};
const server = await serve({
  bench: fileURLToPath(new URL("pages", import.meta.url)),
  models: config.models,
  packages: `${config.packages}/node_modules`,
  site: config.site,
});
const measured = new Measured(config, server);
const all = caseList(describe(config, server.origin));
const cases = all.filter(({ name }) => name.includes(config.only ?? ""));
if (cases.length === 0) {
  console.error(`no case has "${config.only}" in its name: give --only a part of one of these:`);
  for (const { name } of all) console.error(`  ${name}`);
  process.exit(1);
}

try {
  for (let round = 0; round < config.rounds; round++) {
    // A fresh browser and profile each round; each case comes first in turn, so none always follows the same one.
    const browser = new Browser(config.chromium);
    try {
      conditions.browser ??= (await browser.send("Browser.getVersion")).product;
      for (let step = 0; step < cases.length; step++) {
        const one = cases[(step + round) % cases.length];
        if ((one.once && round > 0) || measured.hasFailed(one)) continue;
        console.error(`round ${round + 1} of ${config.rounds}: ${one.name}`);
        await measured.attempt(one, () => one.run(browser, measured));
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
}
conditions.load_after = loadavg()[0];
writeFileSync(config.out, JSON.stringify({ conditions, ...measured.summary() }));
