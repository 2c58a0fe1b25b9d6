// Signing in by the account of the organisation's own provider. It says who she is; her keys open by her passphrase or a
// passkey, as always.

import { get, post } from "asset:desk-api.js";
import { at, busy, notice } from "asset:desk-dom.js";
import { desk, signedInByPasskey, unlock } from "asset:desk-keys.js";
import { showPasskey } from "asset:passkey.js";
import { say } from "asset:desk-words.js";

const lang = document.documentElement.lang;

/** To the provider, in this very tab. @param {string} path @param {object} wish */
const leave = async (path, wish) => location.assign((await post(path, { ...wish, lang })).address);

/** @param {(view: string, remember?: boolean) => void} show @param {() => Promise<void>} begin */
export function startAccount(show, begin) {
  const offered = () => { at("account-way").hidden = !at("organisation").selectedOptions[0]?.hasAttribute("data-account"); };
  at("organisation").addEventListener("change", offered);
  offered();
  at("account-start").addEventListener("click", ({ currentTarget }) =>
    busy(currentTarget, "sign-in-error", () => leave("account/start", { organisation: at("organisation").value })));
  at("account-tie").addEventListener("click", ({ currentTarget }) =>
    busy(currentTarget, "tie-error", () => leave("account/tie", {})));
  const back = location.hash.slice(1);
  if (back.startsWith("account")) comeBack(back, show, begin);
}

/** What the keys' page says of it. */
export function showAccount() {
  at("account-sheet").hidden = desk.account === "none";
  at("account-tied").hidden = desk.account !== "tied";
  at("account-tie").hidden = desk.account === "tied";
}

/** @param {string} back @param {(view: string, remember?: boolean) => void} show @param {() => Promise<void>} begin */
async function comeBack(back, show, begin) {
  history.replaceState(history.state, "", location.pathname);
  const isIn = back === "account" || back === "account-tied";
  if (back !== "account") notice(say(back), isIn ? "calm" : "stern");
  const member = isIn && (await get("me").then((me) => me.member, () => null));
  if (!member) return;
  at("account-who").textContent = say("account-who", member.name);
  at("account-passkey-way").hidden = !globalThis.PublicKeyCredential;
  show("account", false);
  at("account-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "account-error", async () => {
      await unlock(member, at("account-passphrase").value);
      at("account-form").reset();
      await begin();
    });
  });
  at("account-passkey").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "account-error", async () => {
    const shown = await showPasskey(member.organisation, member.name);
    await signedInByPasskey(shown.member, shown.prf);
    await begin();
  }));
}
