//! Load from the client's side: real connections from many source addresses, each with a record of
//! when it began, how long it took and who answered.
//!
//! Everything runs in the client's namespace on its own thread. [`attempt`] is one request on a
//! connection of its own, [`steady`] a stream of them, [`held`] connections that stay. [`transfer`]
//! moves much over one connection; [`udp`] and [`ping`] do without connections; [`syns`] only begins them.

pub mod attempt;
pub mod held;
pub mod http;
pub mod ping;
pub mod probe;
pub mod steady;
pub mod syns;
pub mod transfer;
pub mod tuples;
pub mod udp;

pub use attempt::{Attempt, Failure};
pub use held::{Held, HeldConnection, HeldOptions};
pub use steady::{Steady, SteadyOptions};
pub use syns::Syns;
pub use tuples::Tuples;
