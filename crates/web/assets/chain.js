// Whether the server still has everything, unchanged: its signed head over the case's log is checked at each visit, and
// must continue the head of the visit before, which lies sealed in the case and nowhere else.

import { toBytes, toJson, toText } from "asset:wire.js";

/** @typedef {{size: number, root: string, key: string, at: number}} Head */

const LEAF = 32;

/** @param {any[]} entries */
export function leavesOf(entries) {
  const leaves = new Uint8Array(entries.length * LEAF);
  entries.forEach(({ leaf }, n) => leaves.set(toBytes(leaf), n * LEAF));
  return leaves;
}

/** A head as it is signed: size, time and root. @param {{size: number, at: number, root: string}} head */
export function headBytes({ size, at, root }) {
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(size));
  view.setBigUint64(8, BigInt(at));
  bytes.set(toBytes(root), 16);
  return bytes;
}

/**
 * Compares, and gives what is wrong, or nothing.
 * @param {any} visit of back.js @returns {Promise<"" | "unsigned" | "other" | "forgot" | "changed" | "key">}
 */
export async function compare(visit) {
  const { seal, seen, terms } = visit;
  const { head, entries } = seen;
  const key = terms.server_key;
  const leaves = leavesOf(entries);
  const rootOf = async (size) => toText(await seal.call("log_root", leaves.slice(0, size * LEAF)));
  if (!await seal.call("head_is_signed", headBytes(head), toBytes(head.signature), toBytes(key))) return "unsigned";
  if (head.size !== entries.length || await rootOf(head.size) !== head.root) return "other";
  const before = visit.before ?? await lastHead(visit);
  if (!before) return "";
  if (before.key !== key) return "key";
  if (before.size > head.size) return "forgot";
  return await rootOf(before.size) === before.root ? "" : "changed";
}

/** The head of the last visit, as it lies in the case. @returns {Promise<Head | undefined>} */
async function lastHead({ seen, cases }) {
  if (!seen.seen) return undefined;
  const sealed = toBytes(seen.seen);
  for (const one of cases.values()) {
    try {
      return JSON.parse(new TextDecoder().decode((await one.call("open", sealed)).content));
    } catch (error) {
      if (error.message === "broke") throw error;
    }
  }
  // Something lies there that no key of this case opens: it was exchanged.
  return { size: Infinity, root: "", key: "", at: 0 };
}

/**
 * Remembers the head that was found right, for this visit and the next one.
 * @param {any} visit @param {any} present the case's present identity @param {(sealed: string) => Promise<unknown>} keep
 */
export async function remember(visit, present, keep) {
  const { size, root, at } = visit.seen.head;
  const known = visit.before ?? (visit.seen.seen ? await lastHead(visit) : undefined);
  visit.before = { size, root, at, key: visit.terms.server_key };
  if (known?.size === size && known.root === root) return;
  const { bytes } = await present.call("seal", toJson(visit.before));
  await keep(toText(bytes));
}
