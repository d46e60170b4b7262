//! The engine's limits: every queue, buffer and loop that could grow has its bound here.

/// Events kept for a receiver that lags behind.
pub const EVENTS: usize = 1024;
