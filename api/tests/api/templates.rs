//! Templates through the generated client: listed, and made into modules.

use crate::common::{Farm, problem};
use crate::namespace::in_namespace;
use evenkeel_client::types::{NewModule, ProblemType};

fn new(name: &str, template: &str, macros: &[(&str, &str)]) -> NewModule {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    NewModule {
        name: name.to_owned(),
        template: template.to_owned(),
        macros: macros.iter().map(owned).collect(),
    }
}

#[tokio::test]
async fn a_template_says_which_macros_it_needs() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let list = client.list_templates().send().await.unwrap();
    let names: Vec<_> = list.templates.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["apache_farm", "farm", "nginx_farm", "systemd_farm"]);
    let nginx = &list.templates[2];
    let value = |name: &str| {
        let one = nginx.macros.iter().find(|one| one.name == name);
        one.expect("the macro is listed").value.as_deref()
    };
    assert_eq!((value("VIRTUAL_IP"), value("PORT")), (None, Some("80")));
}

#[tokio::test]
async fn what_a_template_needs_and_does_not_have_is_told() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let create = async |body: NewModule| problem(client.create_module().body(body).send().await);
    let none = create(new("web", "iis_farm", &[])).await;
    assert_eq!(
        (none.type_, none.status),
        (ProblemType::ProblemsUnknownTemplate, 404)
    );
    assert!(none.detail.contains("nginx_farm"), "{}", none.detail);
    let open = create(new("web", "nginx_farm", &[])).await;
    assert_eq!(open.type_, ProblemType::ProblemsInvalidConfiguration);
    assert!(
        open.detail.contains("VIRTUAL_IP_TO_BE_DEFINED"),
        "{}",
        open.detail
    );
    let typo = create(new("web", "nginx_farm", &[("VIRTUALIP", "192.0.2.1")])).await;
    assert_eq!(typo.problems[0].path, "macros.VIRTUALIP");
    // Loopback has no room for a virtual address.
    let macros = [("VIRTUAL_IP", "203.0.113.9")];
    let elsewhere = create(new("web", "nginx_farm", &macros)).await;
    assert_eq!(elsewhere.type_, ProblemType::ProblemsNoLocalNetwork);
}

#[test]
fn a_template_becomes_a_module_on_all_nodes() {
    in_namespace(async || {
        let farm = Farm::start(2).await;
        let client = farm.client(0).await;
        let web = || new("web", "nginx_farm", &[("VIRTUAL_IP", "10.9.0.99")]);
        let dry = client
            .create_module()
            .dry_run(true)
            .body(web())
            .send()
            .await;
        assert!(dry.unwrap().dry_run);
        let mut revisions = Vec::new();
        // The second time completes the first, and changes nothing.
        for _ in 0..2 {
            let made = client.create_module().body(web()).send().await.unwrap();
            assert!(made.complete && made.warnings.is_empty(), "{made:?}");
            revisions.push(made.revision);
        }
        assert_eq!(revisions, [1, 1]);
        let config = client
            .get_module_config()
            .module("web")
            .send()
            .await
            .unwrap();
        let scripts: Vec<_> = config.scripts.keys().map(String::as_str).collect();
        assert_eq!(scripts, ["functions.sh", "start_both", "stop_both"]);
        let other = new("web", "farm", &[]);
        let taken = problem(client.create_module().body(other).send().await);
        assert_eq!(
            (taken.type_, taken.status),
            (ProblemType::ProblemsAlreadyExists, 409)
        );
    });
}
