//! The seed's `userconfig.xml` reads unchanged once its two macros are given.

use evenkeel_core::config::read_module;

use crate::{assert_golden, cluster, data, lines, macros, pretty};

#[test]
fn with_its_macros_the_seed_is_a_module() {
    let given = macros(&[("VIRTUAL_IP", "192.168.56.20"), ("IIS_PORT", "80")]);
    let text = data("seed-userconfig.xml");
    let (config, problems) = read_module(&text, &given, &macros(&[]), Some(&cluster()));
    assert_golden("seed-warnings.txt", &lines(&problems));
    assert_golden("seed-userconfig.json", &pretty(&config.unwrap()));
}

#[test]
fn without_its_macros_every_place_that_uses_them_is_named() {
    let none = macros(&[]);
    let text = data("seed-userconfig.xml");
    let (config, problems) = read_module(&text, &none, &none, Some(&cluster()));
    assert_eq!(config, None);
    assert_golden("seed-problems.txt", &lines(&problems));
}
