// Starts the page, or says in a sentence why it can't start. What takes long begins here, before the page's own program has
// come: the CPU engine's worker, the weights, and drawing.
import { drawEarly } from "./early-sheet.js";
import { keepForOffline, takeNewVersion } from "./offline.js";

// before.js looks for it.
window.edgewiseStarts = true;

// The smallest module with a vector instruction (i8x16.popcnt): a browser without WebAssembly SIMD finds it invalid.
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

// The same with an instruction of relaxed SIMD (f32x4.relaxed_madd of three times i8x16.splat(0)).
const RELAXED_SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15,
  253, 133, 2, 11,
);

// What must fit together: the page, this file, and what it starts.
const FILES = [
  "../app/web.js",
  "../app/web_bg.wasm",
  "./early-sheet.js",
  "./offline.js",
  "../workers/worker.js",
  "../workers/cpu.js",
  "../workers/cpu_bg.wasm",
  "../workers/cpu-relaxed.js",
  "../workers/cpu-relaxed_bg.wasm",
].map((file) => new URL(file, import.meta.url).href);

// So many milliseconds pass before the page shows how far it has come.
const PATIENCE = 500;

const RELOADED = "edgewise-reloaded";

// The sentences are in before.js, which has run by now.
const { say, line, note } = globalThis.edgewiseText;

const place = document.getElementById("app");

// `?weights=` names other weights of the same site: neither the network that was trained on photos alone nor the story goes with them.
function takeOwnWeights() {
  const name = new URLSearchParams(location.search).get("weights");
  if (name === null) return;
  const address = URL.canParse(name, document.baseURI) ? new URL(name, document.baseURI) : null;
  if (address?.origin !== location.origin) {
    note(say("otherSite", name));
    return;
  }
  place.dataset.weights = address.href;
  place.dataset.ownWeights = name;
  delete place.dataset.photosOnly;
  delete place.dataset.story;
}

// Whether the visitor pressed “Reload” just now. Where the browser keeps nothing for the page, it is not known.
function takeReloaded() {
  try {
    const reloaded = sessionStorage.getItem(RELOADED) !== null;
    sessionStorage.removeItem(RELOADED);
    return reloaded;
  } catch {
    return false;
  }
}

// Loads the page again, with every file from the server: an old one that the browser or the service worker keeps may be what does not fit.
async function reload() {
  try {
    sessionStorage.setItem(RELOADED, "");
  } catch {
    // Then a second failure gets the same sentence.
  }
  await takeNewVersion();
  const files = [location.href, import.meta.url, ...FILES];
  await Promise.allSettled(files.map((file) => fetch(file, { cache: "reload" })));
  location.reload();
}

// The page reads these.
globalThis.edgewiseReloaded = takeReloaded();
globalThis.edgewiseReload = reload;

function refuse(sentence, canReload = false) {
  const area = note(sentence);
  if (canReload) {
    const button = line("button", say("reload"));
    button.type = "button";
    button.id = "reload";
    button.addEventListener("click", reload);
    area.append(button);
  }
  document.body.dataset.engine = "failed";
  globalThis.edgewiseEarly?.worker.terminate();
}

// The bytes that a response announces. The length of a compressed file says nothing about what comes out of it.
function totalOf(response) {
  if (response.headers.has("content-encoding")) return undefined;
  return Number(response.headers.get("content-length")) || undefined;
}

// Calls `listen` with the bytes that have come and, where it is known, with those in all, as long as they come.
async function follow(body, total, listen) {
  let received = 0;
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    received += value.length;
    listen(received, total);
  }
}

async function bytesOf(response, listen) {
  const copy = response.clone();
  const bytes = response.arrayBuffer();
  await follow(copy.body, totalOf(response), listen);
  return new Uint8Array(await bytes);
}

// Some hosts answer every address with a page.
function isWebPage(bytes) {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith("<!doctype") || start.startsWith("<html");
}

