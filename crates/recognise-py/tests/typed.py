"""Read by mypy, never run, in `cargo xtask packages`: the types say what the package gives, and refuse what it doesn't."""

from haidang_recognise import HARMS, InputError, Recogniser

recogniser = Recogniser()
said = recogniser.assess("xin chào")
first: str | None = said["harms"][0]["code"] if said["harms"] else None
words: list[str] = ["xin chào"[span["start"] : span["end"]] for span in said["tactics"]]
codes: list[str] = [one["error"] if "error" in one else one["result"] for one in recogniser.assess_many(["a", b"b"])]
shape: tuple[int, ...] | None = recogniser.assess_columns(["a"])["probability"].shape
harms: tuple[str, ...] = HARMS
code: str = InputError().code

safe = said["result"] == "safe"  # type: ignore[comparison-overlap]
recogniser.assess(5)  # type: ignore[arg-type]
recogniser.assess_many(5)  # type: ignore[arg-type]
said["verdict"]  # type: ignore[typeddict-item]
