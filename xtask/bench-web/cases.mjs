// What is measured, case by case.
import { readFileSync } from "node:fs";
import { Page } from "./page.mjs";

// Cold loads of a case in a round.
const LOADS = 2;
const PEERS = [["ONNX Runtime Web", "onnxruntime"], ["TensorFlow.js", "tensorflow"], ["LiteRT.js", "litert"]];
const OPENCV = [["OpenCV.js 4", "@techstark/opencv-js"], ["OpenCV.js 5", "opencv-js-5"]];
// Predictions before the memory is read.
const MANY = 10_000;
// Sizes of the scenes whose edges are found.
const SCENES = 3;
const STROKES = 400;
const MOVES = 60;
// Milliseconds for which a threshold is dragged.
const DRAG = 3000;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function caseList(site) {
  const libraries = PEERS.map(([library, file]) => ({
    library, url: (net) => `${site.origin}/bench/${file}.html?net=${net}`, check: (net) => net,
  }));
  const weights = { "shipped-width": site.weights, "full-width": site.fullWidth };
  const check = (net) => (net === "shipped-width" ? "edgewise" : net);
  const ours = {
    library: "Edgewise", check,
    url: (net) => {
      const query = new URLSearchParams({ net, check: check(net), worker: site.worker, weights: weights[net], program: site.program });
      return `${site.origin}/bench/edgewise.html?${query}`;
    },
  };
  const all = [ours, ...libraries];
  return [
    ...all.map((one) => predictions(one, "shipped-width")),
    ...all.map((one) => predictions(one, "full-width")),
    ...all.map(coldStart),
    wholePage(site),
    photoWorker(site),
    ...OPENCV.map(([library, name]) => opencv(site, library, name)),
    penMoves(site),
    draggedThreshold(site),
    ...all.map(memory),
  ];
}

// Latency of a prediction with its result read.
function predictions({ library, url, check }, net) {
  return {
    name: `${library}, prediction, ${net}`,
    async run(browser, measured) {
      await withPage(browser, {}, async (page) => {
        await page.goto(`${url(net)}&runs=${measured.config.runs}`);
        const { logits } = await page.report();
        measured.logits(check(net), logits);
        const { samples } = await page.report();
        measured.add(`prediction, ${net}`, library, samples.total);
        if (samples.worker) measured.add(`prediction, ${net}`, `${library}, inside its worker`, samples.worker);
      });
    },
  };
}

// From navigation to the first prediction, and the bytes that it took.
function coldStart({ library, url, check }) {
  return {
    name: `${library}, cold start`,
    async run(browser, measured) {
      for (let load = 0; load < LOADS; load++) {
        await withPage(browser, {}, async (page) => {
          measured.server.log.length = 0;
          await page.goto(`${url("shipped-width")}&cold`);
          const { first, logits } = await page.report();
          measured.bytes(library);
          measured.logits(check("shipped-width"), logits);
          measured.add("cold start", library, [first]);
        });
      }
    },
  };
}

// The same for the whole page, on which a doodle is drawn.
function wholePage(site) {
  return {
    name: "Edgewise, whole page, cold start",
    async run(browser, measured) {
      for (let load = 0; load < LOADS; load++) {
        await withPage(browser, { script: visit(site.doodle) }, async (page) => {
          measured.server.log.length = 0;
          await page.goto(site.page);
          const { first } = await page.report();
          measured.bytes("Edgewise, whole page");
          measured.add("cold start", "Edgewise, whole page", [first]);
        });
      }
    },
  };
}

function visit(doodle) {
  const script = readFileSync(new URL("pages/visit.js", import.meta.url), "utf8");
  // Stored drawings lie in a box of 256.
  const strokes = doodle.map((points) => points.map(([x, y]) => [x / 256, y / 256]));
  return script.replace('"STROKES"', JSON.stringify(strokes));
}

// Canny by OpenCV.js: alone, with the picture copied in and the edges copied out, and in a worker as Edgewise does it.
function opencv(site, library, name) {
  return {
    name: `${library}, Canny`,
    run: (browser, measured) => canny(browser, measured, library, `${site.origin}/bench/opencv.html?package=${name}`, 2 * SCENES),
  };
}

// Canny by Edgewise's photo worker, as the page uses it.
function photoWorker(site) {
  const query = new URLSearchParams({ worker: site.worker });
  return {
    name: "Edgewise, Canny",
    run: (browser, measured) => canny(browser, measured, "Edgewise", `${site.origin}/bench/edgewise-photo.html?${query}`, SCENES),
  };
}

async function canny(browser, measured, library, url, reports) {
  await withPage(browser, {}, async (page) => {
    await page.goto(`${url}&runs=${Math.ceil(measured.config.runs / 2)}`);
    for (let report = 0; report < reports; report++) {
      const { size, samples, edges } = await page.report();
      measured.edges(size, edges);
      for (const [how, values] of Object.entries(samples)) measured.add(`Canny, ${size}`, `${library}, ${how}`, values);
    }
  });
}

