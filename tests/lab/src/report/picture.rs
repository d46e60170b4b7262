//! A picture of the shares over time: a row per node, a column per slot of time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::load::Attempt;

/// Shortest slot.
const SLOT_MS: u64 = 100;

/// From nothing to all.
const HEIGHTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A moment to mark below the rows.
#[derive(Clone, Debug)]
pub struct Mark {
    /// When.
    pub at: Instant,
    /// What happened, in a few words.
    pub what: String,
}

/// Answers by time and node.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// Length of a slot.
    pub slot_ms: u64,
    /// Each node's share of the answers of each slot in percent; `None` where nobody answered.
    pub percent: BTreeMap<String, Vec<Option<u8>>>,
    /// Failed attempts that began in each slot.
    pub failed: Vec<usize>,
    /// Marked slots.
    pub marks: Vec<(usize, String)>,
}

impl Timeline {
    /// Sorts attempts into at most `slots_max` slots; `None` without attempts.
    pub fn new(
        attempts: &[Attempt],
        nodes: &[&str],
        marks: &[Mark],
        slots_max: usize,
    ) -> Option<Self> {
        let start = attempts.iter().map(|attempt| attempt.started).min()?;
        let end = attempts.iter().map(|attempt| attempt.ended).max()?;
        let slot_ms = slot_ms(end.saturating_duration_since(start), slots_max);
        let slot = |at: Instant| slot_of(at.saturating_duration_since(start), slot_ms);
        let slots = slot(end) + 1;
        let mut answers = BTreeMap::from_iter(nodes.iter().map(|n| (*n, vec![0_usize; slots])));
        let mut failed = vec![0; slots];
        for attempt in attempts {
            match attempt.node().and_then(|node| answers.get_mut(node)) {
                Some(row) => row[slot(attempt.ended)] += 1,
                None => failed[slot(attempt.started)] += 1,
            }
        }
        let total: Vec<usize> = (0..slots)
            .map(|i| answers.values().map(|row| row[i]).sum())
            .collect();
        let share = |row: Vec<usize>| {
            let pairs = row.into_iter().zip(&total);
            pairs
                .map(|(n, total)| u8::try_from((n * 100).checked_div(*total)?).ok())
                .collect()
        };
        Some(Self {
            slot_ms,
            percent: answers
                .into_iter()
                .map(|(n, row)| (n.to_owned(), share(row)))
                .collect(),
            failed,
            marks: marks
                .iter()
                .map(|mark| (slot(mark.at), mark.what.clone()))
                .collect(),
        })
    }

    /// The picture, several lines.
    pub fn draw(&self) -> String {
        let width = self
            .percent
            .keys()
            .map(String::len)
            .max()
            .unwrap_or(0)
            .max(6);
        let mut picture = String::new();
        for (node, shares) in &self.percent {
            let row: String = shares.iter().copied().map(block).collect();
            line(&mut picture, width, node, &row);
        }
        if self.failed.iter().any(|n| *n > 0) {
            let row: String = self
                .failed
                .iter()
                .map(|n| if *n > 0 { 'x' } else { ' ' })
                .collect();
            line(&mut picture, width, "failed", &row);
        }
        for (slot, what) in &self.marks {
            line(&mut picture, width, "", &format!("{:slot$}^ {what}", ""));
        }
        let scale = format!(
            "one column is {} ms; full height is every answer",
            self.slot_ms
        );
        line(&mut picture, width, "", &scale);
        picture
    }
}

fn line(picture: &mut String, width: usize, label: &str, text: &str) {
    // Writing to a string cannot fail.
    let _infallible = writeln!(picture, "  {label:width$} {}", text.trim_end());
}

fn block(percent: Option<u8>) -> char {
    let Some(percent) = percent else { return ' ' };
    let steps = HEIGHTS.len() - 1;
    // Anything but nothing shows.
    HEIGHTS[(usize::from(percent) * steps).div_ceil(100).min(steps)]
}

/// The shortest slot, in whole tenths of a second, with which `length` fits into `slots_max`.
fn slot_ms(length: Duration, slots_max: usize) -> u64 {
    let ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    let slots_max = u64::try_from(slots_max.max(1)).unwrap_or(u64::MAX);
    (ms / slots_max / SLOT_MS + 1) * SLOT_MS
}

fn slot_of(since_start: Duration, slot_ms: u64) -> usize {
    usize::try_from(since_start.as_millis() / u128::from(slot_ms)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::takeover::tests::attempts;

    #[test]
    fn rows_show_shares_and_marks_their_place() {
        let attempts = attempts(&[
            (0, 1, "a"),
            (10, 1, "b"),
            (120, 1, "b"),
            (250, 1, "a"),
            (260, 1, ""),
        ]);
        let mark = Mark {
            at: attempts[2].started,
            what: "a cut".into(),
        };
        let timeline = Timeline::new(&attempts, &["a", "b"], &[mark], 80).expect("a timeline");
        assert_eq!(
            timeline.draw(),
            "  a      ▄ █\n  b      ▄█\n  failed   x\n          ^ a cut\n         \
             one column is 100 ms; full height is every answer\n"
        );
    }

    #[test]
    fn a_long_time_fits_into_the_width() {
        assert_eq!(slot_ms(Duration::from_secs(20), 100), 300);
        assert_eq!(slot_ms(Duration::from_secs(1), 100), 100);
    }
}
