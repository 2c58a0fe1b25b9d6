// What goes over the wire of a case: sealed entries, and what the server keeps of a receipt.

import { sha256, toJson, toText } from "asset:wire.js";

/** What the server keeps of a receipt. @param {any} keys held by the worker */
export async function receiptRecord(keys) {
  const [locator, authenticator, recipient, verifyKey] = await Promise.all(
    ["locator", "authenticator", "recipient", "verify_key"].map((name) => keys.call(name)),
  );
  const verifier = await sha256(authenticator);
  return { version: 0, locator: toText(locator), verifier: toText(verifier), recipient, verify_key: toText(verifyKey) };
}

/** @param {any} theCase held by the worker @param {string} kind @param {unknown} content @param {string[]} [files] */
export async function sealEntry(theCase, kind, content, files = []) {
  const { bytes, leaf } = await theCase.call("seal", toJson(content));
  return { kind, sealed: toText(bytes), leaf: toText(leaf), files };
}
