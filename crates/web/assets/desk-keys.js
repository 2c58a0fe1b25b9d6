// Who is signed in, and her keys. The keys themselves live in the worker of the seal; this side holds numbers that
// stand for them.

import { Refused, Seal } from "asset:seal.js";
import { alike, bytesOf, get, post, written } from "asset:desk-api.js";
import { notice } from "asset:desk-dom.js";
import { say } from "asset:desk-words.js";

/** @type {Seal | undefined} */
let seal;

/** Who is here: the member as the server tells, what her role lets her do, her key, her organisation's, and those that it had. @type {any} */
export const desk = { member: null, organisation: null, may: new Set(), account: "none", mine: null, ours: null, earlier: [] };

/** The seal, started anew after it was wiped. */
export function theSeal() {
  seal ??= new Seal((state, figure) => {
    if (state === "loading") notice(say("loading-seal", figure));
    else if (state === "ready") notice("");
    else if (state === "failed") notice(say("seal-failed"), "stern");
  });
  return seal;
}

/** Forgets every key at once. */
export function wipe() {
  seal?.close();
  seal = undefined;
  Object.assign(desk, { member: null, organisation: null, may: new Set(), mine: null, ours: null, earlier: [] });
}

/** @param {string} text @param {Uint8Array} salt */
export async function stretch(text, salt) {
  notice(say("stretching"));
  const passphrase = await theSeal().of("Passphrase", "derive", text, salt);
  const token = written(await passphrase.call("sign_in_token"));
  notice("");
  return { passphrase, token };
}

/** @param {string} organisation @param {string} name @param {string} text @param {string} code */
export async function signIn(organisation, name, text, code) {
  const { salt } = await post("sign-in/start", { organisation, name });
  const { passphrase, token } = await stretch(text, bytesOf(salt));
  const member = await post("sign-in", { organisation, name, token, code });
  await unwrap(member, passphrase);
}

/** Somebody who is signed in already opens her keys. @param {any} member @param {string} text */
export async function unlock(member, text) {
  const { passphrase } = await stretch(text, bytesOf(member.salt));
  await unwrap(member, passphrase);
}

/** @param {any} member @param {any} passphrase */
async function unwrap(member, passphrase) {
  const mine = await opened(() => theSeal().of("StaffKey", "unwrap", passphrase, bytesOf(member.wrapped_key)));
  await passphrase.free();
  await arrive(member, mine);
}

/** @param {any} member @param {Uint8Array} prf */
export async function signedInByPasskey(member, prf) {
  const wrapped = bytesOf(member.wrapped_by_passkey);
  await arrive(member, await opened(() => theSeal().of("StaffKey", "unwrap_by_passkey", prf, wrapped)));
}

/** @param {() => Promise<any>} unwrap */
async function opened(unwrap) {
  try {
    return await unwrap();
  } catch (error) {
    throw error instanceof Refused ? new Error(say("wrong-passphrase")) : error;
  }
}

/** @param {any} member @param {any} mine */
export async function arrive(member, mine) {
  const { organisation, may, account } = await get("me");
  Object.assign(desk, { member, mine, organisation, may: new Set(may), account });
  await openDoor(member.organisation_key);
}

/** Takes the organisation's key, if it was sealed to her. @param {string | null} sealed */
export async function openDoor(sealed) {
  if (!sealed) return Boolean(desk.ours);
  desk.ours = await desk.mine.call("open_organisation", bytesOf(sealed));
  const { recipient, earlier } = await get("keys");
  desk.organisation.recipient = recipient;
  desk.earlier = [];
  // Each opens the one before it.
  for (const key of earlier) {
    const newer = desk.earlier.at(-1) ?? desk.ours;
    desk.earlier.push(await newer.call("open_earlier", bytesOf(key.sealed)));
  }
  return true;
}

