// What every worker does that holds WASM: secrets stay in here, the page gets numbers that stand for them.
//
// In:  {id, on, call, values}   `on` is null for a function, a class's name for `new` and its static functions, or the
//                               number of what is held here, whose method is then called ("free" forgets it)
// Out: {kind: "ready"} or {kind: "failed"}, {kind: "progress", percent} while loading,
//      {kind: "answer", id, answer}, {kind: "problem", id, problem}, {kind: "broke"}

import { fetchedWithProgress } from "asset:wasm.js";

/** Bytes of a file that are read at once: memory stays small, whatever the file's size. */
export const PIECE = 1 << 20;

/** @type {Map<number, any>} */
const held = new Map();
let last = 0;
/** Classes of the worker itself, by name. @type {Record<string, any>} */
let own = {};

/** The fields of a result that only carries data. */
function fields(value) {
  const all = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)));
  return all.filter(([, about]) => about.get).map(([name]) => name);
}

/**
 * What the page gets for a value: data as it is, keys as a number.
 * @param {any} value @param {ArrayBuffer[]} buffers what may be handed over without a copy
 */
export function plain(value, buffers) {
  if (value instanceof Uint8Array) buffers.push(value.buffer);
  else if (Array.isArray(value)) return value.map((one) => plain(one, buffers));
  else if (Object.values(own).some((kind) => value instanceof kind)) return keep(value);
  else if (typeof value?.free === "function") {
    const names = fields(value);
    if (names.length === 0) return keep(value);
    const data = Object.fromEntries(names.map((name) => [name, plain(value[name], buffers)]));
    value.free();
    return data;
  } else if (value?.bytes instanceof Uint8Array) buffers.push(value.bytes.buffer);
  return value;
}

function keep(value) {
  held.set(++last, value);
  return { held: last };
}

function given(value) {
  if (typeof value?.held === "number") return held.get(value.held);
  // The same letters can be typed in two ways; a passphrase must come out the same.
  return typeof value === "string" ? value.normalize("NFC") : value;
}

/**
 * Loads the WASM and answers from then on.
 * @param {{init: Function, module: any, wasm: string, bytes: number, classes: Record<string, any>, functions?: Record<string, Function>}} what
 */
export function serve({ init, module, wasm, bytes, classes, functions = {} }) {
  own = classes;
  const answer = async ({ id, on, call, values }) => {
    const all = values.map(given);
    if (on === null) return functions[call] ? functions[call](id, ...all) : module[call](...all);
    const target = typeof on === "number" ? held.get(on) : classes[on] ?? module[on];
    if (call === "free") held.delete(on);
    return call === "new" ? new target(...all) : target[call](...all);
  };
  const started = init({ module_or_path: fetchedWithProgress(wasm, bytes) })
    .then(() => postMessage({ kind: "ready" }), () => postMessage({ kind: "failed" }));
  addEventListener("message", async ({ data }) => {
    await started;
    try {
      const buffers = [];
      const answered = plain(await answer(data), buffers);
      postMessage({ kind: "answer", id: data.id, answer: answered }, buffers);
    } catch (error) {
      if (error instanceof module.Problem) postMessage({ kind: "problem", id: data.id, problem: plain(error, []) });
      else postMessage({ kind: "broke" });
    }
  });
}
