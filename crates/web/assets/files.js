// Files to be sealed: chosen or spoken, previewed on a canvas. Of each picture a copy is drawn anew, without place,
// time and device: readers get that one; the original stays sealed as evidence.

import { at, bytesSaid, copyOf, said } from "asset:words.js";

/** The longest side of a reading copy, in pixels: text of a screenshot stays readable. */
const COPY_SIDE = 2400;
const PREVIEW_SIDE = 160;
/** A picture with more pixels than this is not opened here: small files can claim to be huge. */
const MOST_PIXELS = 80e6;

/** @typedef {{name: string, type: string, blob: Blob, copy?: Blob, preview?: ImageBitmap, node?: HTMLElement}} Chosen */

export class Files {
  /** @param {() => void} [changed] */
  constructor(changed = () => {}) {
    /** @type {Chosen[]} */
    this.list = [];
    this.changed = changed;
    // As the server's terms say; these hold until they are known.
    this.limits = { bytes: 200 * 1024 * 1024, count: 100 };
    this.spoken = 0;
  }

  /** Takes the picker of this page into service. */
  wake() {
    const pick = at("pick");
    pick.addEventListener("change", async () => {
      for (const file of [...pick.files]) await this.add(file.name, file.type, file);
      pick.value = "";
    });
    this.offerRecording();
    at("file-list").replaceChildren();
    for (const chosen of this.list) this.draw(chosen);
  }

  forget() {
    this.recorder?.stream.getTracks().forEach((track) => track.stop());
    for (const chosen of this.list) chosen.preview?.close();
    this.list = [];
    document.getElementById("file-list")?.replaceChildren();
  }

  tell(words, values) {
    at("file-status").textContent = said(words, values);
  }

  /** @param {string} name @param {string} type @param {Blob} blob */
  async add(name, type, blob) {
    const words = at("files").dataset;
    // Names with paths are no names.
    name = name.split(/[\\/]/).pop().slice(0, 200) || "?";
    const used = this.list.reduce((sum, chosen) => sum + chosen.blob.size + (chosen.copy?.size ?? 0), 0);
    if (blob.size === 0) return this.tell(words.empty, { name });
    if (used + blob.size > this.limits.bytes) {
      return this.tell(words.tooBig, { n: Math.floor(this.limits.bytes / 1048576), name });
    }
    if (this.list.length * 2 >= this.limits.count) return this.tell(words.tooMany, { n: this.limits.count / 2 });
    /** @type {Chosen} */
    const chosen = { name, type: type || "application/octet-stream", blob };
    this.list.push(chosen);
    if (type.startsWith("image/")) await picture(chosen);
    this.draw(chosen);
    this.tell(words.added, { name });
    this.changed();
  }

  /** @param {Chosen} chosen */
  draw(chosen) {
    const item = copyOf("file-template");
    chosen.node = item;
    item.querySelector(".file-name").textContent = chosen.name;
    item.querySelector(".file-size").textContent = bytesSaid(chosen.blob.size);
    item.querySelector(".file-clean").hidden = !chosen.copy;
    if (chosen.preview) {
      const canvas = item.querySelector("canvas");
      Object.assign(canvas, { width: chosen.preview.width, height: chosen.preview.height, hidden: false });
      canvas.getContext("2d").drawImage(chosen.preview, 0, 0);
    }
    const play = item.querySelector("[data-play]");
    play.hidden = !chosen.type.startsWith("audio/") || typeof AudioContext === "undefined";
    play.addEventListener("click", () => listen(chosen.blob));
    item.querySelector("[data-remove]").addEventListener("click", () => this.remove(chosen));
    at("file-list").append(item);
  }

  remove(chosen) {
    this.list = this.list.filter((each) => each !== chosen);
    chosen.preview?.close();
    chosen.node?.remove();
    this.tell(at("files").dataset.removed, { name: chosen.name });
    at("pick").focus();
    this.changed();
  }

  /** Only where the page may use the microphone; a report that stands in another page's place may not. */
  offerRecording() {
    const button = at("record");
    const policy = document.permissionsPolicy ?? document.featurePolicy;
    const may = policy?.allowsFeature?.("microphone") ?? true;
    button.hidden = !may || !navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined";
    button.addEventListener("click", () => (this.recorder ? this.recorder.stop() : this.record(button)));
  }

  async record(button) {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return this.tell(button.dataset.refused, {});
    }
    const recorder = new MediaRecorder(stream);
    const parts = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.addEventListener("stop", async () => {
      stream.getTracks().forEach((track) => track.stop());
      this.recorder = undefined;
      const resting = at("record");
      resting.dataset.recording = "false";
      resting.textContent = resting.dataset.start;
      const type = recorder.mimeType.split(";")[0] || "audio/webm";
      this.spoken += 1;
      await this.add(`${at("files").dataset.voice} ${this.spoken}.${type.split("/")[1]}`, type, new Blob(parts, { type }));
    });
    recorder.start();
    this.recorder = recorder;
    button.dataset.recording = "true";
    button.textContent = button.dataset.stop;
  }
}

/** Draws preview and reading copy; a file that only claims to be a picture gets neither. @param {Chosen} chosen */
async function picture(chosen) {
  let whole;
  try {
    whole = await createImageBitmap(chosen.blob);
    if (whole.width * whole.height > MOST_PIXELS) return;
    chosen.preview = await scaled(whole, PREVIEW_SIDE);
    const small = await scaled(whole, COPY_SIDE);
    const canvas = Object.assign(document.createElement("canvas"), { width: small.width, height: small.height });
    const context = canvas.getContext("2d");
    // A picture with see-through parts would turn black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(small, 0, 0);
    small.close();
    chosen.copy = (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) ?? undefined;
  } catch {
    // Not a picture that this browser can draw: the original goes alone.
  } finally {
    whole?.close();
  }
}

/** @param {ImageBitmap} picture @param {number} side */
function scaled(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const size = { resizeWidth: Math.max(1, Math.round(picture.width * scale)), resizeHeight: Math.max(1, Math.round(picture.height * scale)) };
  return createImageBitmap(picture, { ...size, resizeQuality: "high" });
}

/** Plays from memory: no address that a history could keep. @param {Blob} blob */
async function listen(blob) {
  const context = new AudioContext();
  try {
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(await blob.arrayBuffer());
    source.connect(context.destination);
    source.addEventListener("ended", () => context.close());
    source.start();
  } catch {
    context.close();
  }
}

/**
 * Uploads every file and gives what their entries say.
 * @param {Chosen[]} list @param {(blob: Blob) => Promise<{id: string, sha256: string}>} send
 * @param {(facts: any, ids: string[], of: number | undefined) => Promise<number>} entry appends one and gives its number
 */
export async function sealAll(list, send, entry) {
  for (const { name, type, blob, copy } of list) {
    const original = await send(blob);
    const facts = { name, type, size: blob.size, sha256: original.sha256, role: "original", file: original.id };
    const number = await entry(facts, [original.id]);
    if (!copy) continue;
    const clean = await send(copy);
    const about = { name: `${name.replace(/\.\w+$/, "")}.jpg`, type: copy.type, size: copy.size, sha256: clean.sha256 };
    await entry({ ...about, role: "reading_copy", file: clean.id, of: number }, [clean.id]);
  }
}
