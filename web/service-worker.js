// Keeps the page for visits without a network. `cargo xtask site` writes what it keeps into the next two lines; a site that is not
// published keeps nothing, so that a change is seen at once.
const VERSION = "";
const FILES = [];

// The pages of one origin share its caches, and each may be another deployment. No path has a space.
const PREFIX = `edgewise ${new URL(self.registration.scope).pathname} `;
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

// What is kept for a request, if anything. A browser that cannot look has nothing, and the network answers.
async function kept(request, url) {
  try {
    const cache = await caches.open(CACHE);
    return await cache.match(isPage(url) ? "./" : request, { ignoreSearch: true });
  } catch {
    return undefined;
  }
}

// Where there is no room for it, it is asked for again the next time.
async function keepLater(request, response) {
  try {
    const cache = await caches.open(CACHE);
    await cache.put(request, response);
  } catch (error) {
    console.info(`${request.url} is not kept: ${error.message}`);
  }
}

async function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  const found = await kept(request, url);
  // A response that was fetched has its own address, by which a worker would know itself; the query says which program it starts.
  if (found) return url.search ? new Response(found.body, found) : found;
  const response = await fetch(request);
  // What is asked for later, such as the second network, is kept then.
  if (response.ok && response.status === 200 && isHashed(url)) event.waitUntil(keepLater(request, response.clone()));
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
  event.respondWith(answer(event));
});
