from typing import Literal

EventKind = Literal[
    "action_called",
    "drained",
    "events_lost",
    "isolated",
    "message_written",
    "node_unreachable",
    "nothing_received",
    "peer_heard",
    "peer_lost",
    "process_failed",
    "reboot",
    "resource_set",
    "rule_acted",
    "script_ended",
    "script_started",
    "share_opened",
    "starts_again",
    "starts_at_boot",
    "state_changed",
    "stream_opened",
    "traffic_failed",
    "view_changed",
    "virtual_ip_set",
    "webhook_tested",
]

EVENT_KIND_VALUES: set[EventKind] = {
    "action_called",
    "drained",
    "events_lost",
    "isolated",
    "message_written",
    "node_unreachable",
    "nothing_received",
    "peer_heard",
    "peer_lost",
    "process_failed",
    "reboot",
    "resource_set",
    "rule_acted",
    "script_ended",
    "script_started",
    "share_opened",
    "starts_again",
    "starts_at_boot",
    "state_changed",
    "stream_opened",
    "traffic_failed",
    "view_changed",
    "virtual_ip_set",
    "webhook_tested",
}


def check_event_kind(value: str) -> EventKind:
    if value in EVENT_KIND_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {EVENT_KIND_VALUES!r}"
    )
