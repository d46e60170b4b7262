//! XML and JSON are two notations of one model: what is read from one is what is read from the other,
//! and what is written is read as the same again.

use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::config::{
    Json, Kind, cluster_json, json_to_xml, module_json, read_cluster, read_cluster_json,
    read_module, read_module_json, write_cluster, write_module, xml_to_json,
};

use crate::{assert_golden, cluster, data, lines, macros, pretty};

/// Good files, with the macros that are given.
const MODULES: [(&str, &[(&str, &str)]); 5] = [
    ("good-userconfig.xml", &[]),
    ("good-rules.xml", &[]),
    ("good-watch.xml", &[]),
    ("everything.xml", &[]),
    (
        "seed-userconfig.xml",
        &[("VIRTUAL_IP", "192.168.56.20"), ("IIS_PORT", "80")],
    ),
];

/// JSON as text and back, as it goes over a wire.
fn over_the_wire(json: &Json) -> Json {
    serde_json::from_str(&serde_json::to_string(json).unwrap()).unwrap()
}

pub(crate) fn from_xml(text: &str, given: &[(&str, &str)]) -> ModuleConfig {
    let (config, problems) = read_module(text, &macros(given), &macros(&[]), Some(&cluster()));
    config.unwrap_or_else(|| panic!("{text}\n{}", lines(&problems)))
}

pub(crate) fn from_json(json: &Json, given: &[(&str, &str)]) -> ModuleConfig {
    let json = over_the_wire(json);
    let (config, problems) =
        read_module_json(&json, &macros(given), &macros(&[]), Some(&cluster()));
    config.unwrap_or_else(|| panic!("{}\n{}", pretty(&json), lines(&problems)))
}

#[test]
fn a_module_is_the_same_in_both_notations() {
    for (name, given) in MODULES {
        let text = data(name);
        let config = from_xml(&text, given);
        let json = xml_to_json(&text, Kind::Module).unwrap();
        assert_eq!(from_json(&json, given), config, "{name}");
        let back = json_to_xml(&over_the_wire(&json), Kind::Module).unwrap();
        assert_eq!(from_xml(&back, given), config, "{name}: {back}");
        assert_eq!(xml_to_json(&back, Kind::Module), Ok(json), "{name}");
    }
}

#[test]
fn what_is_written_of_a_module_is_read_as_the_same() {
    for (name, given) in MODULES {
        let config = from_xml(&data(name), given);
        assert_eq!(from_xml(&write_module(&config), &[]), config, "{name}");
        assert_eq!(from_json(&module_json(&config), &[]), config, "{name}");
    }
}

#[test]
fn a_cluster_is_the_same_in_both_notations() {
    let read = |text: &str| -> ClusterConfig { read_cluster(text).0.unwrap() };
    for text in [
        data("good-cluster.xml"),
        data("good-cluster.xml").replace(r#""default""#, r#""default" command="on""#),
    ] {
        let config = read(&text);
        let json = xml_to_json(&text, Kind::Cluster).unwrap();
        let (twin, problems) = read_cluster_json(&over_the_wire(&json));
        assert_eq!(twin.as_ref(), Some(&config), "{}", lines(&problems));
        assert_eq!(read(&json_to_xml(&json, Kind::Cluster).unwrap()), config);
        assert_eq!(read(&write_cluster(&config)), config);
        assert_eq!(read_cluster_json(&cluster_json(&config)).0, Some(config));
    }
}

#[test]
fn the_notations_of_everything_that_watches() {
    let text = data("good-watch.xml");
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, Some(&cluster()));
    assert_golden("good-watch-warnings.txt", &lines(&problems));
    let config = config.unwrap();
    assert_golden("good-watch.json", &pretty(&config));
    let twin = xml_to_json(&text, Kind::Module).unwrap();
    assert_golden("good-watch-twin.json", &pretty(&twin));
    assert_golden("good-watch-written.xml", &write_module(&config));
    let rules: String = config
        .rules()
        .iter()
        .map(|rule| format!("{rule}\n"))
        .collect();
    assert_golden("good-watch-rules.txt", &rules);
}

#[test]
fn macros_survive_from_one_notation_to_the_other() {
    let json = xml_to_json(&data("seed-userconfig.xml"), Kind::Module).unwrap();
    let text = json_to_xml(&json, Kind::Module).unwrap();
    for kept in ["%VIRTUAL_IP%", "%IIS_PORT%", "VIRTUAL_IP_TO_BE_DEFINED"] {
        assert!(text.contains(kept), "{text}");
        assert!(pretty(&json).contains(kept), "{}", pretty(&json));
    }
}

#[test]
fn values_that_look_like_macros_are_written_as_they_are() {
    let text = data("everything.xml").replace(r#"value="nginx""#, r#"value="%A% 5% %%B%""#);
    let none = macros(&[]);
    let given = macros(&[("A", "%B%"), ("B", "100%")]);
    let config = read_module(&text, &given, &none, None).0.unwrap();
    assert_eq!(config.user.as_ref().unwrap().vars[0].1, "%B% 5% %100%");
    assert_eq!(from_xml(&write_module(&config), &[]), config);
    assert_eq!(from_json(&module_json(&config), &[]), config);
}

#[test]
fn everything_wrong_with_a_json_document_is_said_at_once() {
    let mut found = String::new();
    for case in data("bad-json.txt").split("\n== ") {
        let (headline, rest) = case.trim_start_matches("== ").split_once('\n').unwrap();
        let text: String = rest
            .lines()
            .filter_map(|line| line.strip_prefix("+ "))
            .collect();
        let json: Json = serde_json::from_str(&text).unwrap();
        let none = macros(&[]);
        let (config, problems) = read_module_json(&json, &none, &none, Some(&cluster()));
        assert_eq!(config, None, "{headline}");
        let document = rest.lines().filter(|line| line.starts_with("+ "));
        let document: String = document.map(|line| format!("{line}\n")).collect();
        found += &format!("== {headline}\n{document}{}\n", lines(&problems));
    }
    found.truncate(found.trim_end().len());
    assert_golden("bad-json.txt", &(found + "\n"));
}

#[test]
fn a_document_without_end_is_refused() {
    let lan = r#"{"name":"default"}"#;
    let lans = vec![lan; 30_000].join(",");
    let text = format!(r#"{{"service":{{"mode":"farm","farm":{{"lan":[{lans}]}}}}}}"#);
    let none = macros(&[]);
    let json: Json = serde_json::from_str(&text).unwrap();
    let (config, problems) = read_module_json(&json, &none, &none, None);
    assert_eq!(config, None);
    assert!(lines(&problems).contains("too large"), "{}", problems.len());
    let long = Json::Text("x".repeat(300_000));
    let (_, problems) = read_module_json(&long, &none, &none, None);
    assert_eq!(
        problems[0].to_string(),
        "safe: <safe> is an object, not a text"
    );
}