// The page's main thread for a move of the pen with many strokes on the sheet.
function penMoves(site) {
  return {
    name: "Edgewise, pen moves",
    async run(browser, measured) {
      await withPage(browser, { script: visit(site.doodle) }, async (page) => {
        await page.send("Performance.enable");
        await page.goto(site.page);
        await page.report();
        const sheet = await page.evaluate(`(async () => {
          const sheet = document.getElementById("draw-canvas");
          sheet.scrollIntoView({ block: "center" });
          const { left, top, width, height } = sheet.getBoundingClientRect();
          const send = (type, x, y) => sheet.dispatchEvent(new PointerEvent(type, {
            bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: type === "pointermove" ? -1 : 0,
            buttons: type === "pointerup" ? 0 : 1, clientX: left + x * width, clientY: top + y * height,
          }));
          let seed = 5;
          const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
          for (let stroke = 0; stroke < ${STROKES}; stroke++) {
            send("pointerdown", random(), random());
            const end = [random(), random()];
            send("pointermove", ...end);
            send("pointerup", ...end);
            if (stroke % 10 === 9) await new Promise(requestAnimationFrame);
          }
          return { left, top, width, height };
        })()`);
        const mouse = (type, x, y) =>
          page.send("Input.dispatchMouseEvent", {
            type, x: sheet.left + x * sheet.width, y: sheet.top + y * sheet.height, button: "left", buttons: 1, clickCount: 1,
          });
        await sleep(1000);
        await mouse("mousePressed", 0.3, 0.5);
        await sleep(500);
        const script = [], task = [];
        let before = await page.mainThread();
        for (let move = 1; move <= MOVES; move++) {
          await mouse("mouseMoved", 0.3 + (0.4 * move) / MOVES, 0.5);
          // Long enough for the frame, and for the answer to the picture.
          await sleep(50);
          const now = await page.mainThread();
          script.push(now.script - before.script);
          task.push(now.task - before.task);
          before = now;
        }
        measured.add("pen move", "script", script);
        measured.add("pen move", "all tasks", task);
      });
    },
  };
}

// The photo view with a photo of 640x480 whose lower threshold changes in every frame: the time from one set of edges on the screen to
// the next.
function draggedThreshold(site) {
  return {
    name: "Edgewise, dragged threshold",
    async run(browser, measured) {
      await withPage(browser, {}, async (page) => {
        await page.goto(`${site.page}#photo`);
        const times = await page.evaluate(`(async () => {
          const until = async (find) => {
            for (let found; ; await new Promise(requestAnimationFrame)) if ((found = find())) return found;
          };
          const picture = new OffscreenCanvas(640, 480), pen = picture.getContext("2d");
          for (let disc = 0; disc < 60; disc++) {
            pen.fillStyle = \`hsl(\${(disc * 47) % 360} 60% \${30 + ((disc * 13) % 50)}%)\`;
            pen.beginPath();
            pen.arc((disc * 97) % 640, (disc * 61) % 480, 15 + ((disc * 7) % 50), 0, 7);
            pen.fill();
          }
          const files = new DataTransfer();
          files.items.add(new File([await picture.convertToBlob()], "discs.png", { type: "image/png" }));
          const input = await until(() => document.getElementById("photo-file"));
          input.files = files.files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
          const shown = await until(() => document.querySelector(".compare[data-thresholds]"));
          const slider = await until(() => document.getElementById("low"));
          const times = [], begun = performance.now();
          let found = shown.dataset.thresholds, last = null;
          for (let frame = 0; performance.now() - begun < ${DRAG}; frame++) {
            const now = await new Promise(requestAnimationFrame);
            if (shown.dataset.thresholds !== found) {
              found = shown.dataset.thresholds;
              if (last !== null) times.push(now - last);
              last = now;
            }
            slider.value = 50 + 10 * (frame % 12);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          return times;
        })()`);
        measured.add("dragged threshold", "edges to edges", times);
      });
    },
  };
}

// Memory after many predictions, and after the first hundred to compare with.
function memory({ library, url, check }) {
  return {
    name: `${library}, memory`,
    once: true,
    async run(browser, measured) {
      await withPage(browser, { memories: true }, async (page) => {
        await page.goto(`${url("shipped-width")}&runs=10`);
        measured.logits(check("shipped-width"), (await page.report()).logits);
        await page.report();
        await page.evaluate("benchRepeat(100)");
        const early = await page.memory();
        await page.evaluate(`benchRepeat(${MANY})`);
        measured.set("memory", library, { early, late: await page.memory(), predictions: MANY });
      });
    },
  };
}

async function withPage(browser, options, use) {
  const page = await Page.open(browser, options);
  try {
    await use(page);
  } finally {
    await page.close();
  }
}
