"""Texts a second, medians of five turns: `cargo xtask packages --release`. Needs the folder that it makes ready."""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from haidang_recognise import Recogniser

recogniser = Recogniser()
texts = [text for text in json.loads(Path("texts.json").read_text(encoding="utf-8")) if "\n" not in text] * 100
letters = sum(map(len, texts)) / len(texts)


def per_second(read: Callable[[], object]) -> float:
    def turn() -> float:
        start = time.perf_counter()
        read()
        return len(texts) / (time.perf_counter() - start)

    read()
    return statistics.median(turn() for _ in range(5))


print(f"{len(texts)} messages of {letters:.0f} characters, a second:")
for name, read in {
    "assess, one after the other": lambda: [recogniser.assess(text) for text in texts],
    "assess_many, one thread": lambda: recogniser.assess_many(texts, threads=1),
    "assess_many, all cores": lambda: recogniser.assess_many(texts),
    "assess_columns, one thread": lambda: recogniser.assess_columns(texts, threads=1),
    "assess_columns, all cores": lambda: recogniser.assess_columns(texts),
}.items():
    print(f"  {name}: {per_second(read):,.0f}")
