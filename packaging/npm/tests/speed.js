// Texts a second in Node, the median of five turns: `cargo xtask packages --release`.

import { readFile } from "node:fs/promises";
import { load } from "haidang-recognise";

const recogniser = await load();
const all = JSON.parse(await readFile(new URL("texts.json", import.meta.url), "utf8"));
const texts = Array(100).fill(all.filter((text) => !text.includes("\n"))).flat();
const turns = [];
for (let turn = 0; turn < 6; turn += 1) {
  const start = performance.now();
  recogniser.assessMany(texts);
  turns.push(texts.length / ((performance.now() - start) / 1000));
}
const median = turns.slice(1).sort((a, b) => a - b)[2];
const letters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
console.log(`${texts.length} messages of ${Math.round(letters)} characters, a second: ${Math.round(median)}`);
