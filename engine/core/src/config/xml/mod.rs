//! The readers of `cluster.xml` and `userconfig.xml`: text in, model and problems out.
//!
//! A file is read in three steps: `document` parses the XML, `schema` checks that elements and
//! attributes stand where they may (the tables are in `shapes`), and the section readers turn
//! values into the model and check what the model's types cannot say. No step stops at its first
//! problem. After them every value is legal; nobody checks again.

use std::collections::BTreeMap;

use super::model::{ClusterConfig, ModuleConfig};
use super::problem::{Problem, Severity};
use macros::Macros;
use reader::{Element, Reader};

mod balancing;
mod check;
mod cluster;
mod document;
mod farm;
mod macros;
mod ports;
mod reader;
mod schema;
mod service;
mod shapes;
mod time;
mod timing;
mod user;
mod values;
mod vip;

/// Reads `cluster.xml`.
///
/// The configuration is there unless one of the problems is an error. Problems are in the order of
/// their places.
pub fn read_cluster(text: &str) -> (Option<ClusterConfig>, Vec<Problem>) {
    read(text, None, "cluster", |reader, root| {
        schema::check(reader, root, &shapes::CLUSTER);
        cluster::read(reader, root)
    })
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
    read(
        text,
        Some(Macros::new(given, environment)),
        "safe",
        |reader, root| {
            macros::collect(reader, root);
            service::read_safe(reader, root, cluster)
        },
    )
}

/// Parses `text`, hands its root element to `read`, and puts the problems in order.
fn read<'t, T>(
    text: &'t str,
    macros: Option<Macros<'t>>,
    root_name: &str,
    read: impl FnOnce(&mut Reader<'_>, &Element<'_>) -> Option<T>,
) -> (Option<T>, Vec<Problem>) {
    let document = match document::parse(text) {
        Ok(document) => document,
        Err(problem) => return (None, vec![problem]),
    };
    let mut reader = Reader::new(text, macros);
    let root = Element::root(document.root_element());
    let config = if root.name() == root_name {
        read(&mut reader, &root)
    } else {
        let message = format!(
            "the root element is <{}>, it must be <{root_name}>",
            root.name()
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
