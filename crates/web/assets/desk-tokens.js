// Tokens by which programs of the organisation read: made here, shown once, ended here.

import { get, post } from "asset:desk-api.js";
import { at, busy, complain, copy } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { moment, say } from "asset:desk-words.js";

export function startTokens() {
  at("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "token-error", async () => {
      const scopes = [...at("token-form").querySelectorAll("[name=scope]:checked")].map((box) => box.value);
      if (!scopes.length) throw new Error(say("token-no-scope"));
      const { token } = await post("tokens", { name: at("token-name").value, scopes, days: Number(at("token-days").value) });
      await tokens();
      at("token-form").reset();
      at("token-secret").textContent = token;
      at("token-made").hidden = false;
    });
  });
}

/** The part of the page for whoever may make tokens. */
export async function tokens() {
  at("tokens-sheet").hidden = !desk.may.has("manage_tokens");
  at("token-made").hidden = true;
  at("token-secret").textContent = "";
  complain("token-error");
  if (at("tokens-sheet").hidden) return;
  const found = await get("tokens");
  at("token-list").replaceChildren(...found.tokens.map((token) => {
    const item = copy("t-token");
    item.querySelector(".token-name").textContent = token.name;
    const over = token.expires_at <= found.now;
    const parts = [token.scopes.join(", "), say(over ? "token-over" : "token-until", moment(token.expires_at))];
    parts.push(token.used_at ? say("used", moment(token.used_at)) : say("token-unused"));
    item.querySelector(".token-facts").textContent = parts.join(" · ");
    const end = item.querySelector(".token-end");
    end.addEventListener("click", () => busy(end, "token-error", async () => {
      await post(`tokens/${token.id}/end`);
      await tokens();
    }));
    return item;
  }));
}
