//! Files without problems, and what the model makes of them.

use evenkeel_core::config::model::{
    ClusterConfig, ModuleConfig, Rule, ServiceMode, Timing, VipConfig,
};
use evenkeel_core::config::{read_cluster, read_module};

use crate::{assert_golden, cluster, data, lines, macros, pretty};

fn module(text: &str) -> ModuleConfig {
    let none = macros(&[]);
    let (config, problems) = read_module(text, &none, &none, Some(&cluster()));
    config.unwrap_or_else(|| panic!("{}", lines(&problems)))
}

#[test]
fn a_module_with_everything_that_has_an_effect() {
    let text = data("good-userconfig.xml");
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, Some(&cluster()));
    assert_eq!(lines(&problems), "");
    let json = pretty(&config.unwrap());
    assert_golden("good-userconfig.json", &json);
    let back: ModuleConfig = serde_json::from_str(&json).unwrap();
    assert_eq!(back, module(&text));
}

#[test]
fn rules_for_lists_of_ports_both_families_and_all_protocols() {
    let text = data("good-rules.xml");
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, Some(&cluster()));
    assert_eq!(lines(&problems), "");
    let json = pretty(&config.unwrap().vip);
    assert_golden("good-rules.json", &json);
    let back: Option<VipConfig> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, module(&text).vip);
}

#[test]
fn a_rule_has_no_field_that_is_unknown() {
    let rule = |ports: &str| {
        let text = format!(r#"{{"virtual_addr":null,{ports},"proto":"tcp","filter":"on_addr"}}"#);
        serde_json::from_str::<Rule>(&text)
    };
    assert!(rule(r#""ports":[{"first":80,"last":90}]"#).is_ok());
    for wrong in [
        r#""port":80"#,
        r#""ports":[80]"#,
        r#""ports":[{"first":80,"last":90,"step":2}]"#,
        r#""ports":[{"first":80,"last":65536}]"#,
    ] {
        assert!(rule(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_cluster_whose_first_lan_lacks_a_node() {
    let (config, problems) = read_cluster(&data("good-cluster.xml"));
    assert_eq!(lines(&problems), "");
    let json = pretty(&config.unwrap());
    assert_golden("good-cluster.json", &json);
    assert!(serde_json::from_str::<ClusterConfig>(&json).is_ok());
}

#[test]
fn the_smallest_farm_has_the_defaults() {
    let farm = r#"<farm><lan name="default"/></farm>"#;
    let text = format!(r#"<safe><service mode="farm">{farm}<user/></service></safe>"#);
    assert_golden("smallest-userconfig.json", &pretty(&module(&text)));
}

#[test]
fn a_light_module_has_no_farm() {
    let config = module(r#"<safe><service mode="light"><user/></service></safe>"#);
    assert_eq!((config.mode, config.farm), (ServiceMode::Light, None));
}

#[test]
fn timing_that_the_farm_leaves_open_is_the_cluster_s() {
    let mut cluster = cluster();
    cluster.timing.mlost_count = 77;
    let none = macros(&[]);
    let text = data("good-userconfig.xml");
    let timing = |cluster| {
        read_module(&text, &none, &none, cluster)
            .0
            .unwrap()
            .farm
            .unwrap()
            .timing
    };
    assert_eq!(timing(Some(&cluster)).unwrap().mlost_count, 77);
    assert_eq!(
        timing(None).unwrap().mlost_count,
        Timing::default().mlost_count
    );
}

#[test]
fn without_a_cluster_its_names_are_not_checked() {
    let text = data("good-userconfig.xml")
        .replace("default", "another")
        .replace("node2", "x");
    let none = macros(&[]);
    assert!(read_module(&text, &none, &none, None).0.is_some());
}

#[test]
fn macros_come_from_the_caller_then_the_file_then_the_environment() {
    let text = data("good-userconfig.xml").replace(" 100% of %PORT% ", "%PORT%/%HOME%/%A%B%/%%");
    let value = |text: &str, given: &[_]| {
        let environment = macros(&[("HOME", "/h"), ("PORT", "1"), ("A", "%PORT%")]);
        let (config, problems) = read_module(text, &macros(given), &environment, None);
        config
            .unwrap_or_else(|| panic!("{}", lines(&problems)))
            .user
            .unwrap()
            .vars[0]
            .1
            .clone()
    };
    assert_eq!(value(&text, &[]), "8080//h/%PORT%B%/%%");
    assert_eq!(
        value(&text, &[("PORT", "9"), ("HOME", "x")]),
        "9/x/%PORT%B%/%%"
    );
    let without = text
        .replace("<macro", "<!-- macro")
        .replace("8080\"/>", "8080\" -->");
    assert_eq!(value(&without, &[]), "1//h/%PORT%B%/%%");
}

#[test]
fn a_byte_order_mark_and_comments_before_the_document_type_are_fine() {
    let body = r#"<safe><service mode="light"/></safe>"#;
    module(&format!(
        "\u{feff}<?xml version='1.0'?>\n<!-- > --> <!DOCTYPE\n safe >\n{body}"
    ));
}
