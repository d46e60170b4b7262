//! The service from outside: real daemons on loopback, asked through the generated client and by
//! hand. Nothing leaves the machine; every daemon ends with its test, also when that is killed.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod api_keys;
mod backup;
mod boot;
mod catching_up;
mod certificates;
mod checks;
mod classes;
mod client;
mod command_line;
mod common;
mod contract;
mod cors;
mod document;
mod durability;
mod events;
mod farm;
mod faults;
mod fingerprint;
mod force;
mod idempotency;
mod join;
mod live;
mod local;
mod login;
mod module_json;
mod modules;
mod namespace;
mod nodes;
mod operations;
mod packages;
mod probes;
mod rate;
mod reboot;
mod receiver;
mod recipes;
mod records;
mod requests;
mod revisions;
mod roles;
mod script_logs;
mod scripted;
mod secret;
mod snapshots;
mod templates;
mod traffic;
mod transport;
mod upgrade;
mod webhooks;
