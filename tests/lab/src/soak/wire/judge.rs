//! What a round showed: whether two nodes took one connection, whether a share was without an owner
//! after its takeover, and how long the takeover took.
//!
//! Times are told, never judged: what counts against a round does not depend on how fast the machine
//! is.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::round::Round;
use crate::capture::answers::{Syn, Syns, Taking, relapses, syns, takings};
use crate::farm::{Farm, plan};
use crate::link::Mac;
use crate::load::Attempt;
use crate::report::millis;
use crate::report::takeover::{SLOW, takeover};

/// What a round showed.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// SYNs that two nodes answered: the client, and the nodes' MAC addresses.
    pub(super) doubles: Vec<(SocketAddr, BTreeSet<Mac>)>,
    /// Client addresses with which nodes took turns.
    pub(super) relapses: Vec<[Taking; 3]>,
    /// Connections after the takeover that failed, or whose SYN the client had to send again.
    pub(super) gaps: Vec<Attempt>,
    /// Whether every share was taken over, and the farm was whole again.
    pub(super) complete: bool,
    /// From the last answer of a lost node to the first one for its share, in milliseconds; the
    /// longest where several were lost.
    pub(super) takeover_ms: Option<f64>,
    /// Connections between fault and return that took longer than 200 ms.
    pub(super) slow: usize,
    /// Connections since the return whose SYN the client had to send again.
    pub(super) late_at_return: usize,
    /// SYNs that a node answered.
    pub(super) answered: usize,
}

impl Verdict {
    /// Whether nothing was seen that must not be, and something was seen at all.
    pub(super) const fn is_good(&self) -> bool {
        let is_clean = self.doubles.is_empty() && self.relapses.is_empty() && self.gaps.is_empty();
        is_clean && self.complete && self.answered > 0
    }

    /// One line.
    pub(super) fn line(&self, round: &Round) -> String {
        let lost: Vec<String> = round
            .trouble
            .lost
            .iter()
            .map(|n| plan::node_name(*n))
            .collect();
        let takeover = self.takeover_ms.map_or_else(
            || "no takeover".to_owned(),
            |ms| format!("takeover {ms:.0} ms"),
        );
        let ms =
            |later: Instant, earlier: Instant| later.saturating_duration_since(earlier).as_millis();
        let mut line = format!(
            "{} lost, {takeover}, whole {} ms after the return, {} SYNs answered, {} slow",
            lost.join(" and "),
            ms(round.whole, round.healed),
            self.answered,
            self.slow
        );
        if round.last_fault > round.fault {
            let apart = millis(round.last_fault - round.fault);
            line += &format!(", the faults {apart} ms apart");
        }
        let bad = [
            (self.doubles.len(), "DOUBLE ANSWERS"),
            (self.relapses.len(), "ADDRESSES TAKEN IN TURNS"),
            (self.gaps.len(), "GAPS"),
            (usize::from(!self.complete), "NEVER WHOLE"),
        ];
        for (count, what) in bad.iter().filter(|(count, _)| *count > 0) {
            line += &format!(", {count} {what}");
        }
        line
    }
}

/// Judges a round.
pub(super) fn judge(farm: &Farm, round: &Round) -> Verdict {
    let syns = syns(
        &round.on_switch.frames,
        &round.at_client.frames,
        plan::SERVICE,
        farm.client().port,
    );
    let lost: BTreeSet<Mac> = round
        .trouble
        .lost
        .iter()
        .map(|n| plan::node_mac(*n))
        .collect();
    let takers = |((client, _), syn): (&(SocketAddr, u32), &Syn)| (*client, syn.takers(&lost));
    let taken: Vec<(SocketAddr, BTreeSet<Mac>)> = syns.iter().map(takers).collect();
    let answered = taken
        .iter()
        .filter(|(_, takers)| !takers.is_empty())
        .count();
    let doubles = taken.into_iter().filter(|(_, takers)| takers.len() > 1);
    let end = round.whole + Duration::from_secs(3600);
    // What a return moves it moves back: each side of it is looked at by itself.
    let phases = [(round.fault, round.healed), (round.healed, end)];
    let relapses = phases
        .iter()
        .flat_map(|(from, until)| relapses(&takings(&syns, &lost, *from, *until)));
    let repeated = repeated(&syns);
    let is_gap = |attempt: &&Attempt| {
        let after = round.taken.is_some_and(|taken| attempt.started > taken);
        let before = attempt.started < round.healed;
        after && (attempt.node().is_none() || before && repeated.contains(&attempt.source))
    };
    let late =
        |attempt: &&Attempt| attempt.started >= round.healed && repeated.contains(&attempt.source);
    let in_trouble =
        |attempt: &&Attempt| attempt.ended > round.fault && attempt.started < round.healed;
    let of = |is: &dyn Fn(&&Attempt) -> bool| round.attempts.iter().filter(is).count();
    Verdict {
        doubles: doubles.collect(),
        relapses: relapses.collect(),
        gaps: round.attempts.iter().filter(is_gap).cloned().collect(),
        complete: round.taken.is_some() && round.stuck.is_none(),
        takeover_ms: takeover_ms(round),
        slow: of(&|attempt| in_trouble(attempt) && attempt.duration() > SLOW),
        late_at_return: of(&late),
        answered,
    }
}

/// The tuples of connections whose SYN was sent more than once.
fn repeated(syns: &Syns) -> BTreeSet<SocketAddr> {
    let repeated = syns.iter().filter(|(_, syn)| syn.was_repeated());
    repeated.map(|((client, _), _)| *client).collect()
}

fn takeover_ms(round: &Round) -> Option<f64> {
    let before_return: Vec<Attempt> = round
        .attempts
        .iter()
        .filter(|attempt| attempt.ended < round.healed)
        .cloned()
        .collect();
    let of = |number: &u8| takeover(&before_return, &plan::node_name(*number), round.fault);
    let gaps = round
        .trouble
        .lost
        .iter()
        .filter_map(of)
        .map(|takeover| takeover.gap_ms);
    gaps.max_by(f64::total_cmp)
}

/// A moment in milliseconds after another, or before it.
pub(super) fn offset_ms(at: Instant, zero: Instant) -> f64 {
    if at >= zero {
        millis(at - zero)
    } else {
        -millis(zero - at)
    }
}
