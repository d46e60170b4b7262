//! Placeholder header.
fn main() {}
