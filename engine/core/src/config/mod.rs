//! Configuration: the model, the readers of the XML files, and what they have to complain about.

pub mod model;
pub mod problem;
