//! Every model survives being written and read, in both notations.

use evenkeel_core::config::problem::Severity;
use evenkeel_core::config::{
    Json, Kind, cluster_json, json_to_xml, module_json, read_cluster, read_cluster_json,
    read_module, read_module_json, write_cluster, write_module, xml_to_json,
};
use proptest::prelude::*;

use crate::{lines, macros, models};

fn over_the_wire(json: &Json) -> Json {
    serde_json::from_str(&serde_json::to_string(json).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn of_a_module(config in models::module_config()) {
        let none = macros(&[]);
        let text = write_module(&config);
        let (read, mut problems) = read_module(&text, &none, &none, None);
        problems.retain(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(lines(&problems), "", "{}", text);
        prop_assert_eq!(read.as_ref(), Some(&config), "{}", text);

        let json = over_the_wire(&module_json(&config));
        prop_assert_eq!(xml_to_json(&text, Kind::Module), Ok(json.clone()));
        prop_assert_eq!(json_to_xml(&json, Kind::Module), Ok(text));
        let (read, _) = read_module_json(&json, &none, &none, None);
        prop_assert_eq!(read, Some(config));
    }

    #[test]
    fn of_a_cluster(config in models::cluster_config()) {
        let text = write_cluster(&config);
        let (read, problems) = read_cluster(&text);
        prop_assert_eq!(read.as_ref(), Some(&config), "{}{}", text, lines(&problems));
        let json = over_the_wire(&cluster_json(&config));
        prop_assert_eq!(read_cluster_json(&json).0, Some(config));
        prop_assert_eq!(json_to_xml(&json, Kind::Cluster), Ok(text));
    }

    /// The recordings of a node hold models under serde.
    #[test]
    fn of_a_recording(config in models::module_config()) {
        let text = serde_json::to_string(&config).unwrap();
        prop_assert_eq!(serde_json::from_str::<evenkeel_core::config::model::ModuleConfig>(&text).unwrap(), config);
    }
}
