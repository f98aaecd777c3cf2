// Has the browser keep the page for visits without a network, and offers a new version when there is one.

const PATIENCE = 4000;
const CHECK = 60 * 60 * 1000; // A page that stays open asks for a new version each hour.

const LIMIT = 20 * 1000; // A new version may take so long to come.

// The states of a worker, in their order.
const STATES = ["parsed", "installing", "installed", "activating", "activated", "redundant"];

// Waits until a worker has come to a state, or beyond it.
function reaches(worker, state) {
  return new Promise((resolve) => {
    const look = () => STATES.indexOf(worker.state) >= STATES.indexOf(state) && resolve();
    worker.addEventListener("statechange", look);
    look();
  });
}

// Another tab may have had the worker take over already.
async function takeOver(worker) {
  await reaches(worker, "installed");
  worker.postMessage("take over");
  await reaches(worker, "activated");
}

/** Has the newest version answer the next visit, where an older one is kept and the newest can be had before long. */
export async function takeNewVersion() {
  const look = async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.update();
    const worker = registration?.installing ?? registration?.waiting;
    if (worker) await takeOver(worker);
  };
  // Without a network, or where the browser refuses, the version that is kept stays.
  await Promise.race([look().catch(() => {}), new Promise((resolve) => setTimeout(resolve, LIMIT))]);
}

function offer(worker) {
  const bar = document.getElementById("update");
  bar.hidden = false;
  bar.querySelector("#update-now").onclick = () => takeOver(worker).then(() => location.reload());
  bar.querySelector("#update-later").onclick = () => {
    bar.hidden = true;
    // The button is gone.
    document.querySelector("[role=tab][aria-selected=true]")?.focus();
  };
}

async function follow(worker) {
  if (!worker) return;
  await reaches(worker, "installed");
  // The first version of all takes over by itself.
  if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
}

function watch(registration) {
  follow(registration.installing);
  follow(registration.waiting);
  registration.addEventListener("updatefound", () => follow(registration.installing));
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
