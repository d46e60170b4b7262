//! A module whose checkers run, and what they report.

use std::collections::BTreeMap;
use std::time::Duration;

use evenkeel_core::config::model::{Check, CheckWhen, HttpProbe, ModuleConfig, Probe};
use evenkeel_core::config::read_module;
use evenkeel_engine::checks::{Checks, Report, Site};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// Longer than anything here takes on the busiest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// Running checkers.
pub(crate) struct Bench {
    _checks: Checks,
    reports: mpsc::Receiver<Report>,
}

impl Bench {
    /// Starts the checkers of time `when` in these elements of a `<service>`.
    pub(crate) fn start(elements: &str, when: CheckWhen) -> Self {
        let (tell, reports) = mpsc::channel(16);
        let site = Site {
            runtime: Handle::current(),
            reports: tell,
        };
        Self {
            _checks: Checks::start(&site, &config(elements), when),
            reports,
        }
    }

    /// Starts the checkers that run with the application.
    pub(crate) fn both(elements: &str) -> Self {
        Self::start(elements, CheckWhen::Both)
    }

    /// The next report.
    pub(crate) async fn next(&mut self) -> Report {
        let report = tokio::time::timeout(DEADLINE, self.reports.recv()).await;
        report.expect("a report").expect("the checkers run")
    }

    /// The next report says that this resource is up.
    pub(crate) async fn is_up(&mut self, resource: &str) {
        let report = self.next().await;
        let found = (report.resource.as_str(), report.reason.as_deref());
        assert_eq!(found, (resource, None));
    }

    /// The next report says that this resource is down, and why.
    pub(crate) async fn is_down(&mut self, resource: &str) -> String {
        let report = self.next().await;
        let found = (report.resource.as_str(), report.up);
        assert_eq!(found, (resource, false), "{report:?}");
        report.reason.expect("a reason")
    }
}

/// A module with virtual address 10.9.0.99 and these elements.
fn config(elements: &str) -> ModuleConfig {
    let text = format!(
        r#"<safe><service mode="farm"><farm><lan name="default"/></farm>
        <vip><interface_list><interface check="off" arpreroute="off">
        <virtual_interface type="vmac_directed"><virtual_addr addr="10.9.0.99" where="alias"/>
        </virtual_interface></interface></interface_list>
        <loadbalancing_list><group name="web"><rule port="80" proto="tcp" filter="on_addr"/></group>
        </loadbalancing_list></vip>{elements}</service></safe>"#
    );
    let (config, problems) = read_module(&text, &BTreeMap::new(), &BTreeMap::new(), None);
    let mut config = config.unwrap_or_else(|| panic!("{problems:?}"));
    config.checks.iter_mut().for_each(hurry);
    config
}

/// Shorter times than a file can say.
fn hurry(check: &mut Check) {
    let (often, soon) = (Duration::from_millis(50), Duration::from_millis(500));
    match &mut check.probe {
        Probe::Tcp {
            interval, timeout, ..
        }
        | Probe::Ping {
            interval, timeout, ..
        }
        | Probe::Module {
            interval, timeout, ..
        }
        | Probe::Http(HttpProbe {
            interval, timeout, ..
        }) => (*interval, *timeout) = (often, soon),
        Probe::Ip { interval, .. } => *interval = often,
        Probe::Intf { .. } | Probe::Custom { .. } => {}
    }
}
