// Keeps the page for visits without a network. `cargo xtask site` writes what it keeps into the next two lines; a site that is not
// published keeps nothing, so that a change is seen at once.
const VERSION = "";
const FILES = [];

const PREFIX = "edgewise-";
const CACHE = PREFIX + VERSION;

// The files of one version are asked for together, and a version is used whole or not at all.
async function keep() {
  const cache = await caches.open(CACHE);
  // Names with a hash never mean other bytes, so the browser's own copies will do for all but the page itself.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: file === "./" ? "reload" : "default" })));
}

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && (name !== CACHE || !VERSION));
  await Promise.all(names.map((name) => caches.delete(name)));
  if (!VERSION) return self.registration.unregister();
  // The first visit too: what is opened later in it, such as the laboratory, is kept as well.
  await self.clients.claim();
}

const isHashed = (url) => /-[0-9a-f]{16}(\.[a-z0-9]+)?$/.test(url.pathname);
const isPage = (url) => [new URL("./", self.location).pathname, new URL("index.html", self.location).pathname].includes(url.pathname);

async function answer(request) {
  const url = new URL(request.url);
  const cache = await caches.open(CACHE);
  const kept = await cache.match(isPage(url) ? "./" : request, { ignoreSearch: true });
  // A response that was fetched has its own address, by which a worker would know itself; the query says which program it starts.
  if (kept) return url.search ? new Response(kept.body, kept) : kept;
  const response = await fetch(request);
  // What is asked for later, such as the second network, is kept then.
  if (response.ok && response.status === 200 && isHashed(url)) await cache.put(request, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(VERSION ? keep() : self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const passes = ["reload", "no-store"].includes(request.cache) || request.headers.has("range");
  if (!VERSION || request.method !== "GET" || passes || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});
