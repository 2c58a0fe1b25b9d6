// In Node the WASM is read from its file; everything else is the same.

import { readFile } from "node:fs/promises";
import { load as loadFrom } from "./index.js";

export { InputError, excerpt } from "./index.js";

export function load(wasm = readFile(new URL("browser_bg.wasm", import.meta.url))) {
  return loadFrom(wasm);
}
