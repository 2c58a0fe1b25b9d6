// Run by `cargo xtask packages` in a project of its own, which has installed the packed package. Beside it lie
// `texts.json`, texts of the training corpus, and `answers.jsonl`, what the command line says to each.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { InputError, excerpt, load } from "haidang-recognise";

const recogniser = await load();
const file = (name) => readFile(new URL(name, import.meta.url), "utf8");
const texts = JSON.parse(await file("texts.json"));
const answers = (await file("answers.jsonl")).trim().split("\n").map(JSON.parse);
const THREAT = "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Đừng nói với ai.";

test("it says what the command line says", () => {
  assert.ok(texts.length >= 200 && texts.length === answers.length);
  assert.deepEqual(recogniser.assessMany(texts), answers);
  assert.deepEqual(texts.map((text) => recogniser.assess(text)), answers);
  const bytes = texts.map((text) => new TextEncoder().encode(text));
  assert.deepEqual(recogniser.assessMany(bytes), answers);
  assert.equal(recogniser.version, answers[0].model);
});

test("rubbish is refused by its code, and costs the others nothing", () => {
  const rubbish = [
    ["", "empty"],
    [" \u200b\n", "empty"],
    ["half \ud83d of a letter", "not_text"],
    ["\u0001\u0002\u0003\u0004", "not_text"],
    [new Uint8Array([0x68, 0xff, 0xfe]), "not_text"],
    ["a".repeat(8 * 1024 * 1024 + 1), "too_long"],
  ];
  for (const [text, code] of rubbish) {
    assert.throws(() => recogniser.assess(text), (error) => error instanceof InputError && error.code === code);
    const threat = recogniser.assess(THREAT);
    assert.deepEqual(recogniser.assessMany([THREAT, text, THREAT]), [threat, { error: code }, threat]);
  }
  for (const wrong of [undefined, null, 5, {}, [THREAT]]) {
    assert.throws(() => recogniser.assess(wrong), TypeError);
    assert.throws(() => recogniser.assessMany([THREAT, wrong]), TypeError);
  }
  assert.throws(() => recogniser.assessMany(THREAT), TypeError);
  assert.throws(() => recogniser.useHosts(new Uint8Array([1, 2, 3])), RangeError);
  assert.deepEqual(recogniser.assessMany([]), []);
});

test("a span is cut out whole, whatever stands before it", () => {
  const text = `😀👩‍👧 ${THREAT}`;
  const { tactics } = recogniser.assess(text);
  assert.ok(tactics.length > 0);
  for (const span of tactics) assert.ok(THREAT.includes(excerpt(text, span)), excerpt(text, span));
});

test("it is made ready once", async () => {
  assert.equal(await load(), recogniser);
  assert.equal(await load(new Uint8Array()), recogniser);
});

test("the lines of the README do what it says", async () => {
  const readme = await file("node_modules/haidang-recognise/README.md");
  const [, lines] = /```js\n([^]*?)```/.exec(readme);
  const [, shown] = /```text\n([^]*?)```/.exec(readme);
  const program = new URL("readme.mjs", import.meta.url);
  await writeFile(program, lines);
  assert.equal(execFileSync(process.execPath, [program.pathname], { encoding: "utf8" }), shown);
});