/** What was sealed to the organisation, by whichever of its keys. @param {string} method @param {Uint8Array} sealed */
export async function byOurs(method, sealed) {
  for (let renewed = false; ; renewed = true) {
    for (const key of [desk.ours, ...desk.earlier]) {
      try {
        return await key.call(method, sealed);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    // A colleague may have made the key anew since this page opened it.
    const { member } = await get("me");
    if (renewed || !(await openDoor(member.organisation_key))) throw new Error(say("no-key"));
  }
}

/** Her key under a new passphrase. @param {string} text */
export async function rewrap(text) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const { passphrase, token } = await stretch(text, salt);
  const wrapped = await desk.mine.call("wrap", passphrase);
  await passphrase.free();
  return { wrapped_key: written(wrapped), salt: written(salt), token };
}

/**
 * Makes her key, and the organisation's if she is the first.
 * @param {{text: string, founds: boolean}} wish
 */
export async function makeKeys({ text, founds }) {
  desk.mine = await theSeal().make("StaffKey");
  const kept = { recipient: await desk.mine.call("recipient"), ...(await rewrap(text)) };
  if (!founds) return { kept, shares: null };
  desk.ours = await theSeal().make("Organisation");
  const recipient = await desk.ours.call("recipient");
  const key = written(await desk.ours.call("grant_to", kept.recipient));
  return { kept: { ...kept, founds: { recipient, key } }, shares: await desk.ours.call("shares") };
}

/** The organisation's key out of two shares. @param {string} one @param {string} other @param {string} recipient */
export async function keyFromShares(one, other, recipient) {
  try {
    const ours = await theSeal().of("Organisation", "from_shares", one, other);
    if ((await ours.call("recipient")) === recipient) return ours;
    await ours.free();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const known = { letter: "share-letter", length: "share-length", checksum: "share-checksum", same_share: "share-same" };
    throw new Error(say(known[/** @type {any} */ (error).code] ?? "share-other"));
  }
  throw new Error(say("share-other"));
}

/**
 * Opens the identities of a case that were granted and are not open yet.
 * @param {Map<number, any>} cases by epoch @param {{epoch: number, sealed: string}[]} grants
 */
export async function openGrants(cases, grants) {
  for (const { epoch, sealed } of grants) {
    if (!cases.has(epoch)) cases.set(epoch, await byOurs("open_case", bytesOf(sealed)));
  }
}

/** The content of an entry, or nothing where it was altered. @param {Map<number, any>} cases @param {any} entry */
export async function openEntry(cases, entry) {
  try {
    const { content, leaf } = await cases.get(entry.epoch).call("open", bytesOf(entry.sealed));
    return alike(leaf, bytesOf(entry.leaf)) ? JSON.parse(new TextDecoder().decode(content)) : null;
  } catch (error) {
    if (desk.ours) return null;
    throw error;
  }
}

/** @param {string} recipient @param {string} kind @param {unknown} content */
export async function sealEntry(recipient, kind, content) {
  const { bytes, leaf } = await theSeal().call("seal_entry", recipient, new TextEncoder().encode(JSON.stringify(content)));
  return { kind, sealed: written(bytes), leaf: written(leaf) };
}

/** @param {unknown} content */
const bytesOfJson = (content) => new TextEncoder().encode(JSON.stringify(content));

/** Nothing where none of these keys opens it. @param {any[]} keys @param {string} sealed */
async function openJson(keys, sealed) {
  for (const key of keys) {
    try {
      const { content } = await key.call("open", bytesOf(sealed));
      return JSON.parse(new TextDecoder().decode(content));
    } catch (error) {
      if (!desk.member) throw error;
    }
  }
  return null;
}

/** Words for colleagues alone, sealed to the organisation. @param {unknown} content */
export async function sealNote(content) {
  return written((await theSeal().call("seal_entry", desk.organisation.recipient, bytesOfJson(content))).bytes);
}

/** What a colleague sealed to the organisation; nothing where it was altered. @param {string} sealed */
export const openNote = (sealed) => openJson([desk.ours, ...(desk.earlier ?? [])], sealed);

/** Words for herself alone. @param {unknown} content */
export async function sealMine(content) {
  return written((await theSeal().call("seal_entry", desk.member.recipient, bytesOfJson(content))).bytes);
}

/** @param {string} sealed */
export const openMine = (sealed) => openJson([desk.mine], sealed);
