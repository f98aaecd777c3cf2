import { readFileSync } from "node:fs";

// A page in a context of its own: nothing of an earlier load is cached, in memory or on disk.

const MEMORIES = readFileSync(new URL("pages/memories.js", import.meta.url), "utf8");
// Longest wait for one report of a page, in milliseconds.
const LIMIT = 120_000;

export class Page {
  #reports = [];
  #waiting = null;
  #stop;
  workers = [];

  // Opens an empty page. `script` runs before any of the page's own; `memories`: keep track of WebAssembly
  // memories, in its workers too.
  static async open(browser, { script, memories = false } = {}) {
    const page = new Page();
    page.browser = browser;
    ({ browserContextId: page.context } = await browser.send("Target.createBrowserContext"));
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", browserContextId: page.context });
    ({ sessionId: page.session } = await browser.send("Target.attachToTarget", { targetId, flatten: true }));
    page.#stop = browser.listen((event) => page.#hear(event));
    await page.send("Page.enable");
    await page.send("Runtime.enable");
    await page.send("Network.enable");
    await page.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.send("Runtime.addBinding", { name: "benchReport" });
    if (script) await page.send("Page.addScriptToEvaluateOnNewDocument", { source: script });
    if (memories) {
      await page.send("Page.addScriptToEvaluateOnNewDocument", { source: MEMORIES });
      await page.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    }
    return page;
  }

  send(method, params, session = this.session) {
    return this.browser.send(method, params, session);
  }

  async goto(url) {
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url} cannot be opened: ${errorText}`);
  }

  // The next object that the page hands to benchReport().
  async report() {
    if (!this.#reports.length) {
      let timer;
      const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`the page said nothing for ${LIMIT / 1000} s`)), LIMIT)));
      const next = new Promise((resolve) => (this.#waiting = resolve));
      await Promise.race([next, late]).finally(() => clearTimeout(timer));
    }
    const report = this.#reports.shift();
    if (report.error) throw new Error(report.error);
    return report;
  }

  // The value of an expression, awaited.
  async evaluate(expression, session = this.session) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, session);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  // Sums over the page's main thread since it began, in milliseconds.
  async mainThread() {
    const { metrics } = await this.send("Performance.getMetrics");
    const milliseconds = (wanted) => metrics.find(({ name }) => name === wanted).value * 1000;
    return { script: milliseconds("ScriptDuration"), task: milliseconds("TaskDuration") };
  }

  // Bytes of WebAssembly memories and of the JavaScript heap after a collection, in the page and its workers together.
  async memory() {
    const total = { wasm: 0, heap: 0 };
    for (const session of [this.session, ...this.workers]) {
      await this.send("HeapProfiler.collectGarbage", {}, session);
      const sum = "[...benchMemories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)";
      const { usedSize } = await this.send("Runtime.getHeapUsage", {}, session);
      total.wasm += await this.evaluate(sum, session);
      total.heap += usedSize;
    }
    return total;
  }

  async close() {
    this.#stop();
    await this.browser.send("Target.disposeBrowserContext", { browserContextId: this.context });
  }

  #hear({ method, params, sessionId }) {
    if (sessionId !== this.session) return;
    if (method === "Runtime.bindingCalled") this.#add(JSON.parse(params.payload));
    if (method === "Runtime.exceptionThrown") this.#add({ error: params.exceptionDetails.exception?.description ?? params.exceptionDetails.text });
    if (method === "Target.attachedToTarget") this.#attach(params.sessionId);
  }

  // The worker waits until it is told to run.
  async #attach(session) {
    this.workers.push(session);
    try {
      await this.evaluate(MEMORIES, session);
      await this.send("Runtime.runIfWaitingForDebugger", {}, session);
    } catch (error) {
      this.#add({ error: `a worker cannot be measured: ${error.message}` });
    }
  }

  #add(report) {
    this.#reports.push(report);
    this.#waiting?.();
    this.#waiting = null;
  }
}
