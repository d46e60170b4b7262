//! A module put together by a test: interfaces with virtual addresses, groups with powers and
//! rules, and the service behind them; from it come `userconfig.xml` and the scripts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use super::files::ModuleFiles;
use super::options::Mode;
use super::plan::{self, Family, Net};

/// A module's configuration.
#[derive(Clone, Debug)]
pub struct Setup {
    /// One per network interface with virtual addresses.
    pub interfaces: Vec<Interface>,
    /// The groups.
    pub groups: Vec<Group>,
    /// Ports on which the service speaks HTTP, at every virtual address.
    pub http: Vec<u16>,
    /// Ports on which the service answers UDP, at every virtual address.
    pub udp: Vec<u16>,
}

/// An `<interface>`.
#[derive(Clone, Debug)]
pub struct Interface {
    /// `<virtual_interface type>`.
    pub mode: Mode,
    /// `arpreroute`.
    pub arpreroute: bool,
    /// The virtual addresses.
    pub addrs: Vec<IpAddr>,
}

/// A `<group>`.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Powers of nodes by number; empty: all nodes, equal.
    pub powers: Vec<(u8, u32)>,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// A `<rule>`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `tcp`, `udp` or `arp`.
    pub proto: &'static str,
    /// Ports as the file writes them; none for ARP.
    pub ports: Option<String>,
    /// `on_addr` or `on_port`.
    pub filter: &'static str,
    /// Only for this virtual address.
    pub addr: Option<IpAddr>,
}

impl Rule {
    /// A TCP rule for all virtual addresses.
    pub fn tcp(ports: impl ToString, filter: &'static str) -> Self {
        Self::new("tcp", Some(ports.to_string()), filter)
    }

    /// A UDP rule for all virtual addresses.
    pub fn udp(ports: impl ToString, filter: &'static str) -> Self {
        Self::new("udp", Some(ports.to_string()), filter)
    }

    /// The ARP rule.
    pub fn arp() -> Self {
        Self::new("arp", None, "on_addr")
    }

    /// The same for one virtual address.
    pub fn at(mut self, addr: IpAddr) -> Self {
        self.addr = Some(addr);
        self
    }

    const fn new(proto: &'static str, ports: Option<String>, filter: &'static str) -> Self {
        Self {
            proto,
            ports,
            filter,
            addr: None,
        }
    }
}

impl Group {
    /// A group of all nodes, with equal powers.
    pub fn new(name: &str, rules: Vec<Rule>) -> Self {
        Self {
            name: name.to_owned(),
            powers: Vec::new(),
            rules,
        }
    }
}

impl Setup {
    /// Both families' virtual addresses on the first segment, one group with these rules; HTTP at
    /// the usual port.
    pub fn dual(mode: Mode, rules: Vec<Rule>) -> Self {
        Self {
            interfaces: vec![Interface::both(mode, Net::First, &[100])],
            groups: vec![Group::new("web", rules)],
            http: vec![plan::SERVICE_PORT],
            udp: Vec::new(),
        }
    }

    /// What is given to the API for the module of this name.
    pub fn files(&self, module: &str) -> ModuleFiles {
        let scripts = [
            ("start_both", self.start_script(module)),
            ("stop_both", stop_script(module)),
        ];
        ModuleFiles {
            userconfig: self.userconfig(),
            macros: BTreeMap::new(),
            scripts: scripts.map(|(name, text)| (name.to_owned(), text)).into(),
        }
    }

    /// The text of `userconfig.xml`.
    pub fn userconfig(&self) -> String {
        let mut xml = String::from(
            "<safe>\n<service mode=\"farm\">\n<farm><lan name=\"default\"/></farm>\n<vip>\n\
             <interface_list>\n",
        );
        for interface in &self.interfaces {
            interface.write(&mut xml);
        }
        xml.push_str("</interface_list>\n<loadbalancing_list>\n");
        for group in &self.groups {
            group.write(&mut xml);
        }
        xml.push_str("</loadbalancing_list>\n</vip>\n<user/>\n</service>\n</safe>\n");
        xml
    }

    fn start_script(&self, module: &str) -> String {
        let mut options = String::new();
        for addr in self.interfaces.iter().flat_map(|one| &one.addrs) {
            for (option, ports) in [("listen", &self.http), ("udp", &self.udp)] {
                for port in ports {
                    let at = SocketAddr::new(*addr, *port);
                    // Writing to a string cannot fail.
                    let _infallible = write!(options, " '--{option}={at}'");
                }
            }
        }
        format!(
            "#!/bin/sh\n. \"$(dirname \"$0\")/../../../lab.env\"\n\
             exec \"$LAB\" serve --name \"$LAB_NODE\" --pid-file \"$LAB_PID_FILE{}\"{options}\n",
            pid_suffix(module)
        )
    }
}

impl Interface {
    /// Virtual addresses of both families on a network, by host.
    pub fn both(mode: Mode, net: Net, hosts: &[u8]) -> Self {
        let of = |family: Family| hosts.iter().map(move |host| net.host(family, *host));
        Self {
            mode,
            arpreroute: false,
            addrs: Family::ALL.into_iter().flat_map(of).collect(),
        }
    }

    fn write(&self, xml: &mut String) {
        let reroute = if self.arpreroute { "on" } else { "off" };
        let _infallible = writeln!(
            xml,
            "<interface check=\"off\" arpreroute=\"{reroute}\">\n\
             <virtual_interface type=\"vmac_{}\">",
            self.mode
        );
        for addr in &self.addrs {
            let _infallible = writeln!(
                xml,
                "<virtual_addr addr=\"{addr}\" where=\"alias\" check=\"off\"/>"
            );
        }
        xml.push_str("</virtual_interface>\n</interface>\n");
    }
}

impl Group {
    fn write(&self, xml: &mut String) {
        let _infallible = writeln!(xml, "<group name=\"{}\">", self.name);
        if !self.powers.is_empty() {
            xml.push_str("<cluster>");
            for (number, power) in &self.powers {
                let name = plan::node_name(*number);
                let _infallible = write!(xml, "<host name=\"{name}\" power=\"{power}\"/>");
            }
            xml.push_str("</cluster>\n");
        }
        for rule in &self.rules {
            let addr = rule.addr.map(|addr| format!(" virtual_addr=\"{addr}\""));
            let ports = rule
                .ports
                .as_ref()
                .map(|ports| format!(" port=\"{ports}\""));
            let _infallible = writeln!(
                xml,
                "<rule{}{} proto=\"{}\" filter=\"{}\"/>",
                addr.unwrap_or_default(),
                ports.unwrap_or_default(),
                rule.proto,
                rule.filter
            );
        }
        xml.push_str("</group>\n");
    }
}

fn stop_script(module: &str) -> String {
    let suffix = pid_suffix(module);
    format!(
        "#!/bin/sh\n. \"$(dirname \"$0\")/../../../lab.env\"\n\
         [ \"$1\" = force ] && force=--force || force=\n\
         exec \"$LAB\" unserve --pid-file \"$LAB_PID_FILE{suffix}\" $force\n"
    )
}

/// What the pid file's name ends with: every module has a service of its own.
pub(super) fn pid_suffix(module: &str) -> String {
    if module == super::MODULE {
        String::new()
    } else {
        format!("-{module}")
    }
}
