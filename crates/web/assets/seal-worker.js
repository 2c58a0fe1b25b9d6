// Runs beside the page and holds the seal. Keys stay in here: the page gets numbers that stand for them, and only what
// it must show or send.
//
// What it is asked and answers stands in held.js. Of its own:
//      {id, on: "Sealing", call: "new", values: [recipient, blob]}, then `next` on it: a file, sealed by the piece
//      {id, on: null, call: "solve", values: [challenge, bits]}: proof of work, which reports what it tried
//      {kind: "tried", id, tried}

import init, * as seal from "asset:sealer.js";
import { PIECE, plain, serve } from "asset:held.js";

/** Hashes between two reports: about a quarter of a second on a slow phone. */
const STEPS = 100_000;

/** A file on its way: each `next` gives one sealed piece, so that nothing piles up before it is sent. */
class Sealing {
  /** @param {string} recipient @param {Blob} file */
  constructor(recipient, file) {
    this.file = file;
    this.at = 0;
    this.sealer = seal.seal_file(recipient, file.size);
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

serve({ init, module: seal, wasm: "asset:sealer_bg.wasm", bytes: Number("size:sealer_bg.wasm"), classes: { Sealing }, functions: { solve } });
