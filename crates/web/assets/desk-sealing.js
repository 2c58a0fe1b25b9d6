// A case that is made here for somebody: sealed as her own device would, with a receipt for her, a way in for us and for
// whoever else she named.

import { written } from "asset:desk-api.js";
import { desk, theSeal } from "asset:desk-keys.js";
import { receiptRecord, sealEntry } from "asset:entries.js";
import { sealAll } from "asset:files.js";
import { upload } from "asset:upload.js";
import { newId, toBytes } from "asset:wire.js";

/** Who can be written to, and what receipts are derived with. */
export const fetchTerms = async () => (await fetch("/api/v1/report/terms", { cache: "no-store", credentials: "omit" })).json();

/**
 * @param {any} terms
 * @param {{id?: string, language?: string, others?: string[], facts: any, audience?: string | null, way: string, paper?: string}} told
 * @param {[string, any][]} contents of its entries: kind and what is sealed
 * @param {any[]} [files] as they were chosen; each is sent here @param {(share: number) => void} [tell]
 * @returns {Promise<{words: string[], body: any}>} her ten words, and what `POST /api/v1/desk/enter` takes
 */
export async function sealCase(terms, { id = newId(), language, others = [], ...told }, contents, files = [], tell = () => {}) {
  const [theCase, draft] = await Promise.all([theSeal().make("Case"), theSeal().make("ReceiptDraft")]);
  const words = await draft.call("words", language || document.documentElement.lang);
  const keys = await draft.call("derive", toBytes(terms.salt));
  try {
    const receipt = await receiptRecord(keys);
    const grant = async (to) => written(await theCase.call("grant_to", to));
    const grants = [{ epoch: 0, sealed: await grant(receipt.recipient) }];
    for (const organisation of [desk.member.organisation, ...others]) {
      const { recipient } = terms.organisations.find((each) => each.id === organisation);
      grants.push({ organisation, epoch: 0, sealed: await grant(recipient) });
    }
    const entries = [];
    for (const [kind, content] of contents) entries.push(await sealEntry(theCase, kind, content));
    const recipient = await theCase.call("recipient");
    const send = (blob) => upload(theSeal(), recipient, id, blob, () => {}, tell);
    await sealAll(files, send, async (about, ids) => entries.push(await sealEntry(theCase, "file", about, ids)) - 1);
    return { words, body: { ...told, id, receipt, recipient, grants, entries } };
  } finally {
    for (const held of [theCase, draft, keys]) held.free().catch(() => {});
  }
}
