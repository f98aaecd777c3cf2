// Starts the program that the query names (worker.js?program=cpu) and hands it one message after the other.
const PROGRAMS = {
  cpu: { load: () => import("./cpu-7e4a52215080d479.js"), files: ["./cpu-7e4a52215080d479.js", "./cpu_bg-019163dfc6d649a9.wasm"] },
  "cpu-relaxed": { load: () => import("./cpu-relaxed-fdf935b9f97eb71f.js"), files: ["./cpu-relaxed-fdf935b9f97eb71f.js", "./cpu-relaxed_bg-c7cdd06f4680d8bf.wasm"] },
  gpu: { load: () => import("./gpu.js"), files: ["./gpu.js", "./gpu_bg.wasm"] },
  laboratory: { load: () => import("./laboratory-a5e22be82ec9602b.js"), files: ["./laboratory-a5e22be82ec9602b.js", "./laboratory_bg-25729f0484f99fe6.wasm"] },
  photo: { load: () => import("./photo-aa91cba8d58777ed.js"), files: ["./photo-aa91cba8d58777ed.js", "./photo_bg-469ab3f34f7cf635.wasm"] },
};

const name = new URL(self.location.href).searchParams.get("program");

// Each sentence in English and in Chinese.
function say(type, [english, chinese]) {
  self.postMessage({ type, reason: { english, chinese } });
}

// What is wrong with the program's files, as a sentence in both languages, or null where they are not to blame or the server cannot be asked.
async function faultOfFiles(error, files) {
  const answers = files.map(async (file) => {
    const url = new URL(file, self.location.href);
    const { ok, status } = await fetch(url, { method: "HEAD", cache: "no-store" });
    return ok ? null : [`${url} answered ${status}.`, `${url} 回應 ${status}。`];
  });
  const answered = await Promise.allSettled(answers);
  if (answered.some(({ status }) => status === "rejected")) return null;
  const missing = answered.find(({ value }) => value)?.value;
  if (missing) return missing;
  const { CompileError, LinkError } = WebAssembly;
  const doNotFit = [CompileError, LinkError, SyntaxError, TypeError].some((kind) => error instanceof kind);
  if (!doNotFit) return null;
  return [`its files are from different versions (${error.message}).`, `檔案版本不一致（${error.message}）。`];
}

async function start() {
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : null;
  if (!program) {
    say("Failed", [`Its program “${name}” is not part of this site.`, `這個網站沒有程式「${name}」。`]);
    return null;
  }
  try {
    const module = await program.load();
    await module.default();
    return module;
  } catch (error) {
    const fault = await faultOfFiles(error, program.files);
    const said = error.message ?? error;
    if (fault) say("Outdated", fault);
    else say("Failed", [`Its program could not be loaded: ${said}.`, `無法載入程式：${said}。`]);
    return null;
  }
}

const program = start();

// A prediction that is asked for after new weights waits for them.
let turn = program;

self.onmessage = ({ data }) => {
  turn = turn.then(async () => {
    try {
      await (await program)?.receive(data);
    } catch (error) {
      const said = error.message ?? error;
      say("Failed", [`It stopped because of an error: ${said}.`, `程式發生錯誤：${said}。`]);
    }
  });
};
