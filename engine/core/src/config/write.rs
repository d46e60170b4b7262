//! The writers: from the model to XML and JSON, and from one notation to the other.
//!
//! What is written from a model has every value spelled out, so that no later default changes it,
//! and no macros: their values are in the model. Where a value has a part that looks like `%NAME%`, a
//! macro PERCENT is written that stands for the sign. From one notation to the other everything is
//! kept as it was written, macros included, but comments.

use std::time::Duration;

use super::json::Json;
use super::model::{ClusterConfig, Lan, LanNode, ModuleConfig, Timing};
use super::problem::{Problem, Severity};
use super::read::macros::has_reference;
use super::read::reader::{Element, Reader, Source};
use super::read::schema::{self, Shape};
use super::read::{shapes, time};
use super::tree::Node;
use super::{twin, xml};

mod module;
mod vip;
mod watch;

/// Which configuration something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `cluster.xml`.
    Cluster,
    /// `userconfig.xml`.
    Module,
}

impl Kind {
    const fn shape(self) -> &'static Shape {
        match self {
            Self::Cluster => &shapes::CLUSTER,
            Self::Module => &shapes::SAFE,
        }
    }
}

/// `cluster.xml` of a cluster: read again it is the same.
pub fn write_cluster(config: &ClusterConfig) -> String {
    xml::write::write(&cluster(config))
}

/// `userconfig.xml` of a module: read again, without given macros, it is the same.
pub fn write_module(config: &ModuleConfig) -> String {
    xml::write::write(&module(config))
}

/// The JSON twin of [`write_cluster`].
pub fn cluster_json(config: &ClusterConfig) -> Json {
    twin::to_json(&cluster(config), &shapes::CLUSTER)
}

/// The JSON twin of [`write_module`].
pub fn module_json(config: &ModuleConfig) -> Json {
    twin::to_json(&module(config), &shapes::SAFE)
}

/// A file in JSON, as it was written: macros, and what they stand for, are not looked at.
///
/// # Errors
///
/// With everything that JSON has no place for: what is malformed, unknown, missing or repeated.
/// Values are not checked.
pub fn xml_to_json(text: &str, kind: Kind) -> Result<Json, Vec<Problem>> {
    let root = xml::parse::parse(text).map_err(|problem| vec![problem])?;
    let root = well_formed(root, Reader::new(Source::xml(text), None), kind)?;
    Ok(twin::to_json(&root, kind.shape()))
}

/// A JSON document as a file, as it was written: macros, and what they stand for, are not looked at.
///
/// # Errors
///
/// With everything that is of the wrong type, unknown, missing or repeated. Values are not checked.
pub fn json_to_xml(json: &Json, kind: Kind) -> Result<String, Vec<Problem>> {
    let mut reader = Reader::new(Source::Json, None);
    let root = twin::to_tree(&mut reader, json, kind.shape());
    let root = well_formed(root, reader, kind)?;
    Ok(xml::write::write(&root))
}

/// The tree, if everything in it stands where it may.
fn well_formed(root: Node, mut reader: Reader<'_>, kind: Kind) -> Result<Node, Vec<Problem>> {
    let shape = kind.shape();
    if root.name == shape.name {
        schema::check(&mut reader, &Element::root(&root), shape);
    } else {
        let place = reader.place(&Element::root(&root));
        reader.error(place, format!("the root element must be <{}>", shape.name));
    }
    let mut problems = reader.into_problems();
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() {
        Ok(root)
    } else {
        Err(problems)
    }
}

fn cluster(config: &ClusterConfig) -> Node {
    let ClusterConfig {
        revision,
        port,
        timing,
        lans,
        numbers,
        command,
    } = config;
    let lan = |Lan { name, nodes }: &Lan| {
        let is_command = command.as_ref() == Some(name);
        let nodes = nodes.iter().map(|LanNode { name, addr }| {
            let number = numbers.get(name).map(|number| number.get().to_string());
            Node::new("node")
                .with("name", name)
                .with("addr", addr.to_string())
                .with_some("number", number)
        });
        Node::new("lan")
            .with("name", name)
            .with_some("command", is_command.then_some("on"))
            .with_all(nodes)
    };
    let list = Node::new("lans").with("port", port.to_string());
    let list = with_timing(list, timing).with_all(lans.iter().map(lan));
    Node::new("cluster")
        .with_some("revision", (*revision > 0).then(|| revision.to_string()))
        .with_all([list])
}

fn module(config: &ModuleConfig) -> Node {
    let mut service = module::service(config);
    let is_changed = escape(&mut service);
    let percent = Node::new("macro").with("name", PERCENT).with("value", "%");
    Node::new("safe")
        .with_all(is_changed.then_some(percent))
        .with_all([service])
}

/// The macro that stands for a `%` where that would begin or end a macro.
const PERCENT: &str = "PERCENT";

/// Lets nothing in an element be taken for a macro; whether that took a macro.
fn escape(node: &mut Node) -> bool {
    let mut is_changed = false;
    let values = node
        .attributes
        .iter_mut()
        .map(|attribute| &mut attribute.value);
    for value in values.chain(std::iter::once(&mut node.text.words)) {
        if has_reference(value) {
            *value = value.replace('%', &format!("%{PERCENT}%"));
            is_changed = true;
        }
    }
    for child in &mut node.children {
        is_changed |= escape(child);
    }
    is_changed
}

fn with_timing(node: Node, timing: &Timing) -> Node {
    let Timing {
        pulse,
        slost_count,
        mlost_count,
    } = timing;
    node.with("pulse", time(*pulse))
        .with("mlost_count", mlost_count.to_string())
        .with("slost_count", slost_count.to_string())
}

/// A time with its unit.
fn time(time: Duration) -> String {
    time::show(time)
}

const fn on_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

const fn yes_no(is_yes: bool) -> &'static str {
    if is_yes { "yes" } else { "no" }
}
