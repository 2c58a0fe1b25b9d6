// Files: fetched sealed by the piece, opened in the worker, shown in a frame without rights, blurred and muted.

import { ask } from "asset:desk-api.js";
import { copy, make, notice } from "asset:desk-dom.js";
import { Refused } from "asset:seal.js";
import { say, size } from "asset:desk-words.js";

/** Larger ones would fill the memory of an office computer. */
const MOST_SHOWN_BYTES = 200 * 1024 * 1024;

/** What is open now, to be closed when the report is. @type {Set<() => void>} */
const stages = new Set();

export function closeFiles() {
  for (const close of stages) close();
  stages.clear();
}

/** @param {any} content @param {{id: string, key: any}} of its case, and what opens it */
export function drawFile(content, of) {
  const card = copy("t-file");
  card.querySelector(".file-name").textContent = content.name || say("no-name");
  const role = content.role === "reading_copy" ? say("reading-copy") : content.role === "original" ? say("original") : "";
  const about = card.querySelector(".file-about");
  about.textContent = [content.type, Number.isFinite(content.size) && size(content.size), role].filter(Boolean).join(" · ");
  const doing = (work) => async ({ currentTarget }) => {
    if (currentTarget.ariaBusy === "true") return;
    currentTarget.ariaBusy = "true";
    const before = about.textContent;
    const tell = (percent) => { about.textContent = say("fetching", percent); };
    try {
      await work(tell);
      about.textContent = before;
    } catch (error) {
      about.textContent = before;
      notice(error instanceof Error ? error.message : String(error), "stern");
    }
    currentTarget.ariaBusy = "false";
  };
  card.querySelector(".file-view").addEventListener("click", doing((tell) => view(card, content, of, tell)));
  card.querySelector(".file-save").addEventListener("click", doing((tell) => save(content, of, tell)));
  return card;
}

/** The opened bytes, if every one is as she sent it. */
export async function fetchOpened(content, { id, key }, tell) {
  const opener = await key.call("open_file");
  const parts = [];
  try {
    for (let from = 0, whole = Infinity; from < whole;) {
      const response = await ask(`cases/${id}/files/${content.file}/from/${from}`);
      whole = Number(response.headers.get("x-size"));
      const piece = new Uint8Array(await response.arrayBuffer());
      if (piece.length === 0) break;
      from += piece.length;
      // A Blob lies outside the page's memory, on the disk where it grows large.
      parts.push(new Blob([await opener.call("push", piece)]));
      tell(Math.min(100, Math.floor((from / whole) * 100)));
    }
    parts.push((await opener.call("finish")).bytes);
  } catch (error) {
    throw error instanceof Refused ? new Error(say("altered")) : error;
  } finally {
    opener.free().catch(() => {});
  }
  return new Blob(parts);
}

/** What the bytes are, whatever the name says. Nothing that could run is among them. @param {Uint8Array} start */
function kindOf(start) {
  const is = (text, at = 0) => [...text].every((letter, i) => start[at + i] === letter.charCodeAt(0));
  if (is("\xFF\xD8\xFF")) return "image/jpeg";
  if (is("\x89PNG\r\n\x1A\n")) return "image/png";
  if (is("GIF8")) return "image/gif";
  if (is("RIFF") && is("WEBP", 8)) return "image/webp";
  if (is("ftypavif", 4)) return "image/avif";
  if (is("ftypM4A", 4)) return "audio/mp4";
  if (is("ftyp", 4)) return "video/mp4";
  if (is("\x1A\x45\xDF\xA3")) return "video/webm";
  if (is("OggS")) return "audio/ogg";
  if (is("ID3") || (start[0] === 0xFF && (start[1] & 0xE6) === 0xE2)) return "audio/mpeg";
  if (is("RIFF") && is("WAVE", 8)) return "audio/wav";
  if (is("#!AMR")) return "audio/amr";
  const controls = start.some((byte) => byte < 9 || (byte > 13 && byte < 32));
  return controls || is("%PDF") ? null : "text/plain";
}

async function view(card, content, of, tell) {
  if (content.size > MOST_SHOWN_BYTES) throw new Error(say("too-large", size(content.size)));
  const blob = await fetchOpened(content, of, tell);
  const bytes = await blob.arrayBuffer();
  const type = kindOf(new Uint8Array(bytes, 0, Math.min(4096, bytes.byteLength)));
  if (!type) throw new Error(say("not-shown"));
  const claimed = String(content.type ?? "").split("/")[0];
  if (claimed && claimed !== type.split("/")[0] && claimed !== "application") notice(say("lied"), "stern");
  stage(card.querySelector(".file-stage"), bytes, type);
}

/** The frame and its buttons. */
function stage(into, bytes, type) {
  const shown = copy("t-stage");
  const frame = shown.querySelector("iframe");
  const close = () => { into.replaceChildren(); stages.delete(close); };
  const post = (message, transfer = []) => frame.contentWindow?.postMessage(message, "*", transfer);
  const toggle = (selector, key, on, off) => {
    const button = shown.querySelector(selector);
    button.addEventListener("click", () => {
      const pressed = button.ariaPressed !== "true";
      button.ariaPressed = String(pressed);
      button.textContent = say(pressed ? off : on);
      post({ [key]: pressed });
    });
    return button;
  };
  const clear = toggle(".stage-clear", "clear", "unblur", "blur");
  const sound = toggle(".stage-sound", "sound", "sound-on", "sound-off");
  clear.hidden = /^(text|audio)/.test(type);
  sound.hidden = !/^(audio|video)/.test(type);
  shown.dataset.kind = type.split("/")[0];
  shown.querySelector(".stage-close").addEventListener("click", close);
  frame.addEventListener("load", () => post({ bytes, type }, [bytes]), { once: true });
  const heard = ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    shown.dataset.state = data.kind;
    if (data.kind === "failed") {
      close();
      into.append(make("p", say("not-shown"), "form-error"));
    }
  };
  addEventListener("message", heard);
  stages.add(close);
  frame.src = "/desk/viewer";
  into.replaceChildren(shown);
}

async function save(content, of, tell) {
  if (!confirm(say("save-warn"))) return;
  const blob = await fetchOpened(content, of, tell);
  const link = document.createElement("a");
  const address = URL.createObjectURL(blob.slice(0, blob.size, "application/octet-stream"));
  link.href = address;
  // Only the last part of a name, and no sign that a file system reads as a path.
  link.download = String(content.name || "tep").split(/[\\/]/).pop().replace(/[^\p{L}\p{N}._ -]/gu, "_").slice(0, 100) || "tep";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
