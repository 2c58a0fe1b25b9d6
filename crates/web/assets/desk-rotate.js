// The organisation's key is made anew: here, in an administrator's browser. Whoever stays gets it sealed to herself; the
// key before it is sealed to the new one; then the ways into the cases are sealed anew, a few at a time.

import { bytesOf, get, post, written } from "asset:desk-api.js";
import { showShares } from "asset:desk-door.js";
import { at, busy, complain, confirmIn } from "asset:desk-dom.js";
import { byOurs, desk, theSeal } from "asset:desk-keys.js";
import { say } from "asset:desk-words.js";

/** @type {(view: string) => void} */
let show = () => {};
/** @type {() => Promise<void>} */
let redraw = async () => {};
let walking = false;

/** @param {(view: string) => void} go @param {() => Promise<void>} list draws the colleagues anew */
export function startRotation(go, list) {
  show = go;
  redraw = list;
  at("rotation-go").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "rotation-error", async () => {
    if (await confirmIn("rotation-dialog")) await rotate(null);
  }));
}

/** What is due, and how far it is. @param {boolean} mayManage */
export async function showRotation(mayManage) {
  const sees = mayManage && Boolean(desk.ours);
  at("rotation").hidden = !sees;
  if (!sees) return;
  complain("rotation-error");
  const { due, walked } = await get("keys");
  at("rotation-due").hidden = !due;
  at("rotation").classList.toggle("stern", Boolean(due));
  if (!walked) walk();
}

/** @param {string | null} leaves the member whose access ends by it */
export async function rotate(leaves) {
  const { members } = await get("colleagues");
  const fresh = await theSeal().make("Organisation");
  const recipient = await fresh.call("recipient");
  const stay = members.filter((member) => member.has_key && member.id !== leaves);
  const sealed = await Promise.all(stay.map(async (member) =>
    ({ member: member.id, key: written(await fresh.call("grant_to", member.recipient)) })));
  const earlier = written(await desk.ours.call("grant_to", recipient));
  await post("keys", { instead_of: desk.organisation.recipient, recipient, members: sealed, earlier, leaves });
  desk.earlier = [desk.ours, ...desk.earlier];
  desk.ours = fresh;
  desk.organisation.recipient = recipient;
  const name = desk.organisation.name[document.documentElement.lang] || desk.organisation.name.vi;
  showShares(await fresh.call("shares"), name, show, async () => show("colleagues"));
  walk();
}

/** Seals the ways into the cases anew, in the background; it goes on where it was broken off. */
async function walk() {
  if (walking) return;
  walking = true;
  let all = 0;
  try {
    for (;;) {
      const { grants, left, behind } = await get("keys/grants");
      all = Math.max(all, left);
      tell(all - left, all);
      const recipient = desk.organisation.recipient;
      const anew = [];
      for (const { case: id, epoch, sealed } of grants) {
        const key = await byOurs("open_case", bytesOf(sealed)).catch(() => null);
        // What no key opens stays as it is.
        if (!key) continue;
        anew.push({ case: id, epoch, sealed: written(await key.call("grant_to", recipient)) });
        await key.free();
      }
      await post("keys/grants", { recipient, grants: anew, behind });
      if (!behind) break;
    }
    tell(all, all);
    await redraw();
  } catch (error) {
    if (desk.member) complain("rotation-error", /** @type {Error} */ (error).message);
  } finally {
    walking = false;
  }
}

/** @param {number} done @param {number} all */
function tell(done, all) {
  at("rotation-progress").hidden = done === all;
  at("rotation-progress").max = Math.max(1, all);
  at("rotation-progress").value = done;
  at("rotation-said").textContent = all === 0 ? "" : done === all ? say("resealed", all) : say("resealing", done, all);
}
