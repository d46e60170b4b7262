"""From records to findings, on a recording whose truth is known."""

import pytest
import story

from evenkeel_failover import analysis
from evenkeel_failover.diagnosis import NodeView, PeerView, Stray, causes
from evenkeel_failover.records import Pause


def test_a_client_belongs_to_who_answered_it_last() -> None:
    owners = analysis.owners(story.load().attempts, story.CUT)
    assert owners == dict(zip(story.CLIENTS, story.NODES, strict=True))
    assert analysis.clients_of(story.load(), "node2", story.CUT) == {"10.0.0.2"}


def test_a_takeover_is_from_the_last_answer_to_the_first_of_another() -> None:
    taken = analysis.takeover(story.load(), "node2", story.CUT)
    assert taken is not None
    assert taken.by == "node1"
    assert taken.last < story.CUT < taken.first
    assert analysis.takeover(story.load(), "node2", story.END) is None


def test_the_longest_gap_is_that_of_the_lost_clients() -> None:
    gap = analysis.gap(story.load(), {"10.0.0.2"}, story.CUT)
    assert gap is not None
    assert (gap.after, gap.by) == ("node2", "node1")
    assert gap.begins < story.CUT < gap.ends
    others = analysis.gap(story.load(), {"10.0.0.1"}, story.CUT)
    assert others is not None
    assert others.ms < gap.ms


def test_a_gap_that_nobody_ends_lasts_to_the_end_of_the_load() -> None:
    records = story.load()
    records.attempts = [a for a in records.attempts if a.started < story.CUT]
    gap = analysis.gap(records, None, story.CUT)
    assert gap is not None
    assert (gap.ends, gap.by) == (story.END, None)
    assert analysis.gap(records, {"192.0.2.1"}, story.CUT) is None


def test_broken_and_strayed_connections_are_found() -> None:
    records = story.load()
    assert [held.failure for held in analysis.broken(records)] == ["reset"]
    assert analysis.strayed(records) == []
    answer = records.held[0].answers[3]
    records.held[0].answers[3] = type(answer)(answer.asked, answer.ended, "node3")
    assert [who for _, _, who in analysis.strayed(records)] == ["node3"]


def test_the_loads_own_pauses_are_counted_where_they_overlap() -> None:
    records = story.load()
    records.pauses = [Pause(101.0, 0.5), Pause(103.0, 1.0)]
    assert analysis.paused(records, 101.25, 103.5) == pytest.approx(0.75)
    assert analysis.paused(records, 104.5, 106.0) == 0


def view(node: str, members: tuple[str, ...], **more: object) -> NodeView:
    fields = {"state": "UP (Ready)", "backend": ("ebpf", "as chosen")} | more
    return NodeView(node, members=members, **fields)  # type: ignore[arg-type]


def test_a_sound_farm_has_no_causes() -> None:
    heard = {"node1": PeerView(alive=True, reached=True)}
    views = [view("node1", ("node1", "node2")), view("node2", ("node1", "node2"), peers=heard)]
    assert causes(views, []) == []


def test_lost_heartbeats_are_told_from_a_closed_port() -> None:
    deaf = {"node2": PeerView(alive=False, reached=True)}
    views = [view("node1", ("node1",), peers=deaf), view("node2", ("node2",))]
    told = "\n".join(causes(views, []))
    assert "in parts" in told
    assert "heartbeats are lost" in told
    closed = {"node2": PeerView(alive=False, reached=False)}
    told = "\n".join(causes([view("node1", ("node1",), peers=closed), views[1]], []))
    assert "neither heartbeats nor answers to probes" in told


def test_a_node_that_ignores_its_table_is_named() -> None:
    both = ("node1", "node2")
    views = [view("node1", both, backend=("memory", "told so")), view("node2", both)]
    (told,) = causes(views, [Stray("10.0.0.1", "node1", "node2", "node2")])
    assert "node1 ignores its table" in told
    assert "memory" in told


def test_silence_states_resources_and_drops_are_told() -> None:
    views = [
        NodeView("node1", silent="no route"),
        view("node2", (), state="WAIT (NotReady)", reason="no link", down=("intf.eth0",)),
        view("node3", (), counters={"drop_lease": 7, "drop_foreign": 9}),
    ]
    told = "\n".join(causes(views, []))
    for part in ("no route", "WAIT (NotReady): no link", "intf.eth0", "7 packets"):
        assert part in told
    assert "drop_foreign" not in told


def test_clients_that_send_to_a_dead_node_are_told() -> None:
    views = [NodeView("node1", silent="timed out"), view("node2", ("node2",))]
    told = causes(views, [], "node1")
    assert "clients send to node1, which is silent" in told[0]
    assert not any("clients send" in cause for cause in causes(views, [], "node2"))
