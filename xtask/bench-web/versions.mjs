// The versions of what is compared.
import { readFileSync } from "node:fs";
import { join } from "node:path";

// Those installed below `folder`, by the names in its package.json.
export function versions(folder) {
  const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));
  const names = Object.keys(read("package.json").dependencies);
  const installed = names.map((name) => [name, read(`node_modules/${name}/package.json`).version]);
  return { node: process.version, ...Object.fromEntries(installed) };
}
