//! The readers of `cluster.xml` and `userconfig.xml`, and of their JSON twins: text in, model and
//! problems out.
//!
//! A configuration is read in three steps: the notation becomes a tree of elements, `schema` checks
//! that elements and attributes stand where they may (the tables are in `shapes`), and the section
//! readers turn values into the model and check what the model's types cannot say. No step stops at
//! its first problem. After them every value is legal; nobody checks again.

use std::collections::BTreeMap;

use super::json::Json;
use super::model::{ClusterConfig, ModuleConfig};
use super::problem::{Problem, Severity};
use super::tree::Node;
use super::twin;
use super::xml::parse::parse;
use macros::Macros;
use reader::{Element, Reader, Source};

pub use macros::is_placeholder;
pub use values::not_foreign;

mod balancing;
mod check;
mod cluster;
mod effect;
mod failover;
pub(super) mod farm;
mod http;
pub(super) mod macros;
mod ports;
pub(super) mod process;
pub(super) mod reader;
mod regex;
pub(super) mod schema;
pub(super) mod service;
pub(super) mod shapes;
mod shapes_check;
mod similar;
pub(super) mod time;
mod timing;
mod user;
mod values;
mod vip;

/// Reads `cluster.xml`.
///
/// The configuration is there unless one of the problems is an error. Problems are in the order of
/// their places.
pub fn read_cluster(text: &str) -> (Option<ClusterConfig>, Vec<Problem>) {
    match parse(text) {
        Ok(root) => cluster_of(&root, Reader::new(Source::xml(text), None)),
        Err(problem) => (None, vec![problem]),
    }
}

/// Reads `userconfig.xml`.
///
/// `%NAME%` in an attribute is replaced by the macro in `given`, else by the `<macro>` of the file,
/// else by the variable in `environment`; what is put in is not searched again. With `cluster` the
/// names of LANs and nodes are checked against it, and heartbeat values that the file leaves open
/// are taken from it.
///
/// The configuration is there unless one of the problems is an error. Warnings name what is read
/// but not acted on. Problems are in the order of their places.
pub fn read_module(
    text: &str,
    given: &BTreeMap<String, String>,
    environment: &BTreeMap<String, String>,
    cluster: Option<&ClusterConfig>,
) -> (Option<ModuleConfig>, Vec<Problem>) {
    let macros = Macros::new(given, environment);
    match parse(text) {
        Ok(root) => {
            let reader = Reader::new(Source::xml(text), Some(macros));
            module_of(&root, reader, cluster)
        }
        Err(problem) => (None, vec![problem]),
    }
}

/// Reads the JSON twin of `cluster.xml`: what stands in `<cluster>`, as [`Json`] describes it.
/// Otherwise like [`read_cluster`]; problems have a path and no line.
pub fn read_cluster_json(json: &Json) -> (Option<ClusterConfig>, Vec<Problem>) {
    let mut reader = Reader::new(Source::Json, None);
    let root = twin::to_tree(&mut reader, json, &shapes::CLUSTER);
    cluster_of(&root, reader)
}

/// Reads the JSON twin of `userconfig.xml`: what stands in `<safe>`, as [`Json`] describes it.
/// Otherwise like [`read_module`]; problems have a path and no line.
pub fn read_module_json(
    json: &Json,
    given: &BTreeMap<String, String>,
    environment: &BTreeMap<String, String>,
    cluster: Option<&ClusterConfig>,
) -> (Option<ModuleConfig>, Vec<Problem>) {
    let mut reader = Reader::new(Source::Json, Some(Macros::new(given, environment)));
    let root = twin::to_tree(&mut reader, json, &shapes::SAFE);
    module_of(&root, reader, cluster)
}

fn cluster_of(root: &Node, reader: Reader<'_>) -> (Option<ClusterConfig>, Vec<Problem>) {
    read(root, reader, &shapes::CLUSTER, |reader, root| {
        schema::check(reader, root, &shapes::CLUSTER);
        cluster::read(reader, root)
    })
}

fn module_of(
    root: &Node,
    reader: Reader<'_>,
    cluster: Option<&ClusterConfig>,
) -> (Option<ModuleConfig>, Vec<Problem>) {
    read(root, reader, &shapes::SAFE, |reader, root| {
        macros::collect(reader, root);
        service::read_safe(reader, root, cluster)
    })
}

/// Hands the root element to `read`, if it is the right one, and puts the problems in order.
fn read<T>(
    root: &Node,
    mut reader: Reader<'_>,
    shape: &schema::Shape,
    read: impl FnOnce(&mut Reader<'_>, &Element<'_>) -> Option<T>,
) -> (Option<T>, Vec<Problem>) {
    let root = Element::root(root);
    let config = if root.is(shape.name) {
        read(&mut reader, &root)
    } else {
        let message = format!(
            "the root element is <{}>, it must be <{}>",
            root.name(),
            shape.name
        );
        reader.error(reader.place(&root), message);
        None
    };
    let problems = reader.into_problems();
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    (config.filter(|_| !refused), problems)
}
