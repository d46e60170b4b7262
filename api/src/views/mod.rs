//! The types that the API speaks: what a client sends and gets, with their documentation.
//!
//! Plain data. The conversions from the engine's types are in [`convert`]; nothing here decides.

pub mod api_key;
pub mod boot;
pub mod certificate;
pub mod checks;
pub mod cluster;
pub mod convert;
pub mod fault;
pub mod feed;
pub mod join;
pub mod module;
pub mod module_json;
pub mod names;
pub mod node;
pub mod operation;
pub mod record;
pub mod resource;
pub mod result;
pub mod revision;
pub mod script_log;
pub mod secret;
pub mod session;
pub mod shares;
pub mod template;
pub mod traffic;
pub mod upgrade;
pub mod user;
pub mod webhook;
