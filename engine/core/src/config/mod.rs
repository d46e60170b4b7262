//! Configuration: the model, the readers of the XML files, and what they have to complain about.

pub mod limits;
pub mod model;
pub mod problem;
pub mod xml;

pub use xml::{read_cluster, read_module};
