// What the pages of the bench have in common. A page reports its first answer, then its samples; see ../page.mjs.
export const query = new URLSearchParams(location.search);
export const net = query.get("net"); // "shipped-width" or "full-width"
const cold = query.has("cold"); // stop after the first answer
export const runs = Number(query.get("runs"));

// Runs a page's body; whatever goes wrong is reported.
export async function page(body) {
  try {
    await body();
  } catch (error) {
    benchReport(JSON.stringify({ error: String(error?.stack ?? error).slice(0, 600) }));
  }
}

// The picture that all networks are shown: 1,024 levels.
export async function picture() {
  const { picture } = await (await fetch(`/models/${query.get("check") ?? net}.json`)).json();
  return Uint8Array.from(picture);
}

export const bytes = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
};

export function script(src) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src, onload: resolve, onerror: () => reject(new Error(`${src} cannot be loaded`)) });
    document.head.append(element);
  });
}

// Times `predict`, which resolves to { logits } once the result is read, and whatever else it measures as numbers.
export async function predictions(predict) {
  const { logits } = await predict();
  benchReport(JSON.stringify({ first: performance.now(), logits: Array.from(logits) }));
  if (cold) return;
  const samples = await sample(predict, runs);
  // Asked for by the memory's measurement, after the samples.
  window.benchRepeat = async (count) => {
    for (let i = 0; i < count; i++) await predict();
  };
  benchReport(JSON.stringify({ samples }));
}

// Samples of `call` in milliseconds after warm-ups of at least half a second, as lists by name: `total`, and the numbers that the call
// returns. `inner`: calls a sample, for what is shorter than the clock's step.
export async function sample(call, count, inner = 1) {
  const begun = performance.now();
  for (let i = 0; i < 20 || performance.now() - begun < 500; i++) await call();
  const samples = { total: [] };
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    let result;
    for (let j = 0; j < inner; j++) result = await call();
    samples.total.push((performance.now() - start) / inner);
    for (const [name, value] of Object.entries(result ?? {})) if (typeof value === "number") (samples[name] ??= []).push(value);
  }
  return samples;
}

// A grey scene of any size: sums of sines and five rectangles, so edges of many directions and lengths.
export function scene(width, height) {
  const levels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      levels[y * width + x] = Math.floor(128 + 60 * Math.sin(x * 0.45) * Math.sin(y * 0.023) +
        45 * Math.sin(y * 0.37 + x * 0.05) * Math.sin(x * 0.017) + 20 * Math.sin((x + y) * 0.11));
  const at = (size, percent) => Math.floor((size * percent) / 100);
  const rectangles = [[10, 10, 40, 30, 230], [55, 15, 90, 45, 25], [20, 50, 35, 95, 5], [50, 60, 80, 80, 250], [60, 65, 70, 75, 90]];
  for (const [left, top, right, bottom, level] of rectangles)
    for (let y = at(height, top); y < at(height, bottom); y++) levels.fill(level, y * width + at(width, left), y * width + at(width, right));
  return levels;
}

export const SCENES = [[32, 32], [640, 480], [1920, 1080]];
export const THRESHOLDS = { low: 170, high: 300 }; // the page's

// How many pixels of a result are edges: those of all libraries must be the same.
export const edgeCount = (levels) => levels.reduce((count, level) => count + (level > 0), 0);

// Measures edges found by a worker that keeps a photo, from asking for other thresholds to having the edges as RGBA, as the page shows
// them. `keep` makes the message that hands over a photo's grey levels and those of its 32x32 square, `find` the one that asks for
// edges, and `shown` finds the RGBA in the reply.
export async function inWorker(worker, keep, find, shown) {
  const small = scene(32, 32);
  const ask = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        const reason = data.reason ?? data.Failed?.reason;
        if (reason) reject(new Error(reason.english ?? reason));
        else resolve(shown(data));
      };
      worker.onerror = ({ message }) => reject(new Error(message || "the worker's files are missing"));
      worker.postMessage(find());
    });
  for (const [width, height] of SCENES) {
    worker.postMessage(keep({ width, height, levels: scene(width, height) }, small));
    const rgba = await ask();
    const edges = edgeCount(rgba.filter((_, index) => index % 4 === 0));
    const samples = { "in a worker": (await sample(() => ask().then(() => {}), runs)).total };
    benchReport(JSON.stringify({ size: `${width}x${height}`, samples, edges }));
  }
}
