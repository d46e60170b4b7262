//! The client of the Evenkeel API: generated from its OpenAPI document, plus logging in
//! and following events.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use evenkeel_client::types::{NodeSelection, Phase, Readiness};
//!
//! let ca = std::fs::read("ca.pem")?;
//! let client = evenkeel_client::connect("https://192.0.2.1:9453", &ca, "admin", "secret").await?;
//! client.start_module().module("web").body(NodeSelection { nodes: None }).send().await?;
//! let status = client.wait_for_module().node("node1").module("web");
//! let status = status.phase(Phase::Up).readiness(Readiness::Ready).send().await?;
//! println!("{:?}", status.groups);
//! let mut events = evenkeel_client::follow(&client, Default::default());
//! loop {
//!     println!("{}", events.next().await?.message);
//! }
//! # }
//! ```

mod authority;
mod follow;
mod session;

#[allow(
    missing_docs,
    unused_imports,
    unused_qualifications,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    clippy::map_err_ignore,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::use_self,
    reason = "generated code follows the generator's style"
)]
#[rustfmt::skip]
mod generated;

pub use authority::authority;
pub use follow::{Events, Follow, FollowError, follow};
pub use generated::{Client, Error, ResponseValue, builder, prelude, types};
pub use session::{ConnectError, Login, connect, connect_with_key};

/// The problem that the service answered, where the error is one; else the service was not
/// reached, or answered something else.
pub fn problem(error: &Error<types::Problem>) -> Option<&types::Problem> {
    match error {
        Error::ErrorResponse(response) => Some(response),
        Error::InvalidRequest(_)
        | Error::CommunicationError(_)
        | Error::InvalidUpgrade(_)
        | Error::ResponseBodyError(_)
        | Error::InvalidResponsePayload(_, _)
        | Error::UnexpectedResponse(_)
        | Error::Custom(_) => None,
    }
}
