// A file, sealed in the worker and sent in pieces. A piece that was not acknowledged is sent again from where the
// server stands; the page never holds more than one piece.

import { Problem, ask, newId, patient, toText } from "asset:wire.js";

/** Bytes of a piece: small enough to get through a connection that drops, growing while it holds. */
const LEAST = 1 << 14;
const MOST = 1 << 20;
let pace = 1 << 17;
/** A piece that went through faster than this may be followed by a larger one, in ms. */
const QUICK = 1500;

/**
 * @param {import("asset:seal.js").Seal} seal that derives nothing: WASM memory never shrinks again
 * @param {string} recipient of the case @param {string} caseId
 * @param {Blob} blob @param {(waiting: boolean) => void} tell @param {(share: number) => void} progress
 * @returns {Promise<{id: string, sha256: string}>}
 */
export async function upload(seal, recipient, caseId, blob, tell, progress) {
  for (;;) {
    try {
      return await once(seal, recipient, caseId, blob, tell, progress);
    } catch (error) {
      // The server has less than it acknowledged, so it was swept or lost: the stream can't be wound back, so anew.
      if (error.message !== "behind") throw error;
    }
  }
}

async function once(seal, recipient, caseId, blob, tell, progress) {
  const id = newId();
  const path = `/api/v1/report/files/${id}`;
  const sealing = await seal.make("Sealing", recipient, blob);
  try {
    const size = await sealing.call("size");
    await patient(() => ask("POST", path, { json: { case: caseId, size } }), tell);
    let from = 0;
    let piece;
    do {
      piece = await sealing.call("next");
      from = await send(path, caseId, from, piece.bytes, tell);
      progress(piece.share);
    } while (!piece.done);
    return { id, sha256: toText(piece.content_hash) };
  } finally {
    sealing.free().catch(() => {});
  }
}

/** Sends these bytes until the server has them all. Gives where it stands. */
async function send(path, caseId, from, bytes, tell) {
  const headers = { "x-case": caseId, "content-type": "application/octet-stream" };
  const end = from + bytes.length;
  let stands = from;
  const attempt = () => ask("PUT", `${path}/from/${stands}`, { bytes: bytes.subarray(stands - from, stands - from + pace), headers });
  const tellAndSlow = (waiting) => {
    if (waiting) pace = Math.max(pace / 2, LEAST);
    tell(waiting);
  };
  while (stands < end) {
    const began = performance.now();
    try {
      ({ received: stands } = await patient(attempt, tellAndSlow));
      if (performance.now() - began < QUICK) pace = Math.min(pace * 2, MOST);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409 || typeof error.body.received !== "number") throw error;
      // It has more than we knew (its answer was lost), or less.
      stands = error.body.received;
    }
    if (stands < from) throw new Error("behind");
  }
  return end;
}
