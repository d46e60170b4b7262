//! The rules that give a module's packets to its queue, written by `nft` or by `iptables`.
//!
//! ```text
//! PREROUTING, first:  to a virtual address, in a broadcast frame  → drop
//!                     to a virtual address                        → queue, no bypass
//!                     on the virtual interface, anything else     → drop
//! ```
//!
//! Without bypass: a queue that nobody reads drops, which is the fence when the daemon dies. The
//! rules name no interface but `lo`, so that a virtual address is behind them wherever its packets
//! come in; what came in where no module is goes on to the stack, as it does past the eBPF filter.
//! The kernel does not say in what kind of frame a queued packet came, hence the first rule. The
//! stack itself ends frames to other hosts before any rule.
//!
//! A module's rules stand in a chain (iptables) or table (nft) of their own that is replaced in one
//! transaction. `nft` puts them before the reassembly of fragments; with `iptables` a fragment that
//! the kernel reassembles for connection tracking comes as a whole.

use std::net::IpAddr;

use super::label::Label;
use super::program::run;
use crate::limits;

/// Where packets to the virtual addresses go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nowhere.
    Drop,
    /// To this queue.
    Queue(u16),
}

/// A module's rules.
#[derive(Clone, Debug)]
pub(super) struct Rules<'a> {
    /// Their names.
    pub(super) label: &'a Label,
    /// The virtual addresses.
    pub(super) addrs: &'a [IpAddr],
    /// The virtual interfaces, on which nothing but virtual addresses is welcome.
    pub(super) closed: &'a [String],
    /// Where the packets go.
    pub(super) target: Target,
}

/// Who writes rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    /// `nft`.
    Nft,
    /// `iptables` and `ip6tables`.
    Iptables,
    /// `iptables-legacy` and `ip6tables-legacy`, where the others speak to a kernel's part that is
    /// not there.
    IptablesLegacy,
}

/// IPv4 or IPv6, which have separate tables in iptables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

/// What of a module's rules is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    /// Its chain.
    chain: bool,
    /// The jump to it.
    jump: bool,
}

/// Name of the chain that a trial makes and removes.
const TRIAL: &str = "evenkeel-trial";

impl Writer {
    /// The first that can give packets to a queue here, by trial, and why not one before it.
    ///
    /// # Errors
    ///
    /// The reasons of all.
    pub(super) fn choose() -> Result<(Self, Vec<String>), Vec<String>> {
        let mut refusals = Vec::new();
        for writer in [Self::Nft, Self::Iptables, Self::IptablesLegacy] {
            match writer.try_out() {
                Ok(()) => return Ok((writer, refusals)),
                Err(refusal) => refusals.push(refusal),
            }
        }
        Err(refusals)
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nft => "nft",
            Self::Iptables => "iptables",
            Self::IptablesLegacy => "iptables-legacy",
        }
    }

    /// Makes a rule that no packet meets, and removes it.
    fn try_out(self) -> Result<(), String> {
        if self == Self::Nft {
            // One transaction: the kernel judges the rule, and nothing of it is ever in force.
            let text = format!(
                "add table inet {TRIAL}\n\
                 add chain inet {TRIAL} unused\n\
                 add rule inet {TRIAL} unused meta pkttype host queue num 0\n\
                 delete table inet {TRIAL}\n"
            );
            return run("nft", &["-f", "-"], &text).map(drop);
        }
        for family in [Family::V4, Family::V6] {
            let made = format!(
                "*raw\n:{TRIAL} - [0:0]\n-A {TRIAL} -m pkttype --pkt-type unicast \
                 -m comment --comment \"{TRIAL}\" -j NFQUEUE --queue-num 0\nCOMMIT\n"
            );
            self.restore(family, &made)?;
            self.restore(family, &format!("*raw\n-F {TRIAL}\n-X {TRIAL}\nCOMMIT\n"))?;
        }
        Ok(())
    }

    /// Whether rules of the module are in force, left by a killed daemon.
    pub(super) fn has(self, label: &Label) -> bool {
        match self {
            Self::Nft => run("nft", &["list", "table", "inet", &label.chain()], "").is_ok(),
            Self::Iptables | Self::IptablesLegacy => [Family::V4, Family::V6]
                .into_iter()
                .any(|family| self.find(family, label).chain),
        }
    }

    /// Puts the rules in force in place of the module's former ones.
    ///
    /// # Errors
    ///
    /// What the tool says.
    pub(super) fn put(self, rules: &Rules<'_>) -> Result<(), String> {
        if self == Self::Nft {
            return run("nft", &["-f", "-"], &nft_text(rules)).map(drop);
        }
        for family in [Family::V4, Family::V6] {
            let found = self.find(family, rules.label);
            if rules.concern(family) {
                self.restore(family, &iptables_text(family, rules, found))?;
            } else if found.chain {
                self.restore(family, &iptables_removal(rules.label, found))?;
            }
        }
        Ok(())
    }

    /// Removes the module's rules; none are fine.
    ///
    /// # Errors
    ///
    /// What the tool says; all that could be removed is.
    pub(super) fn remove(self, label: &Label) -> Result<(), String> {
        if self == Self::Nft {
            // Deleting what is not there fails, and adding what is there does not.
            let table = label.chain();
            let text = format!("add table inet {table}\ndelete table inet {table}\n");
            return run("nft", &["-f", "-"], &text).map(drop);
        }
        let mut result = Ok(());
        for family in [Family::V4, Family::V6] {
            let found = self.find(family, label);
            if found.chain {
                result = result.and(self.restore(family, &iptables_removal(label, found)));
            }
        }
        result
    }

    /// What is there of the module; nothing where the family's tool does not work.
    fn find(self, family: Family, label: &Label) -> Found {
        let program = self.program(family, "");
        let args = ["-w", limits::RULES_LOCK_WAIT_S, "-t", "raw", "-S"];
        let listed = run(&program, &args, "").unwrap_or_default();
        let chain = label.chain();
        let (made, jumps) = (format!("-N {chain}"), format!("-j {chain}"));
        Found {
            chain: listed.lines().any(|line| line == made),
            jump: listed
                .lines()
                .any(|line| line.starts_with("-A PREROUTING ") && line.ends_with(&jumps)),
        }
    }

    fn restore(self, family: Family, text: &str) -> Result<(), String> {
        let program = self.program(family, "-restore");
        let args = ["-w", limits::RULES_LOCK_WAIT_S, "--noflush"];
        run(&program, &args, text).map(drop)
    }

    fn program(self, family: Family, ending: &str) -> String {
        let kind = if self == Self::IptablesLegacy {
            "-legacy"
        } else {
            ""
        };
        match family {
            Family::V4 => format!("iptables{kind}{ending}"),
            Family::V6 => format!("ip6tables{kind}{ending}"),
        }
    }
}

