"""Run by `cargo xtask packages` with the installed wheel, in a folder with `texts.json`, texts of the training corpus, and
`answers.jsonl`, what the command line says to each."""

import json
import sys
import threading
import time
import unittest
from pathlib import Path

import haidang_recognise
import numpy
from haidang_recognise import HARMS, MAX_INPUT_BYTES, RESULTS, URGENCIES, InputError, Recogniser

THREAT = "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Đừng nói với ai."
TEXTS = json.loads(Path("texts.json").read_text(encoding="utf-8"))
ANSWERS = [json.loads(line) for line in Path("answers.jsonl").read_text(encoding="utf-8").splitlines()]
RECOGNISER = Recogniser()

RUBBISH = [
    ("", "empty"),
    (" \u200b\n", "empty"),
    ("half \ud83d of a letter", "not_text"),
    ("\x01\x02\x03\x04", "not_text"),
    (b"h\xff\xfe", "not_text"),
    ("a" * (MAX_INPUT_BYTES + 1), "too_long"),
    (b"\xff" * (MAX_INPUT_BYTES + 1), "too_long"),
]


class AsTheCommandLine(unittest.TestCase):
    def test_it_says_what_the_command_line_says(self) -> None:
        self.assertGreaterEqual(len(TEXTS), 200)
        self.assertEqual([RECOGNISER.assess(text) for text in TEXTS], ANSWERS)
        self.assertEqual([RECOGNISER.assess(text.encode()) for text in TEXTS], ANSWERS)
        self.assertEqual(RECOGNISER.version, ANSWERS[0]["model"])

    def test_a_batch_is_in_order_on_any_number_of_threads(self) -> None:
        for threads in (0, 1, 2, 3, 7, 10**9):
            self.assertEqual(RECOGNISER.assess_many(iter(TEXTS), threads=threads), ANSWERS)
        self.assertEqual(RECOGNISER.assess_many([]), [])

    def test_numpy_takes_columns_over_without_copying(self) -> None:
        texts = numpy.array([*TEXTS, ""])
        columns = RECOGNISER.assess_columns(texts)
        result, urgency, probability = (numpy.asarray(columns[name]) for name in ("result", "urgency", "probability"))
        self.assertEqual((result.dtype, urgency.dtype, probability.dtype), (numpy.int8, numpy.int8, numpy.float32))
        self.assertEqual(probability.shape, (len(texts), len(HARMS)))
        self.assertTrue(numpy.shares_memory(probability, numpy.asarray(columns["probability"])))
        for at, said in enumerate(ANSWERS):
            self.assertEqual(RESULTS[result[at]], said["result"])
            self.assertEqual(URGENCIES[urgency[at]] if urgency[at] >= 0 else None, said["urgency"])
            found = {harm["code"]: harm["probability"] for harm in said["harms"]}
            row = {code: round(float(probability[at, place]), 3) for place, code in enumerate(HARMS)}
            self.assertEqual({code: value for code, value in row.items() if value}, found)
        self.assertEqual((result[-1], urgency[-1], probability[-1].any()), (-1, -1, False))
        none = RECOGNISER.assess_columns([])
        self.assertEqual(numpy.asarray(none["probability"]).reshape(-1, len(HARMS)).shape, (0, len(HARMS)))


class Rubbish(unittest.TestCase):
    def test_it_is_refused_by_its_code_and_costs_the_others_nothing(self) -> None:
        for text, code in RUBBISH:
            with self.assertRaises(InputError) as refused:
                RECOGNISER.assess(text)
            self.assertEqual(refused.exception.code, code)
            self.assertIsInstance(refused.exception, ValueError)
            threat = RECOGNISER.assess(THREAT)
            self.assertEqual(RECOGNISER.assess_many([THREAT, text, THREAT]), [threat, {"error": code}, threat])

    def test_what_is_no_text_is_a_wrong_type_and_its_place_is_named(self) -> None:
        for wrong in (None, 5, [THREAT], object()):
            with self.assertRaises(TypeError):
                RECOGNISER.assess(wrong)
            with self.assertRaisesRegex(TypeError, r"texts\[1\]"):
                RECOGNISER.assess_many([THREAT, wrong])
        for lone in (THREAT, THREAT.encode()):
            with self.assertRaises(TypeError):
                RECOGNISER.assess_many(lone)
        with self.assertRaises(ZeroDivisionError):
            RECOGNISER.assess_many(1 // 0 for _ in range(1))

    def test_a_damaged_list_of_hosts_is_refused(self) -> None:
        for damaged in (b"", b"rubbish"):
            with self.assertRaises(ValueError):
                Recogniser(hosts=damaged)


class WithoutTheLock(unittest.TestCase):
    """Python's lock changes hands here only where somebody lets go of it: the interpreter takes it from nobody for an hour."""

    def setUp(self) -> None:
        self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(3600)

    def test_other_threads_run_while_one_reads(self) -> None:
        chat = "\n".join(f"Lan: {THREAT} {number}" for number in range(20_000))
        ways = {
            "assess": lambda: RECOGNISER.assess(chat),
            "assess_many": lambda: RECOGNISER.assess_many([chat] * 2, threads=1),
            "assess_columns": lambda: RECOGNISER.assess_columns([chat] * 2, threads=2),
        }
        for name, read in ways.items():
            with self.subTest(name):
                ticks, went_by, done = [0], [0], threading.Event()

                def reader() -> None:
                    before = ticks[0]
                    read()
                    went_by[0] = ticks[0] - before
                    done.set()

                thread = threading.Thread(target=reader)
                thread.start()
                while not done.is_set():
                    ticks[0] += 1
                    time.sleep(0)
                thread.join()
                self.assertGreater(went_by[0], 10)

    def test_threads_share_one_recogniser(self) -> None:
        said: dict[int, object] = {}

        def reader(number: int) -> None:
            said[number] = [RECOGNISER.assess(text) for text in TEXTS]

        threads = [threading.Thread(target=reader, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(said, dict.fromkeys(range(8), ANSWERS))


if __name__ == "__main__":
    print(f"haidang-recognise {haidang_recognise.__version__}, recogniser {RECOGNISER.version}, Python {sys.version.split()[0]}")
    unittest.main()
