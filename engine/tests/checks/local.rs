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
fn interfaces_and_virtual_addresses_are_looked_at_unless_told_otherwise() {
    in_namespace(async || {
        let mut pre = Bench::implied(CheckWhen::Pre);
        pre.is_up("intf.10.9.0.0").await;
        let mut both = Bench::implied(CheckWhen::Both);
        both.is_down("ip.10.9.0.99").await;
        ip("address add 10.9.0.99/32 dev v0");
        both.is_up("ip.10.9.0.99").await;
        ip("link set v1 down");
        assert_eq!(pre.is_down("intf.10.9.0.0").await, "v0 has no link");
    });
}
