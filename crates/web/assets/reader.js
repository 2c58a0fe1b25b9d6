// The reader: a worker that holds the WASM. Starts at once, reports its loading, is started anew when it breaks.

import { trusted } from "asset:trust.js";

/** Longer than any text that fits takes on a slow phone, in ms. */
const PATIENCE = 60_000;

export class Reader {
  /** @param {(state: "loading" | "ready" | "failed" | "broken", percent?: number) => void} report */
  constructor(report) {
    this.report = report;
    this.next = 0;
    /** @type {Map<number, {done: (answer: string) => void, fail: (error: Error) => void, timer: number}>} */
    this.waiting = new Map();
    this.start();
  }

  start() {
    this.ready = false;
    try {
      this.worker = new Worker(trusted.createScriptURL("asset:worker.js"), { type: "module" });
    } catch {
      this.report("failed");
      return;
    }
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.broke();
    });
  }

  /** @param {{kind: string, percent?: number, id: number, answer: string}} data */
  hear(data) {
    if (data.kind === "progress") this.report("loading", data.percent);
    else if (data.kind === "failed") this.report("failed");
    else if (data.kind === "ready") {
      this.ready = true;
      this.report("ready");
    } else if (data.kind === "answer") {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (waiting) {
        clearTimeout(waiting.timer);
        waiting.done(data.answer);
      }
    } else if (data.kind === "broke") this.broke();
  }

  /** The WASM stopped: nothing of it can be trusted any more. A worker that never got ready would only fail again. */
  broke() {
    const wasReady = this.ready;
    this.worker?.terminate();
    for (const { fail, timer } of this.waiting.values()) {
      clearTimeout(timer);
      fail(new Error("broke"));
    }
    this.waiting.clear();
    if (!wasReady) return this.report("failed");
    this.report("broken");
    this.start();
  }

  /**
   * @param {"render" | "assess" | "assess_many"} call
   * @param {...unknown} values
   * @returns {Promise<string>}
   */
  ask(call, ...values) {
    const id = this.next++;
    return new Promise((done, fail) => {
      // While the reader is still coming over a slow network, waiting is not a fault.
      const timer = this.ready ? setTimeout(() => this.broke(), PATIENCE) : 0;
      this.waiting.set(id, { done, fail, timer });
      this.worker?.postMessage({ id, call, values });
    });
  }
}