// Starts the CPU engine and fetches its weights. The page takes both over, and tells what goes wrong.
function startEngine(program) {
  const early = { program, events: [], isAdopted: false, isLoading: false, onProgress: null };
  const note = (event) => {
    event.preventDefault();
    early.events.push(event);
  };
  early.worker = new Worker(`${place.dataset.worker}?program=${program}`, { type: "module" });
  early.worker.onmessage = early.worker.onmessageerror = early.worker.onerror = note;
  early.weights = fetch(place.dataset.weights)
    .then(async (response) => {
      if (!response.ok) return null;
      const bytes = await bytesOf(response, (received, total) => early.onProgress?.(received, total));
      if (bytes.length === 0 || isWebPage(bytes)) return null;
      if (!early.isAdopted) {
        early.worker.postMessage({ type: "Load", weights: bytes });
        early.isLoading = true;
      }
      return bytes;
    })
    .catch(() => null);
  globalThis.edgewiseEarly = early;
}

// The page's program, compiled while it comes.
async function compile() {
  const response = await fetch(new URL("../app/web_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  const bar = document.getElementById("loading");
  const timer = setTimeout(() => (bar.hidden = false), PATIENCE);
  const show = (received, total) => {
    if (total) [bar.max, bar.value] = [total, received];
  };
  try {
    // A copy is counted, so that the browser may keep what it compiled from the original.
    follow(response.clone().body, totalOf(response), show).catch(() => {});
    const streams = response.headers.get("content-type")?.startsWith("application/wasm");
    return await (streams
      ? WebAssembly.compileStreaming(response)
      : response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)));
  } finally {
    clearTimeout(timer);
    bar.hidden = true;
  }
}

function penUp(sheet) {
  return new Promise((resolve) => {
    const look = () => (sheet.isDown() ? setTimeout(look, 20) : resolve());
    look();
  });
}

// What is wrong with the page's files, as a sentence: null where nothing is, undefined where the server cannot be asked.
async function faultOfFiles(error) {
  const answers = FILES.slice(0, 2).map(async (file) => {
    const { ok, status } = await fetch(file, { method: "HEAD", cache: "no-store" });
    return ok ? null : say("missing", file, status);
  });
  const answered = await Promise.allSettled(answers);
  if (answered.some(({ status }) => status === "rejected")) return undefined;
  const missing = answered.find(({ value }) => value)?.value;
  if (missing) return missing;
  const { CompileError, LinkError } = WebAssembly;
  const doNotFit = [CompileError, LinkError, SyntaxError, TypeError].some((kind) => error instanceof kind);
  return doNotFit ? say("doNotFit", error.message) : null;
}

async function explain(error) {
  if (error instanceof WebAssembly.RuntimeError) {
    // Where it could, the page has said why.
    if (!document.getElementById("error").hidden) return;
    return refuse(say("fault", error.message), true);
  }
  const fault = await faultOfFiles(error);
  if (fault === undefined) refuse(say("unreachable"), true);
  else if (fault === null) refuse(say("notStarted", error.message), true);
  else if (edgewiseReloaded) refuse(say("incomplete", fault), true);
  else refuse(say("newVersion"), true);
}

async function start() {
  const sheet = drawEarly(document.getElementById("draw-canvas"));
  const program = WebAssembly.validate(RELAXED_SIMD) ? "cpu-relaxed" : "cpu";
  document.body.dataset.program = program;
  takeOwnWeights();
  try {
    startEngine(program);
  } catch {
    // The page meets the same, and tells it.
  }
  const [module, page] = await Promise.all([compile(), import("../app/web.js")]);
  await penUp(sheet);
  sheet.stop();
  globalThis.edgewiseEarlyStrokes = sheet.strokes();
  // parts.js asks it for memory and tables.
  globalThis.edgewisePage = page;
  await page.default({ module_or_path: module });
  keepForOffline();
}

if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD)) {
  refuse(say("tooOld"));
} else {
  await start().catch(explain);
}
