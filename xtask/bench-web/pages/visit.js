// Runs before the page's own scripts: draws a doodle as soon as the sheet takes ink, and reports when its answer is shown.
(() => {
  const STROKES = "STROKES"; // the driver puts lists of points in fractions of the sheet here
  let listening = false, drawnOn = null, reported = false;

  const asked = () => document.body?.dataset.asked ?? "0";
  const shown = () => {
    const answer = document.getElementById("guess");
    return asked() !== "0" && answer?.dataset.id === asked() && Boolean(answer.dataset.engine);
  };

  function draw(sheet) {
    drawnOn = sheet;
    const { left, top, width, height } = sheet.getBoundingClientRect();
    const send = (type, [x, y]) =>
      sheet.dispatchEvent(new PointerEvent(type, {
        bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: type === "pointermove" ? -1 : 0,
        buttons: type === "pointerup" ? 0 : 1, clientX: left + x * width, clientY: top + y * height,
      }));
    for (const stroke of STROKES) {
      send("pointerdown", stroke[0]);
      for (const point of stroke.slice(1)) send("pointermove", point);
      send("pointerup", stroke.at(-1));
    }
  }

  function look() {
    if (shown() && !reported) {
      reported = true;
      benchReport(JSON.stringify({ first: performance.now(), engine: document.getElementById("guess").dataset.engine }));
      return;
    }
    const sheet = document.getElementById("draw-canvas");
    if (!sheet || sheet === drawnOn || !listening) return;
    if (drawnOn === null) draw(sheet);
    // The page has put its own sheet in the first one's place: it may have taken over what was drawn there.
    else setTimeout(() => setTimeout(() => asked() === "0" && sheet !== drawnOn && draw(sheet)));
  }

  // By then the page's modules have run, assets/start.js among them: the first sheet takes ink.
  document.addEventListener("DOMContentLoaded", () => {
    listening = true;
    look();
  });
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
})();
