// Draws on the sheet until the page's program has come. Looks and rules are those of web/src/draw: a change there belongs here too.

const SIDE = 512; // Width and height of the sheet in its own units.
const INK_WIDTH = 11;
const CORNER = 0.574; // A turn by more than 55 degrees is a corner: its cosine.
const SPACING = 0.5; // Points nearer than this to the one before are left out.

/**
 * Lets mouse, finger and stylus draw on `canvas`.
 *
 * Returns `strokes()`, the strokes so far, each an array of `[x, y]` from 0 to 512; `isDown()`, whether the pen is down;
 * and `stop()`, which ends drawing and leaves the canvas as it is.
 */
export function drawEarly(canvas) {
  const context = canvas.getContext("2d");
  const listening = new AbortController();
  let strokes = kept();
  let pen = null; // The pointer that is down: its id and type, where it is, and the number of strokes before it.
  let stylus = false;
  let counted = null;

  // One canvas pixel to each pixel of the screen. An emulated screen has the browser count other ones in `box`.
  function resize(box = counted) {
    counted = box;
    const area = canvas.getBoundingClientRect();
    const pixels = (length, exact) => {
      const estimate = length * devicePixelRatio;
      return Math.abs(exact - estimate) < 1 ? exact : Math.round(estimate);
    };
    canvas.width = pixels(area.width, box?.inlineSize);
    canvas.height = pixels(area.height, box?.blockSize);
    paint();
  }

  // A query knows one scale of the screen alone, so after each change there is a new one.
  function watchScreen() {
    const changed = () => (resize(), watchScreen());
    const options = { once: true, signal: listening.signal };
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, options);
  }

  function paint() {
    context.setTransform(canvas.width / SIDE, 0, 0, canvas.height / SIDE, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color;
    context.lineWidth = INK_WIDTH;
    context.lineCap = context.lineJoin = "round";
    strokes.forEach((stroke) => line(stroke));
    const prompt = canvas.parentElement.querySelector(".prompt");
    if (prompt) prompt.hidden = strokes.length > 0;
  }

  function line(points) {
    context.beginPath();
    if (points.length === 1) {
      context.arc(...points[0], INK_WIDTH / 2, 0, 2 * Math.PI);
      context.fill();
    } else {
      // Smooth where the hand went round, sharp where it turned.
      context.moveTo(...points[0]);
      points.slice(1, -1).forEach((point, index) => {
        const [before, after] = [points[index], points[index + 2]];
        const [come, go] = [[0, 1].map((axis) => point[axis] - before[axis]), [0, 1].map((axis) => after[axis] - point[axis])];
        const isCorner = come[0] * go[0] + come[1] * go[1] < CORNER * Math.hypot(...come) * Math.hypot(...go);
        if (isCorner) context.lineTo(...point);
        else context.quadraticCurveTo(...point, (point[0] + after[0]) / 2, (point[1] + after[1]) / 2);
      });
      context.lineTo(...points.at(-1));
      context.stroke();
    }
  }

  function lift(keep = true) {
    if (!keep) strokes = strokes.slice(0, pen.before);
    pen = null;
    paint();
  }

  function place(event) {
    const area = canvas.getBoundingClientRect();
    return [((event.clientX - area.left) / area.width) * SIDE, ((event.clientY - area.top) / area.height) * SIDE];
  }

  function extend(to) {
    const from = pen.at;
    pen.at = to;
    const part = clip(from, to);
    if (!part || (!isOnSheet(from) && !isOnSheet(to) && distance(...part) < SPACING)) return;
    if (!isOnSheet(from)) strokes.push([part[0]]);
    const stroke = strokes.at(-1);
    if (distance(stroke.at(-1), part[1]) < SPACING) return;
    stroke.push(part[1]);
    line(stroke.slice(-2));
  }

  const rules = {
    pointerdown(event) {
      const touch = event.pointerType === "touch";
      if (event.pointerType === "pen") stylus = true;
      if (event.button !== 0) return;
      if (pen) {
        const again = pen.id === event.pointerId || (pen.type === event.pointerType && event.isPrimary);
        const palm = pen.type === "touch" && event.pointerType === "pen";
        if (!again && !palm) return;
        lift(again);
      }
      if (touch && stylus) return;
      event.preventDefault();
      try {
        canvas.setPointerCapture(event.pointerId);
      } catch {
        // The pointer is gone again.
      }
      const at = place(event).map((along) => Math.min(Math.max(along, 0), SIDE));
      pen = { id: event.pointerId, type: event.pointerType, at, before: strokes.length };
      strokes.push([at]);
      paint();
    },
    pointermove(event) {
      if (event.pointerType === "pen") stylus = true;
      if (pen?.id !== event.pointerId) return;
      if (!(event.buttons & 1)) return lift();
      const events = event.getCoalescedEvents?.() ?? [];
      (events.length ? events : [event]).map(place).forEach(extend);
    },
    pointerup: (event) => pen?.id === event.pointerId && lift(),
    lostpointercapture: (event) => pen?.id === event.pointerId && lift(),
    pointercancel: (event) => pen?.id === event.pointerId && lift(pen.type !== "touch"),
    contextmenu: (event) => pen && event.preventDefault(),
  };
  for (const [type, rule] of Object.entries(rules)) canvas.addEventListener(type, rule, { signal: listening.signal });
  const resized = new ResizeObserver(([entry]) => resize(entry.devicePixelContentBoxSize?.[0]));
  try {
    resized.observe(canvas, { box: "device-pixel-content-box" });
  } catch {
    resized.observe(canvas); // Safari knows no other.
  }
  watchScreen();
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", paint, { signal: listening.signal });
  }

  return {
    strokes: () => strokes,
    isDown: () => pen !== null,
    stop() {
      listening.abort();
      resized.disconnect();
    },
  };
}

// The drawing that the page kept when it was last open in this tab. Its key is that of web/src/draw/keep.rs.
function kept() {
  try {
    const strokes = JSON.parse(sessionStorage.getItem(`edgewise-drawing${new URL(".", document.baseURI).pathname}`)) ?? [];
    const isPoint = (point) => point.length === 2 && point.every(Number.isFinite) && isOnSheet(point);
    return strokes.every((stroke) => stroke.length > 0 && stroke.every(isPoint)) ? strokes : [];
  } catch {
    return []; // Nothing is kept here, or nothing that can be read.
  }
}

const isOnSheet = (point) => point.every((along) => along >= 0 && along <= SIDE);
const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

// The part of a line that lies on the sheet, by Liang and Barsky.
function clip(from, to) {
  let [first, last] = [0, 1];
  for (const axis of [0, 1]) {
    const way = to[axis] - from[axis];
    if (way === 0) {
      if (from[axis] < 0 || from[axis] > SIDE) return null;
      continue;
    }
    const ends = [-from[axis] / way, (SIDE - from[axis]) / way];
    first = Math.max(first, Math.min(...ends));
    last = Math.min(last, Math.max(...ends));
  }
  const at = (part) => from.map((start, axis) => start + part * (to[axis] - start));
  return first <= last ? [at(first), at(last)] : null;
}
