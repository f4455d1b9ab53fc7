"""The benchmark's own arithmetic and its command line; nothing is installed, started or measured."""

import importlib.machinery
import importlib.util
import contextlib
import io
import os
import sys
import types
import unittest

sys.dont_write_bytecode = True
FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)

import loads  # noqa: E402
import peers  # noqa: E402
import table  # noqa: E402
import targets  # noqa: E402


def load_run():
    loader = importlib.machinery.SourceFileLoader("run", os.path.join(FOLDER, "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


RUN = load_run()
PART = {"title": "Small", "ratio": "requests_per_s", "columns": ["requests_per_s", "p50_us"], "notes": ["A note."],
        "cases": {"32 connections, base URL": {
            "direct": {"requests_per_s": 50_000.0, "p50_us": 600}, "hookscope": {"requests_per_s": 30_000.0, "p50_us": 900},
            "haproxy": {"requests_per_s": 40_000.0, "p50_us": 700}, "mitmproxy": {"requests_per_s": 600.0}}}}


class Arithmetic(unittest.TestCase):
    def test_medians_are_of_each_figure(self):
        self.assertEqual(table.medians([{"a": 1, "b": 9}, {"a": 3, "b": 1}, {"a": 2, "b": 5}]), {"a": 2, "b": 5})
        self.assertEqual(table.medians([{"a": 1}, {"a": 2}]), {"a": 1.5})

    def test_a_figure_that_a_round_has_not_got_has_no_median(self):
        self.assertEqual(table.medians([{"a": 1, "b": 1}, {"a": 1, "b": None}, {"a": 1}]), {"a": 1})

    def test_percentiles_take_a_value_that_is_there(self):
        self.assertEqual(table.percentile([3, 1, 2], 0.5), 2)
        self.assertEqual(table.percentile(list(range(100)), 0.99), 99)
        self.assertEqual(table.percentile([7], 0.99), 7)

    def test_a_ratio_above_one_is_better_whichever_way_the_figure_goes(self):
        self.assertEqual(table.ratio({"requests_per_s": 20}, {"requests_per_s": 10}, "requests_per_s"), 2)
        self.assertEqual(table.ratio({"p50_us": 5}, {"p50_us": 10}, "p50_us"), 2)

    def test_no_ratio_is_made_of_what_is_not_known(self):
        for one, other in ((None, {"p50_us": 1}), ({"p50_us": 1}, None), ({}, {"p50_us": 1}), ({"p50_us": 1}, {"p50_us": 0})):
            self.assertIsNone(table.ratio(one, other, "p50_us"))

    def test_added_time_is_beside_the_direct_way(self):
        ways = table.with_added({"direct": {"p50_us": 90, "p99_us": 200}, "haproxy": {"p50_us": 140, "p99_us": 190}})
        self.assertEqual(ways["haproxy"]["added_p50_us"], 50)
        self.assertEqual(ways["haproxy"]["added_p99_us"], -10)
        self.assertNotIn("added_p50_us", ways["direct"])

    def test_the_table_has_the_ratios_to_direct_and_to_each_peer(self):
        heading, rows = table.cells(PART)
        self.assertEqual(heading[-2:], ["x direct", "Hookscope : it"])
        self.assertEqual({row[1]: row[-2:] for row in rows}, {"direct": ["1.00", "0.60"], "hookscope": ["0.60", ""],
                                                              "haproxy": ["0.80", "0.75"], "mitmproxy": ["0.012", "50.00"]})
        self.assertEqual(rows[3][3], "")
        self.assertIn("A note.", table.as_text(PART))
        self.assertIn("| 32 connections, base URL | haproxy | 40,000 | 700 | 0.80 | 0.75 |", table.as_markdown(PART))

    def test_a_relay_that_fails_is_left_out_and_ours_is_not(self):
        ways = [types.SimpleNamespace(name=name) for name in ("direct", "hookscope", "haproxy")]
        fails = "haproxy"

        def measure(way):
            if way.name == fails:
                raise RUN.BenchError("no answer")
            return {"requests_per_s": 10.0}

        with contextlib.redirect_stderr(io.StringIO()) as said:
            figures = loads.alternate(2, "work", ways, measure)
            self.assertEqual(figures, {"direct": {"requests_per_s": 10}, "hookscope": {"requests_per_s": 10}, "haproxy": {}})
            fails = "hookscope"
            with self.assertRaises(RUN.BenchError):
                loads.alternate(2, "work", ways, measure)
        self.assertEqual(said.getvalue().count("left out"), 1)
        rows = table.cells({**PART, "cases": {"work": figures}})[1]
        self.assertEqual(rows[2][1:3], ["haproxy (failed)", ""])

    def test_two_threads_are_compared_with_two(self):
        self.assertEqual(table.rival("haproxy (2 threads)"), "hookscope (2 threads)")
        self.assertEqual(table.rival("haproxy"), "hookscope")
        self.assertEqual(table.rival("hookscope (window)"), "hookscope")

    def test_targets_say_what_was_measured_and_leave_out_what_was_not(self):
        rows = {row[0]: row[1:] for row in targets.judged({"small": PART})}
        of = "small: 32 connections, base URL: requests/s, of "
        self.assertEqual(rows[of + "HAProxy's"], ("0.75", ">= 0.90", "no"))
        self.assertEqual(rows[of + "mitmproxy's"], ("50.00", ">= 30.00", "yes"))
        self.assertEqual(len(rows), 2)

    def test_of_several_cases_the_worst_counts(self):
        cases = {"down": {"hookscope": {"mb_per_s": 100}, "haproxy": {"mb_per_s": 100}},
                 "up": {"hookscope": {"mb_per_s": 50}, "haproxy": {"mb_per_s": 100}}}
        self.assertEqual(targets.judged({"large": {"cases": cases}})[0][1], "0.50")

    def test_answers_have_their_size_and_usage(self):
        self.assertEqual([len(peers.body_of(kb * 1024)) for kb in peers.ANSWER_KB], [1024, 16384, 262144])
        self.assertEqual(len(peers.SMALL), 200)
        self.assertTrue(peers.json_equal(peers.body_of(1024), peers.body_of(1024)))
        self.assertEqual(peers.unchunked(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n"), b"abcde")


class CommandLine(unittest.TestCase):
    def refused(self, *arguments):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as ended:
            RUN.parse(arguments)
        self.assertEqual(ended.exception.code, 2)
        return said.getvalue()

    def test_all_parts_are_measured_unless_some_are_named(self):
        self.assertEqual(RUN.parse([]).parts, list(RUN.PARTS))
        self.assertEqual(RUN.parse(["tls", "small"]).parts, ["small", "tls"])

    def test_bad_arguments_are_named(self):
        self.assertIn("there is no part 'smal'", self.refused("smal"))
        self.assertIn("'0' is not a whole number above 0", self.refused("--rounds", "0"))
        self.assertIn("'x' is not a whole number above 0", self.refused("--seconds", "x"))
        self.assertIn("--nothing", self.refused("--nothing"))
        self.assertIn("invalid choice: 'wine'", self.refused("--without", "wine"))

    def test_what_is_asked_for_wins_over_what_quick_means(self):
        self.assertEqual(RUN.Settings(RUN.parse(["--quick"])).rounds, 1)
        self.assertEqual(RUN.Settings(RUN.parse(["--quick", "--rounds", "4"])).rounds, 4)
        settings = RUN.Settings(RUN.parse(["--without", "squid"]))
        self.assertFalse(settings.has("squid"))
        self.assertTrue(settings.has("window"))
        self.assertFalse(settings.without("window").has("window"))

    def test_markdown_without_results_says_what_to_do(self):
        with self.assertRaisesRegex(RUN.BenchError, "run tests/bench/run first"):
            RUN.write_markdown("/nonexistent/results.json")


if __name__ == "__main__":
    unittest.main()
