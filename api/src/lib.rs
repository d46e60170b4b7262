//! The daemon `evenkeel`: the engine behind an authenticated REST API.
//!
//! A request walks: TLS, limits, authentication, audit, proxy to the node it names, role, handler.
//! Handlers parse and answer; what they do is the engine's, the store's, or a fan-out to the nodes.

#![forbid(unsafe_code)]

pub mod app;
pub mod apply;
pub mod ask;
pub mod auth;
pub mod backup;
pub mod boot;
pub mod catch_up;
pub mod certificate;
pub mod checks;
pub mod cli;
pub mod cluster;
pub mod cors;
pub mod data_dir;
pub mod events;
pub mod extract;
pub mod fan_out;
pub mod faults;
pub mod feed;
pub mod files;
pub mod guard;
pub mod handlers;
pub mod idempotency;
pub mod init;
pub mod join;
pub mod limits;
pub mod linger;
pub mod local;
pub mod logging;
pub mod metrics;
pub mod openapi;
pub mod operations;
pub mod peers;
pub mod pki;
pub mod probes;
pub mod problem;
pub mod records;
pub mod rolling;
pub mod rotation;
pub mod router;
pub mod script_logs;
pub mod scripts;
pub mod secrets;
pub mod serve;
pub mod snapshot;
pub mod store;
pub mod templates;
pub mod timestamp;
pub mod tls;
pub mod upgrade;
pub mod views;
pub mod watch;
pub mod webhooks;
