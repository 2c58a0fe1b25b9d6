// Colleagues, one's own passkeys, passphrase and sessions.

import { get, post, written } from "asset:desk-api.js";
import { goodPassphrase, strength } from "asset:desk-door.js";
import { at, busy, complain, confirmIn, copy, notice } from "asset:desk-dom.js";
import { desk, rewrap } from "asset:desk-keys.js";
import { rotate, showRotation, startRotation } from "asset:desk-rotate.js";
import { startTokens, tokens } from "asset:desk-tokens.js";
import { addPasskey } from "asset:passkey.js";
import { moment, say, word } from "asset:desk-words.js";

const mayManage = () => desk.may.has("manage_staff");

/** @param {(view: string) => void} show goes to another part @param {() => void} leave called when she ends her own session */
export function startPeople(show, leave) {
  startRotation(show, colleagues);
  at("invite-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "invite-error", async () => {
      const { invitation } = await post("colleagues/invite", { role: at("invite-role").value });
      at("invite-link").textContent = `${location.origin}${document.body.dataset.desk}/join#${invitation}`;
      at("invite-made").hidden = false;
    });
  });
  startTokens();
  at("invite-copy").addEventListener("click", () => navigator.clipboard?.writeText(at("invite-link").textContent));
  at("passkey-add").hidden = !globalThis.PublicKeyCredential;
  at("passkey-add").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "passkey-error", async () => {
    await addPasskey((prf) => desk.mine.call("wrap_by_passkey", prf));
    notice(say("passkey-added"));
    await passkeys();
  }));
  at("change-new").addEventListener("input", () => {
    at("change-said").textContent = strength(at("change-new").value, [desk.member.name, desk.member.organisation]).line;
  });
  at("change-form").addEventListener("focusin", () => { at("change-name").value = desk.member?.name ?? ""; });
  at("change-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "change-error", async () => {
      const names = [desk.member.name, desk.member.organisation];
      await post("passphrase", await rewrap(goodPassphrase(at("change-new").value, at("change-again").value, names)));
      at("change-form").reset();
      at("change-said").textContent = "";
      notice(say("passphrase-changed"));
      await sessions();
    });
  });
  at("sessions-end").addEventListener("click", async () => {
    await post("sessions/end").catch(() => {});
    leave();
  });
  /** @param {string} section */
  const load = (section) => (section === "colleagues" ? Promise.all([colleagues(), tokens()]) : Promise.all([passkeys(), sessions()]));
  return (section) => load(section).catch((error) => { if (desk.member) notice(error.message, "stern"); });
}

async function colleagues() {
  at("invite-form").hidden = !mayManage();
  at("invite-made").hidden = true;
  at("invite-link").textContent = "";
  complain("invite-error");
  const { members } = await get("colleagues");
  await showRotation(mayManage());
  at("colleague-list").replaceChildren(...members.map(colleague));
}

/** @param {any} member */
function colleague(member) {
  const item = copy("t-colleague");
  const itself = member.id === desk.member.id;
  item.querySelector(".person-name").textContent = itself ? `${member.name} (${say("you")})` : member.name;
  item.querySelector(".person-role").textContent = `${word("role", member.role)} · ${say("since", moment(member.added_at))}`;
  const door = item.querySelector(".person-door");
  door.textContent = say(member.has_key ? "door-open" : "door-shut");
  door.dataset.open = member.has_key;
  const open = item.querySelector(".person-open");
  // An auditor reads no case: she needs no key.
  open.hidden = member.has_key || !mayManage() || !desk.ours || member.role === "auditor";
  if (member.role === "auditor") door.textContent = "";
  const role = item.querySelector(".person-role-change");
  role.hidden = !mayManage() || itself;
  role.value = member.role;
  role.setAttribute("aria-label", say("role-of", member.name));
  role.addEventListener("change", () => busy(role, "invite-error", async () => {
    await post(`colleagues/${member.id}/role`, { role: role.value }).finally(colleagues);
    notice(say("role-changed", member.name, word("role", role.value)));
  }));
  open.addEventListener("click", () => busy(open, "invite-error", async () => {
    const key = written(await desk.ours.call("grant_to", member.recipient));
    await post(`colleagues/${member.id}/key`, { key });
    notice(say("door-opened", member.name));
    await colleagues();
  }));
  const leaves = item.querySelector(".person-leave");
  leaves.hidden = itself || !mayManage();
  leaves.addEventListener("click", () => busy(leaves, "invite-error", async () => {
    at("leave-heading").textContent = say("leave-title", member.name);
    if (!(await confirmIn("leave-dialog"))) return;
    if (member.has_key && desk.ours) {
      await rotate(member.id);
    } else {
      await post(`colleagues/${member.id}/leave`);
      notice(say("left-done", member.name));
    }
    await colleagues();
  }));
  return item;
}

async function passkeys() {
  const found = (await get("passkeys")).passkeys;
  at("passkey-list").replaceChildren(...found.map((passkey, index) => {
    const item = copy("t-passkey");
    item.querySelector(".passkey-what").textContent = say("passkey", index + 1);
    item.querySelector(".passkey-since").textContent = say("since", moment(passkey.added_at));
    const remove = item.querySelector(".passkey-remove");
    remove.addEventListener("click", () => busy(remove, "passkey-error", async () => {
      await post(`passkeys/${passkey.id}/remove`);
      await passkeys();
    }));
    return item;
  }));
}

async function sessions() {
  const found = (await get("sessions")).sessions;
  at("session-list").replaceChildren(...found.map((session) => {
    const item = copy("t-session");
    item.querySelector(".session-what").textContent = say(session.here ? "session-here" : "session-other");
    item.querySelector(".session-since").textContent = `${say("since", moment(session.opened_at))} · ${say("used", moment(session.seen_at))}`;
    const end = item.querySelector(".session-end");
    end.hidden = session.here;
    end.addEventListener("click", () => busy(end, "change-error", async () => {
      await post(`sessions/${session.id}/end`);
      await sessions();
    }));
    return item;
  }));
}
