"""One test as a picture: an SVG element tree with the whole story on one time axis.

```text
 faults        │ node2 cut off            │ node2 plugged in
 connections   ▄▄▄▄▄▄▄░░▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄  stacked by node; ░ is the takeover
 waits         .  .  .x◆ .                     slow (dot), failed (x), broken held ones (diamond)
 states        ███████████████████████████████  one lane per node
```
"""

import math
from collections import Counter
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from . import analysis
from .records import UNKNOWN, Attempt, Recording

WIDTH, LEFT, RIGHT = 1000, 92, 16
TOP, SHARES, WAITS, LANE, GAP, AXIS = 58, 150, 84, 18, 14, 26
LABEL_ROWS, LABEL_HEIGHT, LABEL_WIDTH = 4, 13, 150
BINS_MAX, BIN_MIN_S = 160, 0.1
WAIT_MIN_MS, WAIT_MAX_MS, SLOW_MS = 1.0, 10_000.0, 50.0
# Told apart by people who see few colours.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#777777")
RED = "#b00020"
STATES = {
    "UP (Ready)": "#4c9f5a",
    "STOP (NotReady)": "#b9b9b9",
    "WAIT (NotReady)": RED,
    UNKNOWN: "#eeeeee",
}
BETWEEN = "#f0a63c"
NOBODY = "#dddddd"


