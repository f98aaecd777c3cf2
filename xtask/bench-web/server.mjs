// A static server on loopback that keeps what it was asked for.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript",
  ".png": "image/png", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
  ".webp": "image/webp", ".woff2": "font/woff2",
};
// With isolation performance.now() counts in steps of 5 microseconds instead of 100. Nothing is ever cached.
const HEADERS = {
  "cache-control": "no-store", "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

// Serves each folder of `folders` under its name. `log` holds the path and the body of every answer since it was emptied.
export async function serve(folders) {
  const log = [];
  const server = createServer((request, response) => {
    let path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (path.endsWith(sep)) path += "index.html";
    const [, name, ...rest] = path.split(sep);
    const folder = folders[name] && resolve(folders[name]);
    const file = folder && join(folder, ...rest);
    const found = file?.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile();
    const body = found ? readFileSync(file) : Buffer.from("There is no such file.\n");
    log.push({ path, body, found });
    const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, { ...HEADERS, "content-type": type, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    log,
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

// The sums of sizes of answers: as they are, by gzip -9 and by brotli 11. Sizes are kept in `store` by content: brotli is slow.
export function sizes(answers, store) {
  const known = existsSync(store) ? JSON.parse(readFileSync(store)) : {};
  const total = { requests: answers.length, raw: 0, gzip: 0, brotli: 0 };
  for (const { body } of answers) {
    const key = createHash("sha256").update(body).digest("hex");
    known[key] ??= { raw: body.length, gzip: gzipSync(body, { level: 9 }).length, brotli: brotliCompressSync(body).length };
    for (const kind of ["raw", "gzip", "brotli"]) total[kind] += known[key][kind];
  }
  writeFileSync(store, JSON.stringify(known));
  return total;
}
