// Coming in: by passphrase and code, by passkey, by invitation.

import { post, written } from "asset:desk-api.js";
import { at, busy, complain, copy } from "asset:desk-dom.js";
import { arrive, desk, keyFromShares, makeKeys, signIn, signedInByPasskey } from "asset:desk-keys.js";
import { showPasskey } from "asset:passkey.js";
import { say, word } from "asset:desk-words.js";

/** @param {(view: string) => void} show @param {() => Promise<void>} begin */
export function startDoor(show, begin) {
  at("sign-in-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "sign-in-error", async () => {
      await signIn(at("organisation").value, at("name").value.trim(), at("passphrase").value, at("code").value);
      at("sign-in-form").reset();
      await begin();
    });
  });
  at("passkey-sign-in").addEventListener("click", ({ currentTarget }) => {
    if (!at("name").reportValidity()) return;
    busy(currentTarget, "sign-in-error", async () => {
      const { member, prf } = await showPasskey(at("organisation").value, at("name").value.trim());
      await signedInByPasskey(member, prf);
      at("sign-in-form").reset();
      await begin();
    });
  });
  at("passkey-sign-in").closest("p").hidden = !globalThis.PublicKeyCredential;
  if (!at("view-join").hidden) startJoin(show, begin);
}

/** How hard a passphrase is to guess: 0 to 4, and a line about it. @param {string} text @param {string[]} names */
export function strength(text, names) {
  const plain = text.toLowerCase();
  const letters = [...text];
  const runs = letters.filter((letter, at) => at > 0 && Math.abs(letter.codePointAt(0) - letters[at - 1].codePointAt(0)) <= 1);
  if (letters.length < 14) return { level: 0, line: say("weak-short") };
  if (names.some((name) => name.length > 2 && plain.includes(name.toLowerCase()))) return { level: 1, line: say("weak-name") };
  if (new Set(letters).size < 7 || runs.length > letters.length / 2) return { level: 1, line: say("weak-same") };
  const words = text.trim().split(/\s+/).length;
  return letters.length >= 20 || words >= 4 ? { level: 4, line: say("good") } : { level: 2, line: say("fair") };
}

/** A passphrase that is good enough, typed twice alike. @param {string} text @param {string} again @param {string[]} names */
export function goodPassphrase(text, again, names) {
  const { level, line } = strength(text, names);
  if (level < 2) throw new Error(line);
  if (text !== again) throw new Error(say("not-alike"));
  return text;
}

/** @param {(view: string) => void} show @param {() => Promise<void>} begin */
async function startJoin(show, begin) {
  const invitation = location.hash.slice(1);
  // Out of the address bar and the history before anybody looks at it.
  history.replaceState(history.state, "", location.pathname);
  let invited;
  let code;
  try {
    invited = await post("invitation", { invitation });
    code = await post("code", { invitation });
  } catch (error) {
    if (/** @type {any} */ (error).code === "network") complain("join-bad", /** @type {Error} */ (error).message);
    at("join-bad").hidden = false;
    return;
  }
  const name = invited.name[document.documentElement.lang] || invited.name.vi;
  at("join-to").textContent = say("join-to", name, word("role", invited.role));
  at("join-founds").hidden = !invited.founds;
  at("join-door").hidden = invited.founds;
  at("totp-secret").textContent = code.letters.match(/.{4}/g).join(" ");
  draw(at("totp-qr"), code);
  at("join-form").hidden = false;
  at("join-name").focus();
  at("join-passphrase").addEventListener("input", () => {
    const { level, line } = strength(at("join-passphrase").value, [at("join-name").value, invited.organisation]);
    at("strength").value = level;
    at("strength-said").textContent = line;
  });
  at("join-door").addEventListener("change", () => {
    at("join-shares").hidden = at("join-form").elements.door.value !== "shares";
  });
  at("join-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "join-error", async () => {
      const shares = await join(invitation, invited, code);
      if (!shares) return begin();
      return showShares(shares, name, show, begin);
    });
  });
}

/** Gives the shares to be printed, if she is the first. */
async function join(invitation, invited, code) {
  const name = at("join-name").value.trim();
  const text = goodPassphrase(at("join-passphrase").value, at("join-again").value, [name, invited.organisation]);
  const byShares = !invited.founds && at("join-form").elements.door.value === "shares";
  // Wrong shares are said before anything is made.
  const ours = byShares && (await keyFromShares(at("join-share-1").value, at("join-share-2").value, invited.recipient));
  const { kept, shares } = await makeKeys({ text, founds: invited.founds });
  const totp = { secret: code.secret, code: at("join-code").value };
  let member;
  try {
    member = await post("join", { invitation, name, totp, ...kept });
  } catch (error) {
    throw /** @type {any} */ (error).code === "taken" ? new Error(say("name-taken")) : error;
  }
  if (ours) {
    const key = written(await ours.call("grant_to", kept.recipient));
    await post(`colleagues/${member.id}/key`, { key });
    member.organisation_key = key;
  }
  at("join-form").reset();
  at("totp-secret").textContent = "";
  at("totp-qr").replaceChildren();
  await arrive(member, desk.mine);
  return shares;
}

/** Shown once, printed, and one of them asked back. */
export function showShares(shares, name, show, begin) {
  show("shares");
  at("share-list").replaceChildren(...shares.map((share, index) => {
    const item = copy("t-share");
    item.querySelector("h2").textContent = say("share-title", index + 1);
    item.querySelector(".share-letters").textContent = share;
    item.querySelector(".share-of").textContent = say("share-of", index + 1, name);
    return item;
  }));
  const asked = crypto.getRandomValues(new Uint8Array(1))[0] % 3;
  at("shares-ask").textContent = say("share-ask", asked + 1);
  at("print-shares").onclick = () => print();
  const plain = (text) => text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  // Not added to one that is there: shares are shown again when the key is made anew.
  at("shares-form").onsubmit = (event) => {
    event.preventDefault();
    if (plain(at("share-back").value) !== plain(shares[asked])) return complain("shares-error", say("share-wrong"));
    complain("shares-error");
    at("share-list").replaceChildren();
    at("shares-form").reset();
    shares.fill("");
    return begin();
  };
}

/** The dots of a QR code. @param {HTMLElement} into @param {{width: number, dots: string}} code */
function draw(into, { width, dots }) {
  const [quiet, scale] = [4, 6];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = (width + 2 * quiet) * scale;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const [place, dot] of [...dots].entries()) {
    if (dot === "1") pen.fillRect((quiet + (place % width)) * scale, (quiet + Math.floor(place / width)) * scale, scale, scale);
  }
  into.replaceChildren(canvas);
}
