// The page's side of the seal: asks the worker, and holds numbers that stand for keys.
//
//   const seal = new Seal((state, percent) => …);
//   const mine = await seal.make("Case");
//   const entry = await mine.call("seal", bytes);          // {bytes, leaf}
//   const file = await seal.make("Sealing", recipient, blob);
//   for (let piece; !piece?.done;) send((piece = await file.call("next")).bytes);

import { trusted } from "asset:trust.js";

/** What the seal refused, with `code`, `position` and `nearest` for the page's own words. */
export class Refused extends Error {
  /** @param {{code: string, message: string, position: number, nearest: string}} problem */
  constructor(problem) {
    super(problem.message);
    Object.assign(this, problem);
  }
}

/** Something that lives in the worker. */
class Held {
  /** @param {Seal} seal @param {number} number */
  constructor(seal, number) {
    this.seal = seal;
    this.held = number;
  }

  /** @param {string} method @param {...any} values */
  call(method, ...values) {
    return this.seal.ask(this.held, method, values);
  }

  /** Wipes it there. */
  free() {
    return this.call("free");
  }
}

export class Seal {
  /**
   * @param {(state: "loading" | "ready" | "failed" | "broken" | "tried", figure?: number) => void} report
   * @param {string} worker which one: the seal, or what makes packages
   */
  constructor(report = () => {}, worker = "asset:seal-worker.js") {
    this.report = report;
    this.next = 0;
    /** @type {Map<number, {done: (answer: any) => void, fail: (error: Error) => void}>} */
    this.waiting = new Map();
    this.worker = new Worker(trusted.createScriptURL(worker), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.broke("failed");
    });
  }

  /** A function that belongs to nothing, such as `solve`. */
  call(name, ...values) {
    return this.ask(null, name, values);
  }

  /** A new one of a class. */
  make(kind, ...values) {
    return this.ask(kind, "new", values);
  }

  /** A function of a class, such as `ReceiptDraft`'s `parse`. */
  of(kind, name, ...values) {
    return this.ask(kind, name, values);
  }

  /** Forgets every key at once. */
  close() {
    this.broke("broken");
  }

  ask(on, call, values) {
    if (!this.worker) return Promise.reject(new Error("broke"));
    const id = this.next++;
    const sent = values.map((value) => (value instanceof Held ? { held: value.held } : value));
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.worker.postMessage({ id, on, call, values: sent });
    });
  }

  hear(data) {
    if (data.kind === "progress") this.report("loading", data.percent);
    else if (data.kind === "ready") this.report("ready");
    else if (data.kind === "tried") this.report("tried", data.tried);
    else if (data.kind === "failed") this.broke("failed");
    else if (data.kind === "broke") this.broke("broken");
    else {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.kind === "problem") waiting?.fail(new Refused(data.problem));
      else waiting?.done(typeof data.answer?.held === "number" ? new Held(this, data.answer.held) : data.answer);
    }
  }

  /** The WASM stopped, and with it every key that it held. */
  broke(state) {
    this.worker?.terminate();
    this.worker = undefined;
    for (const { fail } of this.waiting.values()) fail(new Error("broke"));
    this.waiting.clear();
    this.report(state);
  }
}
