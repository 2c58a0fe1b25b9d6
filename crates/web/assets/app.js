// The start of every page. All listeners hang on the document, so that a page swapped in place needs none anew.

import { watchExit } from "asset:exit.js";
import { startCheck } from "asset:check.js";
import { watchKeep } from "asset:keep.js";
import { watchFilter } from "asset:filter.js";
import { watchTry } from "asset:try.js";

document.documentElement.classList.add("js");
watchExit();
watchKeep();
watchFilter();
watchTry();
startCheck();
// The report and the way back bring much: only their own pages load it.
if (document.getElementById("ask")) import("asset:ask.js").then(({ startAsk }) => startAsk());
if (document.getElementById("back")) import("asset:back.js").then(({ startBack }) => startBack());
if (document.getElementById("keeping")) import("asset:evidence.js").then(({ startEvidence }) => startEvidence());
if (document.getElementById("letters")) import("asset:letters.js").then(({ startLetters }) => startLetters());
if (document.querySelector(".learn")) import("asset:learn.js").then(({ startLearn }) => startLearn());
