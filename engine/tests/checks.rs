//! What the checkers of a module find, on a machine of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

#[path = "checks/bench.rs"]
mod bench;
#[path = "checks/custom.rs"]
mod custom;
#[path = "checks/engine.rs"]
mod engine;
#[path = "checks/errd.rs"]
mod errd;
#[path = "checks/http.rs"]
mod http;
#[path = "checks/local.rs"]
mod local;
#[path = "checks/other.rs"]
mod other;
#[path = "checks/ping.rs"]
mod ping;
#[path = "checks/tcp.rs"]
mod tcp;