class Plot:
    """A picture of one recording."""

    def __init__(self, recording: Recording) -> None:
        """Measures it."""
        self._recording = recording
        self._begin = recording.started
        moments = [load.ended or load.started for load in recording.loads]
        self._end = max([recording.ended or self._begin, self._begin + 0.5, *moments])
        self._lanes = TOP + SHARES + GAP + WAITS + GAP
        self._bottom = self._lanes + LANE * len(recording.nodes)
        self._colours = {
            node: COLOURS[number % len(COLOURS)] for number, node in enumerate(recording.nodes)
        }
        # The burst at a load's beginning would dwarf the rest.
        self._attempts = [
            attempt
            for load in recording.loads
            for attempt in load.attempts
            if attempt.started >= load.surveyed
        ]
        size = {"viewBox": f"0 0 {WIDTH} {self._bottom + AXIS}", "class": "plot", "role": "img"}
        self._svg = Element("svg", size | {"aria-label": f"timeline of {recording.name}"})

    def draw(self) -> str:
        """The picture's markup."""
        self._axis()
        self._takeovers()
        self._shares()
        self._waits()
        self._states()
        self._faults()
        return tostring(self._svg, encoding="unicode")

    def colour(self, node: str | None) -> str:
        """A node's colour."""
        return self._colours.get(node or "", NOBODY)

    def _x(self, at: float) -> float:
        inside = min(max(at, self._begin), self._end)
        part = (inside - self._begin) / (self._end - self._begin)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def _add(self, tag: str, tip: str = "", **attributes: Any) -> Element:  # noqa: ANN401
        named = {name.rstrip("_").replace("_", "-"): str(at) for name, at in attributes.items()}
        element = SubElement(self._svg, tag, named)
        if tip:
            SubElement(element, "title").text = tip
        return element

    def _text(self, text: str, x: float, y: float, anchor: str = "start", **more: Any) -> None:  # noqa: ANN401
        self._add("text", x=x, y=y, text_anchor=anchor, **more).text = text

    def _axis(self) -> None:
        seconds = self._end - self._begin
        step = next(s for s in (0.5, 1, 2, 5, 10, 30, 60, 300, math.inf) if seconds / s <= 14)
        for number in range(int(seconds / step) + 1 if step < math.inf else 1):
            x = self._x(self._begin + (number * step if number else 0))
            self._add("line", x1=x, x2=x, y1=TOP, y2=self._bottom, stroke="#e6e6e6")
            self._text(f"{number * step if number else 0:g} s", x, self._bottom + 16, "middle")

    def _bins(self) -> tuple[float, list[Counter[str]]]:
        """Seconds of a bin, and answers in each by node."""
        seconds = max((self._end - self._begin) / BINS_MAX, BIN_MIN_S)
        bins = [Counter[str]() for _ in range(math.ceil((self._end - self._begin) / seconds))]
        for attempt in self._attempts:
            place = int((attempt.ended - self._begin) / seconds)
            if attempt.node is not None and 0 <= place < len(bins):
                bins[place][attempt.node] += 1
        return seconds, bins

    def _shares(self) -> None:
        seconds, bins = self._bins()
        base = TOP + SHARES
        most = max((counts.total() for counts in bins), default=0) or 1
        self._text("answered", LEFT - 8, TOP + 14, "end")
        self._text("connections", LEFT - 8, TOP + 28, "end")
        self._text(f"{most / seconds:.0f} /s", LEFT - 8, TOP + 44, "end", class_="faint")
        self._add("line", x1=LEFT, x2=WIDTH - RIGHT, y1=base, y2=base, stroke="#999")
        for place, counts in enumerate(bins):
            left, y = self._x(self._begin + place * seconds), float(base)
            width = max(self._x(self._begin + (place + 1) * seconds) - left, 0.5)
            for node in sorted(counts):
                height = counts[node] / most * (SHARES - 4)
                y -= height
                box = {"x": left, "y": round(y, 1), "width": width, "height": round(height, 1)}
                self._add("rect", f"{node}: {counts[node]}", **box, fill=self.colour(node))

    def _waits(self) -> None:
        top, base = TOP + SHARES + GAP, TOP + SHARES + GAP + WAITS
        self._text("slow, broken", LEFT - 8, top + 14, "end")
        for ms in (10, 100, 1000):
            y = self._wait_y(ms)
            self._add("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke="#f2f2f2")
            self._text(
                f"{ms} ms" if ms < 1000 else f"{ms // 1000} s",
                LEFT - 8,
                y + 4,
                "end",
                class_="faint",
            )
        self._add("line", x1=LEFT, x2=WIDTH - RIGHT, y1=base, y2=base, stroke="#999")
        for attempt in self._attempts:
            if attempt.failure is not None or attempt.took_ms > SLOW_MS:
                self._wait(attempt)
        for load in self._recording.loads:
            for held in analysis.broken(load):
                x, y = self._x(held.broken_at or 0.0), base - 8
                tip = f"{held.source} on {held.node}: {held.failure}"
                path = f"M{x} {y - 5}l5 5l-5 5l-5 -5z"
                self._add("path", tip, d=path, fill=self.colour(held.node), stroke=RED)

    def _wait(self, attempt: Attempt) -> None:
        x, y = self._x(attempt.started), self._wait_y(attempt.took_ms)
        tip = f"{attempt.source}: {attempt.failure or attempt.node} after {attempt.took_ms:.0f} ms"
        if attempt.failure is not None:
            cross = f"M{x - 4} {y - 4}l8 8m0 -8l-8 8"
            self._add("path", tip, d=cross, stroke=RED, stroke_width=2)
        else:
            self._add("circle", tip, cx=x, cy=y, r=2.5, fill=self.colour(attempt.node))

    @staticmethod
    def _wait_y(ms: float) -> float:
        inside = min(max(ms, WAIT_MIN_MS), WAIT_MAX_MS)
        part = math.log(inside / WAIT_MIN_MS) / math.log(WAIT_MAX_MS / WAIT_MIN_MS)
        return round(TOP + SHARES + GAP + WAITS - part * (WAITS - 6), 1)

    def _states(self) -> None:
        for number, node in enumerate(self._recording.nodes):
            y = self._lanes + number * LANE
            self._add("rect", x=LEFT - 84, y=y + 3, width=10, height=10, fill=self.colour(node))
            self._text(node, LEFT - 70, y + 12)
            told = [*self._recording.states_of(node), (self._end, "")]
            for (since, state), (until, _) in pairwise(told):
                self._state(node, state, since, until, y)

    def _state(self, node: str, state: str, since: float, until: float, y: float) -> None:
        left = self._x(since)
        width = max(self._x(until) - left, 0.5)
        colour = STATES.get(state, BETWEEN)
        box = {"x": left, "y": y + 2, "width": round(width, 1), "height": LANE - 5}
        self._add("rect", f"{node} {state}", **box, fill=colour)

    def _takeovers(self) -> None:
        for load in self._recording.loads:
            for fault, node in analysis.losses(self._recording.faults):
                taken = analysis.takeover(load, node, fault.began)
                if taken is None:
                    continue
                left, right = self._x(taken.last), self._x(taken.first)
                tip = f"{taken.by} took over after {taken.gap_ms:.0f} ms"
                box = {"x": left, "y": TOP, "width": max(right - left, 1), "height": SHARES}
                self._add("rect", tip, **box, fill=RED, fill_opacity=0.25, class_="takeover")
                self._text(f"{taken.gap_ms:.0f} ms", right + 3, TOP + 12, class_="takeover-ms")

    def _faults(self) -> None:
        free = [0.0] * LABEL_ROWS
        for fault in sorted(self._recording.faults, key=lambda fault: fault.began):
            x = self._x(fault.began)
            row = next((row for row, end in enumerate(free) if end <= x), LABEL_ROWS - 1)
            free[row] = x + LABEL_WIDTH
            y = 10 + row * LABEL_HEIGHT
            tip = f"{fault.text} at {self._recording.since_start(fault.began)}"
            self._add("line", tip, x1=x, x2=x, y1=y, y2=self._bottom, class_="fault")
            late = x > WIDTH - LABEL_WIDTH
            self._text(fault.text, x - 4 if late else x + 4, y, "end" if late else "start")
