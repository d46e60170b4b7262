//! `<intf>` and `<ip>`: told as soon as the kernel tells.

use evenkeel_core::config::model::CheckWhen;

use crate::bench::Bench;
use crate::common::{in_namespace, ip};

#[test]
fn an_interface_is_down_without_its_cable() {
    in_namespace(async || {
        let check = r#"<check><intf ident="10.9.0.0" when="pre"><to local_addr="10.9.0.1"/></intf>
                       </check>"#;
        let mut bench = Bench::start(check, CheckWhen::Pre);
        bench.is_up("intf.10.9.0.0").await;
        ip("link set v1 down");
        assert_eq!(bench.is_down("intf.10.9.0.0").await, "v0 has no link");
        ip("link set v1 up");
        bench.is_up("intf.10.9.0.0").await;
        ip("address del 10.9.0.1/24 dev v0");
        let reason = bench.is_down("intf.10.9.0.0").await;
        assert_eq!(reason, "no interface has the address 10.9.0.1");
        ip("address add 10.9.0.1/24 dev v0");
        bench.is_up("intf.10.9.0.0").await;
        ip("link set v0 down");
        assert_eq!(bench.is_down("intf.10.9.0.0").await, "v0 has no link");
    });
}

#[test]
fn an_address_is_missed() {
    in_namespace(async || {
        let check = r#"<check><ip ident="db" when="both"><to addr="10.9.0.50"/></ip></check>"#;
        let mut bench = Bench::both(check);
        let missing = "10.9.0.50 is configured on no interface";
        assert_eq!(bench.is_down("ip.db").await, missing);
        ip("address add 10.9.0.50/32 dev v0");
        bench.is_up("ip.db").await;
        ip("address del 10.9.0.50/32 dev v0");
        assert_eq!(bench.is_down("ip.db").await, missing);
    });
}

#[test]
fn a_virtual_address_is_awaited_before_it_is_missed() {
    in_namespace(async || {
        let check = r#"<check><ip ident="vip" when="both"><to addr="10.9.0.99"/></ip></check>"#;
        let mut bench = Bench::both(check);
        bench.is_up("ip.vip").await;
        // Again and again, as one change may be over before the checker has looked.
        let mut changes = ["add", "del"].into_iter().cycle();
        let report = loop {
            ip(&format!(
                "address {} 10.9.0.99/32 dev v0",
                changes.next().unwrap()
            ));
            if let Some(report) = bench.soon().await {
                break report;
            }
        };
        let missing = "10.9.0.99 is configured on no interface";
        assert_eq!(report.reason.as_deref(), Some(missing));
    });
}