impl Rules<'_> {
    fn addrs(&self, family: Family) -> impl Iterator<Item = &IpAddr> {
        let is_v6 = family == Family::V6;
        self.addrs
            .iter()
            .filter(move |addr| addr.is_ipv6() == is_v6)
    }

    fn concern(&self, family: Family) -> bool {
        !self.closed.is_empty() || self.addrs(family).next().is_some()
    }
}

/// One transaction that replaces a module's table.
fn nft_text(rules: &Rules<'_>) -> String {
    let table = rules.label.chain();
    let comment = format!("comment \"{}\"", rules.label.comment());
    let target = match rules.target {
        Target::Drop => "drop".to_owned(),
        Target::Queue(number) => format!("queue num {number}"),
    };
    let mut lines = String::new();
    for addr in rules.addrs {
        let to = match addr {
            IpAddr::V4(addr) => format!("iifname != \"lo\" ip daddr {addr}"),
            IpAddr::V6(addr) => format!("iifname != \"lo\" ip6 daddr {addr}"),
        };
        lines += &format!("{to} meta pkttype != host drop {comment}\n{to} {target} {comment}\n");
    }
    for interface in rules.closed {
        lines += &format!("iifname \"{interface}\" drop {comment}\n");
    }
    format!(
        "add table inet {table}\n\
         delete table inet {table}\n\
         table inet {table} {{\n\
         chain prerouting {{\n\
         type filter hook prerouting priority -450; policy accept;\n\
         {lines}}}\n}}\n"
    )
}

/// One transaction that replaces a module's chain in one family.
fn iptables_text(family: Family, rules: &Rules<'_>, found: Found) -> String {
    let chain = rules.label.chain();
    let comment = format!("-m comment --comment \"{}\"", rules.label.comment());
    let target = match rules.target {
        Target::Drop => "DROP".to_owned(),
        Target::Queue(number) => format!("NFQUEUE --queue-num {number}"),
    };
    // Naming a chain makes it, or empties it.
    let mut text = format!("*raw\n:{chain} - [0:0]\n");
    for addr in rules.addrs(family) {
        let to = format!("-A {chain} -d {addr} ! -i lo {comment}");
        text += &format!("{to} -m pkttype ! --pkt-type unicast -j DROP\n{to} -j {target}\n");
    }
    for interface in rules.closed {
        text += &format!("-A {chain} -i {interface} {comment} -j DROP\n");
    }
    if found.jump {
        // Back to the first place, where somebody put other rules before it.
        text += &format!("-D PREROUTING {comment} -j {chain}\n");
    }
    text += &format!("-I PREROUTING 1 {comment} -j {chain}\nCOMMIT\n");
    text
}

fn iptables_removal(label: &Label, found: Found) -> String {
    let chain = label.chain();
    let comment = label.comment();
    let jump = if found.jump {
        format!("-D PREROUTING -m comment --comment \"{comment}\" -j {chain}\n")
    } else {
        String::new()
    };
    format!("*raw\n{jump}-F {chain}\n-X {chain}\nCOMMIT\n")
}

