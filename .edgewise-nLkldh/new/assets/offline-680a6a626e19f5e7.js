// Has the browser keep the page for visits without a network, and offers a new version when there is one.

const PATIENCE = 4000;
const CHECK = 60 * 60 * 1000; // A page that stays open asks for a new version each hour.

function offer(worker) {
  const bar = document.getElementById("update");
  bar.hidden = false;
  bar.querySelector("#update-now").onclick = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take over");
  };
  bar.querySelector("#update-later").onclick = () => (bar.hidden = true);
}

function watch(registration) {
  const { waiting } = registration;
  if (waiting && navigator.serviceWorker.controller) offer(waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      // The first version of all takes over by itself.
      if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
    });
  });
  setInterval(() => registration.update().catch(() => {}), CHECK);
}

/** Begins when the page has long been usable and there is nothing else to do, and not where the visitor saves data. */
export function keepForOffline() {
  if (!("serviceWorker" in navigator) || navigator.connection?.saveData) return;
  const begin = () =>
    navigator.serviceWorker
      .register(new URL("../service-worker.js", import.meta.url), { updateViaCache: "none" })
      .then(watch)
      // Some browsers and settings refuse it, and then the page works as long as there is a network.
      .catch((error) => console.info(`The page is not kept for visits without a network: ${error.message}`));
  const beginAtIdle = () => ("requestIdleCallback" in window ? requestIdleCallback(begin, { timeout: 5000 }) : begin());
  // The first answer comes first: what is kept is downloaded once more where the browser has no copy of it.
  const look = () => (document.body.dataset.engine === "loading" ? setTimeout(look, PATIENCE) : beginAtIdle());
  setTimeout(look, PATIENCE);
}
