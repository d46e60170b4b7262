//! An event of the engine as followers get it.

use evenkeel_core::event::Event;

use crate::views::feed::{EventKind, FeedEvent};
use crate::views::module::LogLevel;

/// How much of a log wants to hear of it.
pub fn level(event: &Event) -> LogLevel {
    if event.is_verbose() {
        LogLevel::Verbose
    } else {
        LogLevel::Normal
    }
}

/// The event, told by the node with this name.
pub fn event(node: &str, event: &Event) -> FeedEvent {
    let mut told = FeedEvent {
        level: level(event),
        module: event.module().map(ToString::to_string),
        ..FeedEvent::new(node, kind(event), event)
    };
    match event {
        Event::ActionCalled { action, by, .. } => {
            told.action = Some(action.clone());
            told.by = Some(by.clone());
        }
        Event::RuleActed { action, rule, .. } => {
            told.action = Some(action.clone());
            told.rule = Some(rule.clone());
        }
        Event::ResourceSet {
            resource,
            value,
            by,
            ..
        } => {
            told.resource = Some(resource.clone());
            told.value = Some(value.clone());
            told.by = Some(by.clone());
        }
        Event::StateChanged { state, .. } => {
            told.phase = Some(state.phase.into());
            told.readiness = Some(state.readiness.into());
        }
        Event::ScriptStarted { script, .. } | Event::ScriptEnded { script, .. } => {
            told.script = Some(script.file_name().to_owned());
        }
        Event::ViewChanged { epoch, members, .. } => {
            told.epoch = Some(epoch.to_string());
            told.members.clone_from(members);
        }
        Event::ShareOpened { epoch, .. } => told.epoch = Some(epoch.to_string()),
        Event::PeerHeard { name, .. } | Event::PeerLost { name, .. } => {
            told.peer = Some(name.clone());
        }
        Event::ProcessFailed { .. }
        | Event::StartsAgain { .. }
        | Event::StartsAtBoot { .. }
        | Event::Reboot { .. }
        | Event::Drained { .. }
        | Event::NothingReceived { .. }
        | Event::Isolated { .. }
        | Event::VirtualIpSet { .. }
        | Event::TrafficFailed { .. } => {}
    }
    told
}

const fn kind(event: &Event) -> EventKind {
    match event {
        Event::ActionCalled { .. } => EventKind::ActionCalled,
        Event::RuleActed { .. } => EventKind::RuleActed,
        Event::ResourceSet { .. } => EventKind::ResourceSet,
        Event::ProcessFailed { .. } => EventKind::ProcessFailed,
        Event::StartsAgain { .. } => EventKind::StartsAgain,
        Event::StartsAtBoot { .. } => EventKind::StartsAtBoot,
        Event::Reboot { .. } => EventKind::Reboot,
        Event::StateChanged { .. } => EventKind::StateChanged,
        Event::ScriptStarted { .. } => EventKind::ScriptStarted,
        Event::ScriptEnded { .. } => EventKind::ScriptEnded,
        Event::ViewChanged { .. } => EventKind::ViewChanged,
        Event::ShareOpened { .. } => EventKind::ShareOpened,
        Event::Drained { .. } => EventKind::Drained,
        Event::PeerHeard { .. } => EventKind::PeerHeard,
        Event::PeerLost { .. } => EventKind::PeerLost,
        Event::NothingReceived { .. } => EventKind::NothingReceived,
        Event::Isolated { .. } => EventKind::Isolated,
        Event::VirtualIpSet { .. } => EventKind::VirtualIpSet,
        Event::TrafficFailed { .. } => EventKind::TrafficFailed,
    }
}
