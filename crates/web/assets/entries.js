// What goes over the wire of a case: sealed entries, and what the server keeps of a receipt.

import { Seal } from "asset:seal.js";
import { sha256, toJson, toText } from "asset:wire.js";

/** How often the seal is fetched before a browser counts as one that can't run it; ms between. */
const TRIES = 30;
const WAIT = 2000;

/**
 * The seal, once it is there: on a network that drops, fetching it takes more than one try.
 * @param {(waiting: boolean) => void} tell @param {string} [worker] another one than the seal's @returns {Promise<Seal>}
 */
export function openSeal(tell, worker) {
  return new Promise((done, fail) => {
    let tries = 0;
    const attempt = () => {
      tries += 1;
      /** @type {Seal} */
      const seal = new Seal((state) => {
        if (state === "ready") {
          tell(false);
          done(seal);
        } else if (state === "failed" && (tries >= TRIES || typeof WebAssembly === "undefined")) fail(new Error("broke"));
        else if (state === "failed") {
          tell(true);
          setTimeout(attempt, WAIT);
        }
      }, worker);
    };
    attempt();
  });
}

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