#[cfg(test)]
mod tests {
    use std::thread;

    use evenkeel_core::ids::{ModuleName, NodeId};
    use nix::sched::{CloneFlags, unshare};
    use nix::unistd::geteuid;

    use super::*;

    fn label(module: &str) -> Label {
        let module = ModuleName::try_from(module.to_owned()).unwrap();
        Label::new(NodeId::new(1).unwrap(), &module)
    }

    fn addrs() -> [IpAddr; 2] {
        ["10.0.0.9".parse().unwrap(), "fd00::9".parse().unwrap()]
    }

    #[test]
    fn nft_replaces_a_table_in_one_transaction() {
        let (label, addrs) = (label("web"), addrs());
        let closed = ["evk0-0".to_owned()];
        let text = nft_text(&Rules {
            label: &label,
            addrs: &addrs,
            closed: &closed,
            target: Target::Queue(7),
        });
        let table = label.chain();
        let comment = "comment \"evenkeel node 1 module web\"";
        let four = "iifname != \"lo\" ip daddr 10.0.0.9";
        let six = "iifname != \"lo\" ip6 daddr fd00::9";
        let expected = format!(
            "add table inet {table}\ndelete table inet {table}\ntable inet {table} {{\n\
             chain prerouting {{\ntype filter hook prerouting priority -450; policy accept;\n\
             {four} meta pkttype != host drop {comment}\n{four} queue num 7 {comment}\n\
             {six} meta pkttype != host drop {comment}\n{six} queue num 7 {comment}\n\
             iifname \"evk0-0\" drop {comment}\n}}\n}}\n"
        );
        assert_eq!(text, expected);
    }

    /// Runs a test as root in a network namespace that ends with its thread.
    fn in_namespace(test: fn()) {
        if !geteuid().is_root() {
            return;
        }
        let thread = thread::spawn(move || {
            unshare(CloneFlags::CLONE_NEWNET).unwrap();
            test();
        });
        thread.join().unwrap();
    }

    /// All rules of all kinds, as the tools list them.
    fn listed() -> String {
        let lists: [(&str, &[&str]); 5] = [
            ("nft", &["list", "ruleset"]),
            ("iptables-legacy", &["-t", "raw", "-S"]),
            ("ip6tables-legacy", &["-t", "raw", "-S"]),
            ("iptables", &["-t", "raw", "-S"]),
            ("ip6tables", &["-t", "raw", "-S"]),
        ];
        let listed = lists.map(|(program, args)| run(program, args, "").unwrap_or_default());
        listed.concat()
    }

    #[test]
    fn every_writer_puts_replaces_and_removes_rules() {
        in_namespace(|| {
            for writer in [Writer::Nft, Writer::Iptables, Writer::IptablesLegacy] {
                let (web, shop, addrs) = (label("web"), label("shop"), addrs());
                let rules = |label, addrs| Rules {
                    label,
                    addrs,
                    closed: &[],
                    target: Target::Drop,
                };
                assert!(!writer.has(&web), "{writer:?}");
                writer.put(&rules(&web, &addrs)).unwrap();
                writer.put(&rules(&shop, &addrs)).unwrap();
                assert!(writer.has(&web) && writer.has(&shop), "{writer:?}");
                assert!(listed().contains("fd00::9"), "{writer:?}");
                // Without the IPv6 address nothing of that family is left.
                writer.put(&rules(&web, &addrs[..1])).unwrap();
                writer.put(&rules(&shop, &addrs[..1])).unwrap();
                assert!(!listed().contains("fd00::9"), "{writer:?}");
                writer.remove(&web).unwrap();
                writer.remove(&web).unwrap();
                assert!(!writer.has(&web) && writer.has(&shop), "{writer:?}");
                writer.remove(&shop).unwrap();
                assert!(!listed().contains("evenkeel"), "{}", listed());
            }
        });
    }

    #[test]
    fn rules_without_their_jump_are_put_in_force_again() {
        in_namespace(|| {
            let (web, addrs) = (label("web"), addrs());
            let rules = Rules {
                label: &web,
                addrs: &addrs,
                closed: &[],
                target: Target::Drop,
            };
            let writer = Writer::Iptables;
            writer.put(&rules).unwrap();
            run("iptables", &["-t", "raw", "-F", "PREROUTING"], "").unwrap();
            writer.put(&rules).unwrap();
            let found = writer.find(Family::V4, &web);
            assert!(found.chain && found.jump);
            run("iptables", &["-t", "raw", "-F", "PREROUTING"], "").unwrap();
            writer.remove(&web).unwrap();
            assert!(!listed().contains("evenkeel"), "{}", listed());
        });
    }

    #[test]
    fn a_trial_leaves_nothing() {
        in_namespace(|| {
            let (writer, refusals) = Writer::choose().unwrap();
            assert!(!listed().contains("evenkeel"), "{writer:?} {refusals:?}");
        });
    }
}
