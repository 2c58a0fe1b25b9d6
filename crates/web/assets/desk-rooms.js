// The rooms of the desk beside inbox, colleagues and keys: who may enter which, and what is fetched when somebody does.

import { at, notice } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { forgetFigures, loadFigures, startFigures } from "asset:desk-figures.js";
import { forgetLog, loadLog, startLog } from "asset:desk-log.js";
import { chooseTemplate, forgetOffice, loadOffice, startOffice } from "asset:desk-office.js";
import { forgetTeam, loadTeam, startTeam } from "asset:desk-team.js";

/** @type {Record<string, {start: () => void, load: () => Promise<void>, forget: () => void}>} */
const rooms = {
  team: { start: startTeam, load: loadTeam, forget: forgetTeam },
  figures: { start: startFigures, load: loadFigures, forget: forgetFigures },
  log: { start: startLog, load: loadLog, forget: forgetLog },
  office: { start: startOffice, load: loadOffice, forget: forgetOffice },
};

export const roomNames = Object.keys(rooms);

export function startRooms() {
  for (const room of Object.values(rooms)) room.start();
  at("templates-open").addEventListener("click", () => choose());
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
    if (event.key !== "m" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose();
  });
}

const choose = () => chooseTemplate().catch((error) => { if (desk.member) notice(error.message, "stern"); });

/** Shows the doors that this member may go through; gives the room where she begins. */
export function openRooms() {
  for (const door of document.querySelectorAll("#desk-nav [data-may]")) {
    /** @type {any} */ (door).hidden = !desk.may.has(/** @type {any} */ (door).dataset.may);
  }
  const reads = desk.may.has("list_queue");
  inboxDoor().hidden = !reads;
  at("figures-csv").hidden = !desk.may.has("export_indicators");
  // Somebody who may see no case begins elsewhere; who must first add a passkey may nothing yet, and is told so there.
  return reads || desk.may.size === 0 ? "inbox" : desk.may.has("read_audit") ? "log" : "keys";
}

const inboxDoor = () => /** @type {any} */ (document.querySelector("#desk-nav [data-go=inbox]"));

/** @param {string} name */
export function loadRoom(name) {
  rooms[name]?.load().catch((error) => { if (desk.member) notice(error.message, "stern"); });
}

export function forgetRooms() {
  at("rotation-said").textContent = "";
  inboxDoor().hidden = false;
  for (const room of Object.values(rooms)) room.forget();
  for (const door of document.querySelectorAll("#desk-nav [data-may]")) /** @type {any} */ (door).hidden = true;
}
