//! Load from the client's side: real connections from many source addresses, each with a record of
//! when it began, how long it took and who answered.
//!
//! Everything runs in the client's namespace on its own thread. [`attempt`] is one request on a
//! connection of its own, [`steady`] a stream of them, [`held`] connections that stay.

pub mod attempt;
pub mod held;
pub mod http;
pub mod steady;
pub mod tuples;

pub use attempt::{Attempt, Failure};
pub use held::{Held, HeldConnection, HeldOptions};
pub use steady::{Steady, SteadyOptions};
pub use tuples::Tuples;
