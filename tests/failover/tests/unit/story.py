"""A test that never ran: a recording for tests of what reads recordings."""

from evenkeel_failover.records import (
    Answer,
    Attempt,
    Event,
    Fault,
    Held,
    LoadRecords,
    Recording,
)

# Seconds of the monotonic clock.
START, CUT, TAKEN, END = 100.0, 102.0, 102.25, 106.0
CLIENTS = ("10.0.0.1", "10.0.0.2", "10.0.0.3")
NODES = ("node1", "node2", "node3")


def recording() -> Recording:
    """Three clients with a node each, one new connection every 50 ms; node2 is lost at CUT."""
    story = Recording("a <story>", NODES, "lab, 3 nodes", START, END, "passed")
    story.states = dict.fromkeys(NODES, "UP (Ready)")
    story.loads.append(load())
    story.faults.append(Fault("cut", ("node2",), CUT, "node2 cut off", ("node2",)))
    lost = {"kind": "peer_lost", "message": "Lost contact from node2"}
    story.events.append(Event(CUT + 0.04, "node1", **lost))
    told = {"phase": "UP", "readiness": "Transient", "message": "Local state UP Transient"}
    story.events.append(Event(CUT + 0.01, "node2", "state_changed", **told))
    return story


def load() -> LoadRecords:
    """Its load: one attempt fails, and one held connection breaks."""
    records = LoadRecords(started=START, surveyed=START, ended=END)
    for number in range(int((END - START) / 0.05)):
        client = number % len(CLIENTS)
        at, node = START + number * 0.05, NODES[client]
        if client == 1 and CUT <= at < TAKEN:
            attempt = Attempt(CLIENTS[client], 4000, at, at + 1.0, None, "timed out")
        else:
            node = "node1" if client == 1 and at >= CUT else node
            attempt = Attempt(CLIENTS[client], 4000, at, at + 0.002, node)
        records.attempts.append(attempt)
    answers = [Answer(START + n * 0.1, START + n * 0.1 + 0.001, "node2") for n in range(20)]
    records.held.append(Held(CLIENTS[1], START, answers, CUT + 0.3, "reset"))
    return records
