// Runs beside the page and holds the seal. Keys stay in here: the page gets numbers that stand for them, and only what
// it must show or send.
//
// In:  {id, on, call, values}   `on` is null for a function, a class's name for `new` and its static functions, or the
//                               number of what is held here, whose method is then called ("free" forgets it)
//      {id, on: "Sealing", call: "new", values: [case, blob]}, then `next` on it: a file, read and sealed by the piece
//      {id, on: "Packing", call: "new", values: [seconds]}, then `add`, `hand`, `seal`, `prove`, and `next` on it: an
//                               evidence package, whose files are read twice and never sent
//      {id, on: null, call: "solve", values: [challenge, bits]}: proof of work, which reports what it tried
// Out: {kind: "ready"} or {kind: "failed"}, {kind: "progress", percent} while loading, {kind: "tried", id, tried},
//      {kind: "answer", id, answer}, {kind: "problem", id, problem}, {kind: "broke"}

import init, * as seal from "asset:sealer.js";
import { fetchedWithProgress } from "asset:wasm.js";

/** Bytes of a file that are read at once: memory stays small, whatever the file's size. */
const PIECE = 1 << 20;
/** Hashes between two reports: about a quarter of a second on a slow phone. */
const STEPS = 100_000;

/** @type {Map<number, any>} */
const held = new Map();
let last = 0;

/** A file on its way: each `next` gives one sealed piece, so that nothing piles up before it is sent. */
class Sealing {
  /** @param {any} of @param {Blob} file */
  constructor(of, file) {
    this.file = file;
    this.at = 0;
    this.sealer = of.seal_file(file.size);
  }

  async next() {
    if (this.at < this.file.size) {
      const piece = new Uint8Array(await this.file.slice(this.at, this.at + PIECE).arrayBuffer());
      this.at += piece.length;
      return { bytes: this.sealer.push(piece), share: this.at / this.file.size };
    }
    const padding = this.sealer.pad();
    if (padding) return { bytes: padding, share: 1 };
    return { ...plain(this.sealer.finish(), []), share: 1, done: true };
  }

  /** Sealed bytes in all. */
  size() {
    return this.sealer.sealed_size();
  }

  free() {
    this.sealer.free();
  }
}

/** An evidence package on its way: files are read by the piece, once to be hashed and once to be written. */
class Packing {
  /** @param {number} made seconds since 1970 */
  constructor(made) {
    this.draft = new seal.PackageDraft(made);
    /** @type {Blob[]} */
    this.blobs = [];
    this.written = 0;
  }

  /** @param {Blob} blob @param {object} about */
  async add(blob, about) {
    this.draft.begin(JSON.stringify(about));
    for await (const piece of pieces(blob)) this.draft.content(piece);
    this.draft.end();
    this.blobs.push(blob);
  }

  /** @param {object} handing */
  hand(handing) {
    this.draft.hand(JSON.stringify(handing));
  }

  /** The root, which is all that leaves the device. */
  seal() {
    this.unproved = this.draft.seal();
    return this.unproved.root();
  }

  /** @param {any} answer of the server @param {any} [log] of a case @param {string} [passphrase] */
  prove({ signed, key, response, authority }, log, passphrase) {
    this.package = this.unproved.prove(signed, key, response, authority, log?.head, log?.signature, log?.leaves);
    if (passphrase) this.package.lock(passphrase.normalize("NFC"));
    this.bytes = this.blobs.reduce((sum, { size }) => sum + size, 1);
    this.out = this.write();
  }

  async *write() {
    for (;;) {
      const { item, ...piece } = plain(this.package.next(), []);
      yield { ...piece, share: this.written / this.bytes };
      if (piece.done) return;
      if (item < 0) continue;
      for await (const content of pieces(this.blobs[item])) {
        this.written += content.length;
        yield { bytes: this.package.content(content), share: this.written / this.bytes, done: false };
      }
    }
  }

  async next() {
    return (await this.out.next()).value;
  }

  free() {
    for (const part of [this.draft, this.unproved, this.package]) part?.free();
  }
}

/** @param {Blob} blob */
async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += PIECE) yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
}

/** @param {number} id @param {Uint8Array} challenge @param {number} bits */
async function solve(id, challenge, bits) {
  for (let from = 0; ; from += STEPS) {
    const answer = seal.work_solve(challenge, bits, from, STEPS);
    if (answer !== undefined) return answer;
    postMessage({ kind: "tried", id, tried: from + STEPS });
    // Lets other questions in between.
    await new Promise((done) => setTimeout(done));
  }
}

/** The fields of a result that only carries data. */
function fields(value) {
  const own = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)));
  return own.filter(([, about]) => about.get).map(([name]) => name);
}

/**
 * What the page gets for a value: data as it is, keys as a number.
 * @param {any} value @param {ArrayBuffer[]} buffers what may be handed over without a copy
 */
function plain(value, buffers) {
  if (value instanceof Uint8Array) buffers.push(value.buffer);
  else if (Array.isArray(value)) return value.map((one) => plain(one, buffers));
  else if (value instanceof Sealing || value instanceof Packing) return keep(value);
  else if (typeof value?.free === "function") {
    const names = fields(value);
    if (names.length === 0) return keep(value);
    const data = Object.fromEntries(names.map((name) => [name, plain(value[name], buffers)]));
    value.free();
    return data;
  } else if (value?.bytes instanceof Uint8Array) buffers.push(value.bytes.buffer);
  return value;
}

function keep(value) {
  held.set(++last, value);
  return { held: last };
}

function given(value) {
  if (typeof value?.held === "number") return held.get(value.held);
  // The same letters can be typed in two ways; a passphrase must come out the same.
  return typeof value === "string" ? value.normalize("NFC") : value;
}

async function answer({ id, on, call, values }) {
  const all = values.map(given);
  if (on === null) return call === "solve" ? solve(id, ...all) : seal[call](...all);
  const target = typeof on === "number" ? held.get(on) : { Sealing, Packing }[on] ?? seal[on];
  if (call === "free") held.delete(on);
  return call === "new" ? new target(...all) : target[call](...all);
}

const wasm = fetchedWithProgress("asset:sealer_bg.wasm", Number("size:sealer_bg.wasm"));
const started = init({ module_or_path: wasm })
  .then(() => postMessage({ kind: "ready" }), () => postMessage({ kind: "failed" }));

addEventListener("message", async ({ data }) => {
  await started;
  try {
    const buffers = [];
    const answered = plain(await answer(data), buffers);
    postMessage({ kind: "answer", id: data.id, answer: answered }, buffers);
  } catch (error) {
    if (error instanceof seal.Problem) postMessage({ kind: "problem", id: data.id, problem: plain(error, []) });
    else postMessage({ kind: "broke" });
  }
});
