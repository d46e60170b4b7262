//! The operations: parse, check the role, ask engine, store or nodes, answer.

#![allow(
    unused_qualifications,
    reason = "the macro that describes an operation repeats its types"
)]

pub mod api_keys;
pub mod boot;
pub mod certificates;
pub mod checks;
pub mod cluster;
pub mod drain;
pub mod events;
pub mod faults;
pub mod force;
pub mod joins;
pub mod metrics;
pub mod module_json;
pub mod modules;
pub mod node_modules;
pub mod nodes;
pub mod operations;
pub mod packages;
pub mod ready;
pub mod records;
pub mod resources;
pub mod revisions;
pub mod script_logs;
pub mod scripted;
pub mod secret;
pub mod session;
pub mod snapshots;
pub mod templates;
pub mod traffic;
pub mod upgrade;
pub mod users;
pub mod webhooks;

use std::ops::RangeInclusive;

use crate::problem::Problem;

/// A number of a request, which has to be in this range.
///
/// # Errors
///
/// When it is not; the problem names it.
fn within(name: &str, given: u32, range: RangeInclusive<u32>) -> Result<u64, Problem> {
    if range.contains(&given) {
        return Ok(given.into());
    }
    let (least, most) = range.into_inner();
    let detail = format!("{name}: {least} to {most}, not {given}");
    Err(Problem::malformed(detail))
}
