//! A bad round as somebody reads it: what happened when, who took connections when, and the frames
//! of what must not be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::judge::{Verdict, offset_ms};
use super::round::Round;
use crate::capture::frame::Tcp;
use crate::capture::{Frame, What};
use crate::farm::{Farm, plan};
use crate::report::picture::{Mark, Timeline};
use crate::segment::MacNames;

/// Columns of the picture.
const COLUMNS: usize = 100;

/// Examples of each kind that are shown with their frames.
const SHOWN: usize = 3;

/// Frames of one example.
const FRAMES: usize = 24;

/// A pause that ends a run of answers or announcements.
const PAUSE: Duration = Duration::from_millis(60);

/// Tells the round.
pub(super) fn tell(farm: &Farm, round: &Round, verdict: &Verdict) -> String {
    let mut text = String::new();
    moments(&mut text, round);
    picture(&mut text, farm, round);
    runs(&mut text, &farm.mac_names(), round);
    examples(&mut text, farm, round, verdict);
    text
}

/// A line; writing to a string cannot fail.
fn line(text: &mut String, what: &str) {
    let _infallible = writeln!(text, "  {what}");
}

fn moments(text: &mut String, round: &Round) {
    let name = |numbers: &[u8]| {
        let names: Vec<String> = numbers.iter().map(|n| plan::node_name(*n)).collect();
        names.join(" and ")
    };
    let at = |at: Instant| offset_ms(at, round.fault);
    let trouble = &round.trouble;
    line(
        text,
        &format!("     0.0 ms {}: {}", trouble.fault, name(&trouble.lost)),
    );
    if let Some(joining) = trouble.joining {
        line(
            text,
            &format!("            {} joins meanwhile", name(&[joining])),
        );
    }
    match round.taken {
        Some(taken) => line(
            text,
            &format!("{:8.1} ms every share is answered", at(taken)),
        ),
        None => line(
            text,
            "            some share was never answered by another node",
        ),
    }
    line(
        text,
        &format!("{:8.1} ms the return begins", at(round.healed)),
    );
    let whole = if round.stuck.is_some() {
        "the wait for a whole farm was given up"
    } else {
        "all are members of one view"
    };
    line(text, &format!("{:8.1} ms {whole}", at(round.whole)));
}

fn picture(text: &mut String, farm: &Farm, round: &Round) {
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mark = |at: Instant, what: &str| Mark {
        at,
        what: what.to_owned(),
    };
    let mut marks = vec![mark(round.fault, "fault")];
    marks.extend(round.taken.map(|taken| mark(taken, "taken over")));
    marks.push(mark(round.healed, "return"));
    marks.push(mark(round.whole, "whole"));
    if let Some(timeline) = Timeline::new(&round.attempts, &names, &marks, COLUMNS) {
        text.push_str(&timeline.draw());
    }
}

/// Who answered, reset and announced when: equal things in a row as one line.
fn runs(text: &mut String, macs: &MacNames, round: &Round) {
    let mut runs = BTreeMap::<String, Vec<(Instant, Instant, usize)>>::new();
    for frame in &round.on_switch.frames {
        let Some(what) = saying(frame, macs) else {
            continue;
        };
        let of = runs.entry(what).or_default();
        match of.last_mut() {
            Some((_, last, count)) if frame.at.saturating_duration_since(*last) < PAUSE => {
                *last = frame.at;
                *count += 1;
            }
            _ => of.push((frame.at, frame.at, 1)),
        }
    }
    let mut lines: Vec<(Instant, String)> = Vec::new();
    for (what, of) in runs {
        for (first, last, count) in of {
            let (from, to) = (offset_ms(first, round.fault), offset_ms(last, round.fault));
            lines.push((
                first,
                format!("{from:8.1} to {to:8.1} ms {what}, {count} times"),
            ));
        }
    }
    lines.sort();
    lines.iter().for_each(|(_, what)| line(text, what));
}

fn saying(frame: &Frame, macs: &MacNames) -> Option<String> {
    let sender = macs.name(frame.source);
    match frame.what {
        What::Tcp(tcp) if tcp.from == plan::SERVICE && tcp.rst => Some(format!("{sender} reset")),
        What::Tcp(tcp) if tcp.from == plan::SERVICE && tcp.syn => {
            Some(format!("{sender} took connections"))
        }
        What::Arp(arp) if arp.sender == plan::VIP => Some(format!(
            "{sender} said that {} is at {}",
            plan::VIP,
            macs.name(arp.sender_mac)
        )),
        What::Tcp(_)
        | What::Udp(_)
        | What::Icmp(_)
        | What::Fragment(_)
        | What::Arp(_)
        | What::Neighbour(_)
        | What::Other => None,
    }
}

fn examples(text: &mut String, farm: &Farm, round: &Round, verdict: &Verdict) {
    let macs = farm.mac_names();
    for (client, nodes) in verdict.doubles.iter().take(SHOWN) {
        let nodes: Vec<String> = nodes.iter().map(|mac| macs.name(*mac)).collect();
        line(
            text,
            &format!("DOUBLE ANSWER to {client}: {}", nodes.join(" and ")),
        );
        frames(text, &macs, round, *client);
    }
    for takings in verdict.relapses.iter().take(SHOWN) {
        let turns = takings.map(|taking| {
            let at = offset_ms(taking.at, round.fault);
            format!("{} at {at:.1} ms", macs.name(taking.node))
        });
        let client = takings[0].client;
        line(
            text,
            &format!("TAKEN IN TURNS: {client} by {}", turns.join(", ")),
        );
    }
    for gap in verdict.gaps.iter().take(SHOWN) {
        let from = offset_ms(gap.started, round.fault);
        let took = gap.duration().as_millis();
        let outcome = match &gap.outcome {
            Ok(node) => format!("answered by {node}"),
            Err(failure) => failure.to_string(),
        };
        line(
            text,
            &format!(
                "GAP: {} from {from:.1} ms on, {outcome} after {took} ms",
                gap.source
            ),
        );
        frames(text, &macs, round, gap.source);
    }
}

/// The frames of one client's connections, as they entered the switch.
fn frames(text: &mut String, macs: &MacNames, round: &Round, client: SocketAddr) {
    let of = |frame: &Frame| {
        let tcp = *frame.tcp()?;
        (tcp.from == client || tcp.to == client).then_some((frame.clone(), tcp))
    };
    let all = round.on_switch.frames.iter().filter_map(of);
    for (frame, tcp) in all.take(FRAMES) {
        let at = offset_ms(frame.at, round.fault);
        let (from, to) = (macs.name(frame.source), macs.name(frame.destination));
        let numbers = format!("{} {}", tcp.sequence, tcp.acknowledged);
        line(
            text,
            &format!("  {at:8.1} ms {from} -> {to}: {} {numbers}", flags(&tcp)),
        );
    }
}

fn flags(tcp: &Tcp) -> String {
    let flags = [(tcp.syn, 'S'), (tcp.ack, 'A'), (tcp.rst, 'R')];
    let set = flags.iter().filter(|(set, _)| *set);
    set.map(|(_, flag)| flag).collect()
}
