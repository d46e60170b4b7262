"""The report: whole, safe, without requests, and a picture when a browser draws it."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import story

from evenkeel_failover import report
from evenkeel_failover.records import Check, Fault


def test_it_tells_the_story_and_escapes_it(tmp_path: Path) -> None:
    told = story.recording()
    told.message = "expected: <nothing>"
    told.checks.append(Check("no gap of 100 ms", held=False))
    report.write(tmp_path / "deep" / "report.html", [told])
    text = (tmp_path / "deep" / "report.html").read_text()
    for part in ("a &lt;story&gt;", "&lt;nothing&gt;", "node2 cut off", "node1 took over"):
        assert part in text
    assert "<story>" not in text
    assert 'class="broken">no gap of 100 ms' in text
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report.html"]


def test_nothing_in_it_asks_for_anything_elsewhere() -> None:
    loads = {"src", "href", "xlink:href", "data", "action", "srcset"}

    class Requests(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found += [str(v) for k, v in attrs if k in loads and not str(v).startswith("#")]

    text = report.render([story.recording()])
    parser = Requests()
    parser.feed(text)
    assert parser.found == []
    assert not re.search(r"@import|url\(|<script", text)


def test_the_plot_shows_shares_fault_takeover_slow_and_broken_ones() -> None:
    text = report.render([story.recording()])
    for part in ('class="fault"', 'class="takeover"', "timed out after", "on node2: reset"):
        assert part in text
    assert re.search(r"node2 UP \(Transient\)</title>", text)
    assert len(re.findall(r"<title>node1: \d+</title>", text)) > 10


def test_a_node_without_a_daemon_has_no_state() -> None:
    told = story.recording()
    assert told.state_at("node2", story.CUT + 1) == "UP (Transient)"
    told.faults.append(Fault("kill", ("node2",), story.CUT + 0.5, "node2: daemon killed"))
    assert told.state_at("node2", story.CUT + 0.4) == "UP (Transient)"
    assert told.state_at("node2", story.CUT + 1) == "unknown"
    assert "node2 unknown</title>" in report.render([told])


def test_a_recording_without_a_load_is_drawn_too() -> None:
    told = story.recording()
    told.loads.clear()
    assert "<svg" in report.render([told])


def test_a_browser_draws_it(
    tmp_path: Path, drawn: Callable[[Path, str], set[tuple[int, ...]]]
) -> None:
    page = tmp_path / "report.html"
    report.write(page, [story.recording()])
    colours = drawn(page, "failover-example")
    # The areas of two nodes, a state, and the cross of a failed connection.
    assert {
        (0x00, 0x72, 0xB2),
        (0xE6, 0x9F, 0x00),
        (0x4C, 0x9F, 0x5A),
        (0xB0, 0x00, 0x20),
    } <= colours
