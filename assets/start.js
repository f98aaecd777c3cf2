// Starts the page, or says in a sentence why it can't start.

// before.js looks for it.
window.edgewiseStarts = true;

// The smallest module with a vector instruction: a browser without WebAssembly SIMD finds it invalid.
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

function refuse(sentence) {
  const line = document.createElement("p");
  line.dataset.topic = "page";
  line.textContent = sentence;
  const area = document.getElementById("error");
  area.append(line);
  area.hidden = false;
  document.body.dataset.engine = "failed";
}

if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD)) {
  refuse("This browser is too old for Edgewise: it lacks WebAssembly with SIMD. Any browser from 2023 on will do.");
} else {
  try {
    const page = await import("../app/web.js");
    await page.default();
  } catch (error) {
    refuse(`The page could not be started: ${error.message}. Reload it, or build the site again.`);
  }
}
