//! `pulse`, `slost_count` and `mlost_count`, as `<lans>` and `<farm>` have them.

use super::reader::{Element, Reader};
use super::time::{Unit, time_within};
use super::values::integer;
use crate::config::limits::{LOST_COUNT_MAX, LOST_COUNT_MIN, PULSE_MAX, PULSE_MIN};
use crate::config::model::Timing;

/// The timing of this element, what it leaves open taken from `default`; `None` when it sets none.
pub(super) fn read(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    default: Timing,
) -> Option<Timing> {
    let counts = LOST_COUNT_MIN..=LOST_COUNT_MAX;
    let pulse = time_within(Unit::Milliseconds, PULSE_MIN..=PULSE_MAX);
    let pulse = reader.value(element, "pulse", pulse);
    let slost_count = reader.value(element, "slost_count", integer(counts.clone()));
    let mlost_count = reader.value(element, "mlost_count", integer(counts));
    let is_set = pulse.is_some() || slost_count.is_some() || mlost_count.is_some();
    is_set.then(|| Timing {
        pulse: pulse.unwrap_or(default.pulse),
        slost_count: slost_count.unwrap_or(default.slost_count),
        mlost_count: mlost_count.unwrap_or(default.mlost_count),
    })
}
