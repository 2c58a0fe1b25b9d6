// Runs beside the page and makes evidence packages. What it is asked and answers stands in held.js. Of its own:
//      {id, on: "Packing", call: "new", values: [seconds]}, then `add`, `hand`, `seal`, `prove`, and `next` on it

import init, * as keeper from "asset:keeper.js";
import { PIECE, plain, serve } from "asset:held.js";

/** An evidence package on its way: files are read by the piece, once to be hashed and once to be written. */
class Packing {
  /** @param {number} made seconds since 1970 */
  constructor(made) {
    this.draft = new keeper.PackageDraft(made);
    /** @type {Blob[]} */
    this.blobs = [];
    this.written = 0;
  }

  /** @param {Blob} blob @param {object} about @returns {Promise<boolean>} whether it could be read */
  async add(blob, about) {
    this.draft.begin(JSON.stringify(about));
    try {
      for await (const piece of pieces(blob)) this.draft.content(piece);
    } catch (error) {
      if (error instanceof DOMException) return false;
      throw error;
    }
    this.draft.end();
    this.blobs.push(blob);
    return true;
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

  /** @param {any} answer of the server @param {any} [log] of a case @param {{passphrase?: string, recipient?: string}} lock */
  prove({ signed, key, response, authority }, log, { passphrase, recipient }) {
    this.package = this.unproved.prove(signed, key, response, authority, log?.head, log?.signature, log?.leaves);
    if (recipient) this.package.lock_to(recipient);
    else if (passphrase) this.package.lock(passphrase.normalize("NFC"));
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

  /** The next piece, or that a file can't be read any more. */
  async next() {
    try {
      return (await this.out.next()).value;
    } catch (error) {
      if (error instanceof DOMException) return { unreadable: true };
      throw error;
    }
  }

  free() {
    for (const part of [this.draft, this.unproved, this.package]) part?.free();
  }
}

/** @param {Blob} blob */
async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += PIECE) yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
}

serve({ init, module: keeper, wasm: "asset:keeper_bg.wasm", bytes: Number("size:keeper_bg.wasm"), classes: { Packing } });
