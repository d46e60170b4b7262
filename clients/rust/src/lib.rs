//! The client of the Evenkeel API: generated from its OpenAPI document, plus logging in.

#[allow(
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    unused_imports,
    clippy::all,
    clippy::pedantic,
    reason = "generated code follows the generator's style"
)]
#[rustfmt::skip]
mod generated;

pub use generated::*;
