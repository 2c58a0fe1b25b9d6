// An evidence package, from picked files or from a case: hashed, signed by the server, written, offered.

import { openSeal } from "asset:entries.js";
import { ask, patient, toBytes, toText } from "asset:wire.js";

/** How often, and how many ms apart, an outside time-stamp is waited for while she looks on. */
const TRIES = 15;
const APART = 2000;

/** The fewest letters of a passphrase that she makes up herself. */
export const SHORTEST = 12;

/** What makes packages, in a worker of its own: fetched once somebody wants one. @param {(waiting: boolean) => void} [tell] */
export const openKeeper = (tell = () => {}) => openSeal(tell, "asset:keep-worker.js");

/** Six words without marks, which can be typed anywhere. @param {import("asset:seal.js").Seal} keeper */
export const newPassphrase = (keeper) => keeper.call("passphrase", document.documentElement.lang);

/**
 * @param {import("asset:seal.js").Seal} keeper
 * @param {{now: number, items: {blob: Blob, about: object}[], custody: object[], log?: any, passphrase?: string, recipient?: string}} what `recipient`: of somebody's key of age's
 * @param {(part: "hashing" | "signing" | "stamping" | "waiting" | "packing", share: number) => void} tell
 * @returns {Promise<{blob: Blob, name: string, time: number, stamped: boolean}>}
 */
export async function makePackage(keeper, { now, items, custody, log, passphrase, recipient }, tell) {
  const packing = await keeper.make("Packing", now);
  try {
    for (const [n, { blob, about }] of items.entries()) {
      tell("hashing", n / items.length);
      if (!await packing.call("add", blob, about)) throw new Error("unreadable");
    }
    for (const handing of custody) await packing.call("hand", handing);
    tell("signing", 0);
    const answer = await signed(toText(await packing.call("seal")), tell);
    const time = Number(new DataView(toBytes(answer.signed).buffer).getBigUint64(0));
    const { stamp } = answer;
    const given = { signed: toBytes(answer.signed), key: toBytes(answer.server_key), response: stamp ? toBytes(stamp.response) : undefined, authority: stamp?.authority };
    await packing.call("prove", given, log, { passphrase, recipient });
    let blob = new Blob([]);
    let parts = [];
    for (let piece; !piece?.done;) {
      piece = await packing.call("next");
      if (piece.unreadable) throw new Error("unreadable");
      if (piece.bytes.length > 0) parts.push(piece.bytes);
      // The browser puts large blobs onto the disk; loose pieces would stay in memory.
      if (parts.length >= 64 || piece.done) {
        blob = new Blob([blob, ...parts]);
        parts = [];
        tell("packing", piece.share);
      }
    }
    const day = new Date(now * 1000).toISOString().slice(0, 10);
    return { blob, name: `tai-lieu-${day}.zip${passphrase || recipient ? ".age" : ""}`, time, stamped: Boolean(stamp) };
  } finally {
    packing.free().catch(() => {});
  }
}

/** The server's word on a root; asked again while an outside authority is waited for. */
async function signed(root, tell) {
  const once = () => patient(() => ask("POST", "/api/v1/evidence", { json: { root } }), (waiting) => waiting && tell("waiting", 0));
  let answer = await once();
  for (let tries = 0; answer.waiting && tries < TRIES; tries += 1) {
    tell("stamping", tries / TRIES);
    await new Promise((done) => setTimeout(done, APART));
    answer = await once();
  }
  return answer;
}

/**
 * Puts a package behind a link, under a name that says nothing. Gives the address, to be revoked.
 * @param {HTMLAnchorElement} link @param {{blob: Blob, name: string}} made
 */
export function offer(link, { blob, name }) {
  const address = URL.createObjectURL(new Blob([blob], { type: "application/octet-stream" }));
  link.href = address;
  link.download = name;
  return address;
}
