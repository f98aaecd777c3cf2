// Chromium under remote control: DevTools messages over a pipe, so that neither a port nor a driver is needed.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// As little as possible of what a browser does by itself; nothing leaves this machine.
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--window-size=1280,1100",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe",
];

export class Browser {
  #next = 1;
  #waiting = new Map();
  #listeners = new Set();
  #rest = "";

  constructor(program) {
    this.profile = mkdtempSync(join(tmpdir(), "edgewise-bench-"));
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.once("error", (error) => this.#fail(new Error(`${program} does not start: ${error.message}`)));
    this.ended.then(() => this.#fail(new Error("Chromium ended before it was told to")));
    this.process.stdio[4].setEncoding("utf8").on("data", (text) => this.#receive(text));
  }

  // Sends one command, to a session where one is named, and returns its result.
  send(method, params = {}, sessionId) {
    if (this.error) return Promise.reject(this.error);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  // Calls `listener` with every event, until the function that this returns is called.
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close() {
    await this.send("Browser.close").catch(() => this.process.kill());
    await this.ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #receive(text) {
    const messages = (this.#rest + text).split("\0");
    this.#rest = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (!waiting) for (const listener of this.#listeners) listener(message);
      else if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting.resolve(message.result);
    }
  }

  #fail(error) {
    this.error ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.error);
    this.#waiting.clear();
  }
}
