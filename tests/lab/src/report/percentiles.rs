//! Median, tails and maximum of some numbers.

use std::fmt;

use serde::Serialize;

/// Percentiles by nearest rank: each is one of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Percentiles {
    /// Half of the numbers are not above.
    pub p50: f64,
    /// Nine of ten are not above.
    pub p90: f64,
    /// 99 of a hundred are not above.
    pub p99: f64,
    /// The greatest.
    pub max: f64,
}

impl Percentiles {
    /// `None` of no numbers.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let rank = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100);
            sorted.get(rank.saturating_sub(1)).copied()
        };
        Some(Self {
            p50: rank(50)?,
            p90: rank(90)?,
            p99: rank(99)?,
            max: rank(100)?,
        })
    }

    /// Four columns, headed by [`HEAD`](Self::HEAD).
    pub fn columns(of: Option<Self>) -> String {
        of.map_or_else(
            || format!("{:>6} {:>6} {:>6} {:>6}", "-", "-", "-", "-"),
            |numbers| numbers.to_string(),
        )
    }

    /// Heads of the columns.
    pub const HEAD: &str = "   p50    p90    p99    max";
}

impl fmt::Display for Percentiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { p50, p90, p99, max } = self;
        write!(f, "{p50:>6.0} {p90:>6.0} {p99:>6.0} {max:>6.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::Percentiles;

    #[test]
    fn each_is_one_of_the_numbers() {
        let numbers: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let of = Percentiles::of(&numbers).expect("numbers");
        assert_eq!((of.p50, of.p90, of.p99, of.max), (50.0, 90.0, 99.0, 100.0));
        let of = Percentiles::of(&[3.0]).expect("a number");
        assert_eq!((of.p50, of.max), (3.0, 3.0));
        assert_eq!(Percentiles::of(&[]), None);
        assert_eq!(Percentiles::columns(None).len(), Percentiles::HEAD.len());
    }
}
