//! The fuzz target of the configuration: whatever text comes in, nothing panics, nothing takes much
//! memory or time, and every promise of the readers and writers holds. Run by `tests/fuzz config
//! SECONDS`.
//!
//! What begins with `<` is XML, with `{` JSON; all else is the text of failover rules. A promise that
//! does not hold ends the process, as a panic does; libFuzzer then writes the input to a file.

#![no_main]

mod heap;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use evenkeel_core::config::limits::PROBLEMS_MAX;
use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::config::problem::{Problem, Severity};
use evenkeel_core::config::{
    Json, Kind, cluster_json, json_to_xml, module_json, read_cluster, read_cluster_json,
    read_module, read_module_json, rules, write_cluster, write_module, xml_to_json,
};
use libfuzzer_sys::fuzz_target;

use heap::Counting;

#[global_allocator]
static HEAP: Counting = Counting;

/// Bytes that reading one input of up to 8 KiB may take at once.
const HEAP_BYTES_MAX: usize = 16 << 20;

/// The macros of the files in the corpus.
static MACROS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let pairs = [
        ("VIRTUAL_IP", "192.168.56.20"),
        ("IIS_PORT", "80"),
        ("A", "%B%"),
    ];
    let owned = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    owned.into()
});

static NONE: BTreeMap<String, String> = BTreeMap::new();

static CLUSTER: LazyLock<ClusterConfig> = LazyLock::new(|| {
    let text = include_str!("../../tests/data/good-cluster.xml");
    read_cluster(text).0.expect("a good file")
});

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .as_bytes()
        .first()
    {
        Some(b'<') => xml(text),
        Some(b'{') => json(text),
        _ => failover(text),
    }
});

fn xml(text: &str) {
    for cluster in [None, Some(&*CLUSTER)] {
        let read = || read_module(text, &MACROS, &NONE, cluster);
        let (config, problems) = heap::within(HEAP_BYTES_MAX, read);
        check_problems(config.is_some(), &problems, Some(text));
        if let Some(config) = &config {
            module(config);
        }
        match xml_to_json(text, Kind::Module) {
            Ok(json) => {
                let (twin, _) = read_module_json(&json, &MACROS, &NONE, cluster);
                assert_eq!(twin, config, "JSON is another module");
                let back = json_to_xml(&json, Kind::Module).expect("it was XML before");
                let (back, _) = read_module(&back, &MACROS, &NONE, cluster);
                assert_eq!(back, config, "the way back gives another module");
            }
            Err(_) => assert_eq!(config, None, "a module has no twin"),
        }
    }
    let (config, problems) = heap::within(HEAP_BYTES_MAX, || read_cluster(text));
    check_problems(config.is_some(), &problems, Some(text));
    if let Some(config) = config {
        let (again, _) = read_cluster(&write_cluster(&config));
        assert_eq!(
            again.as_ref(),
            Some(&config),
            "written it is another cluster"
        );
        assert_eq!(read_cluster_json(&cluster_json(&config)).0, Some(config));
    }
}

/// What is written of a module is read as the same.
fn module(config: &ModuleConfig) {
    let text = write_module(config);
    let (again, _) = read_module(&text, &NONE, &NONE, None);
    assert_eq!(
        again.as_ref(),
        Some(config),
        "written it is another module:\n{text}"
    );
    let (again, _) = read_module_json(&module_json(config), &NONE, &NONE, None);
    assert_eq!(again.as_ref(), Some(config), "in JSON it is another module");
}

fn json(text: &str) {
    let Ok(json) = serde_json::from_str::<Json>(text) else {
        return;
    };
    let read = || read_module_json(&json, &MACROS, &NONE, None);
    let (config, problems) = heap::within(HEAP_BYTES_MAX, read);
    check_problems(config.is_some(), &problems, None);
    if let Some(config) = &config {
        module(config);
        let text = json_to_xml(&json, Kind::Module).expect("it is a module");
        let (twin, _) = read_module(&text, &MACROS, &NONE, None);
        assert_eq!(
            twin.as_ref(),
            Some(config),
            "XML is another module:\n{text}"
        );
    }
    let (config, problems) = read_cluster_json(&json);
    check_problems(config.is_some(), &problems, None);
}

fn failover(text: &str) {
    let (read, problems) = heap::within(HEAP_BYTES_MAX, || rules::parse(text));
    let places = read.iter().map(|read| read.label_at);
    for at in places.chain(problems.iter().map(|problem| problem.at)) {
        assert!(text.is_char_boundary(at), "{at} is not in the text");
    }
    for read in read {
        let text = read.rule.to_string();
        let (again, problems) = rules::parse(&text);
        assert_eq!(problems, [], "{text}");
        assert_eq!(again[0].rule, read.rule, "{text}");
    }
}

/// A configuration is taken if nothing is an error; all that is wrong is in the file, in its order.
fn check_problems(taken: bool, problems: &[Problem], text: Option<&str>) {
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    assert_eq!(taken, !problems.iter().any(is_error));
    assert!(problems.len() <= PROBLEMS_MAX + 1);
    let mut last = (0, 0);
    for problem in problems {
        let Problem { line, column, .. } = *problem;
        let Some(text) = text else {
            assert_eq!((line, column), (0, 0));
            assert_ne!(problem.path, "");
            continue;
        };
        let words = text.split('\n').nth(line as usize - 1);
        let columns = words.map_or(0, |words| words.chars().count() + 1);
        assert!((1..=columns).contains(&(column as usize)), "{problem}");
        assert!(last <= (line, column), "{problem}");
        last = (line, column);
    }
}
