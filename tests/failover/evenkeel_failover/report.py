"""The report: one HTML file without any request to elsewhere, by whoever ran tests or scenarios."""

from collections import Counter
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from . import analysis
from .plot import Plot
from .records import Recording


def render(recordings: list[Recording], title: str = "Failover tests") -> str:
    """The report's text."""
    template = files(__package__).joinpath("report.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(template).render(
        title=title,
        made=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
        outcomes=Counter(recording.outcome for recording in recordings),
        tests=[_test(recording) for recording in recordings],
    )


def write(path: Path, recordings: list[Recording], title: str = "Failover tests") -> None:
    """Writes the report, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(render(recordings, title), encoding="utf-8")
    draft.replace(path)


def takeovers(recording: Recording) -> list[tuple[str, analysis.Takeover]]:
    """What was lost, in words, and how others took it over."""
    found = []
    for load in recording.loads:
        for fault, node in analysis.losses(recording.faults):
            taken = analysis.takeover(load, node, fault.began)
            if taken is not None:
                found.append((fault.text, taken))
    return found


def _test(recording: Recording) -> dict[str, object]:
    plot = Plot(recording)
    attempts = [attempt for load in recording.loads for attempt in load.attempts]
    counts = analysis.shares(attempts)
    return {
        "recording": recording,
        "seconds": (recording.ended or recording.started) - recording.started,
        # The only markup that is not escaped: Plot makes it with an element tree.
        "plot": Markup(plot.draw()),
        "nodes": [
            {"name": node, "colour": plot.colour(node), "share": analysis.percent(counts, node)}
            for node in recording.nodes
        ],
        "attempts": len(attempts),
        "failed": sum(attempt.failure is not None for attempt in attempts),
        "slowest_ms": max((a.took_ms for a in attempts if a.failure is None), default=0.0),
        "held": sum(len(load.held) for load in recording.loads),
        "broken": sum(len(analysis.broken(load)) for load in recording.loads),
        "paused_ms": 1000 * sum(p.seconds for load in recording.loads for p in load.pauses),
        "takeovers": takeovers(recording),
        "faults": [(recording.since_start(f.began), f.text) for f in recording.faults],
        "events": [
            (recording.since_start(event.at), event.node, event.message)
            for event in list(recording.events)
            if event.at >= recording.started
        ],
    }
