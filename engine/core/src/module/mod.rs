//! A module on this node: its states and what moves it from one to the next.

pub mod machine;
pub mod resources;
pub mod rules;
pub mod state;
