// Starts the engine that the query names (worker.js?engine=cpu or ?engine=gpu) and hands it every message in order.
const name = new URL(self.location.href).searchParams.get("engine");

const engine = import(`./${name}.js`).then(async (module) => {
  await module.default();
  return module;
});

self.onmessage = async ({ data }) => {
  try {
    await (await engine).receive(data);
  } catch (error) {
    const reason = `The ${name.toUpperCase()} engine stopped: ${error.message ?? error}.`;
    self.postMessage({ type: "Failed", reason });
  }
};
