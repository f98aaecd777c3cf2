// Starts the program that the query names (worker.js?program=cpu) and hands it every message in order.
const PROGRAMS = {
  cpu: () => import("./cpu.js"),
  "cpu-relaxed": () => import("./cpu-relaxed.js"),
  gpu: () => import("./gpu.js"),
  photo: () => import("./photo.js"),
};

const name = new URL(self.location.href).searchParams.get("program");

function fail(what, error) {
  self.postMessage({ type: "Failed", reason: `The program “${name}” ${what}: ${error.message ?? error}.` });
}

async function start() {
  const load = PROGRAMS[name];
  if (!load) throw new Error("it is not part of this site");
  const program = await load();
  await program.default();
  return program;
}

const program = start().catch((error) => fail("could not be started", error));

// One message after the other: a prediction asked for after new weights waits for them.
let turn = program;

self.onmessage = ({ data }) => {
  turn = turn.then(async () => {
    try {
      await (await program)?.receive(data);
    } catch (error) {
      fail("stopped", error);
    }
  });
};
