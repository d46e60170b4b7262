//! The operations: parse, check the role, ask engine, store or nodes, answer.

#![allow(
    unused_qualifications,
    reason = "the macro that describes an operation repeats its types"
)]

pub mod api_keys;
pub mod boot;
pub mod certificates;
pub mod cluster;
pub mod drain;
pub mod events;
pub mod joins;
pub mod metrics;
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
pub mod secret;
pub mod session;
pub mod snapshots;
pub mod templates;
pub mod traffic;
pub mod users;
pub mod webhooks;
