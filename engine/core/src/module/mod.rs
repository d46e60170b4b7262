//! A module on this node: its states, its resources, and what moves it from one state to the next.

pub mod loops;
pub mod machine;
pub mod resources;
pub mod rules;
mod stage;
pub mod state;
pub mod switches;
pub mod watch;
pub mod watched;
pub mod withdrawals;
