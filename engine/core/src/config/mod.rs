//! Configuration: the model, its two notations (the XML files and their JSON twins), and what
//! readers have to complain about.

pub mod json;
pub mod limits;
pub mod live;
pub mod model;
pub mod problem;
pub mod read;
pub mod rules;
mod tree;
mod twin;
pub mod write;
mod xml;

pub use json::Json;
pub use read::{
    is_placeholder, not_foreign, read_cluster, read_cluster_json, read_module, read_module_json,
};
pub use write::{
    Kind, cluster_json, json_to_xml, module_json, write_cluster, write_module, xml_to_json,
};
