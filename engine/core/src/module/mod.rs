//! A module on this node: its states and what moves it from one to the next.

pub mod machine;
pub mod state;
