//! What the members of a farm have to agree about changes while it serves: its timing, and the networks on which
//! they hear each other for the module.

use anyhow::{Result, anyhow, ensure};
use evenkeel_lab::farm::files::ModuleFiles;
use evenkeel_lab::farm::plan::{self, Family, node_name};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::impair::Talk;
use evenkeel_lab::isolate::World;

use crate::expect::first_round;
use crate::live::intact;
use crate::with_farm;

/// The network beside the first one.
const LAN: &str = "backup";

/// Slower and faster ones than by default, which is what the last one sets.
const TIMINGS: [&str; 4] = [
    r#" pulse="50" slost_count="20" mlost_count="30""#,
    r#" pulse="5" slost_count="100" mlost_count="10""#,
    r#" pulse="200" slost_count="3" mlost_count="3""#,
    "",
];

/// The timing changes back and forth, then the networks: no view changes, and nobody who connects or is connected
/// notices. A network on which a node is not heard is refused by the node's name.
pub(crate) fn timing_and_lans(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        second_segment: true,
        ..options
    };
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    let files = Setup::dual(options.mode, rules).files(MODULE);
    with_farm(world, options, async |farm| {
        let api = farm.api(2)?;
        let added = api.add_lan(LAN, farm.numbers()).await?;
        ensure!(added.is_ok(), "{added:?}");
        api.configure(MODULE, files.clone()).await?;
        farm.start_module().await?;
        farm.settled(&[1, 2, 3], PATIENCE).await?;
        let before = views(farm).await?;
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        for timing in TIMINGS {
            first_round(&steady, Family::V4).await?;
            api.configure(MODULE, with(&files, timing, &["default"]))
                .await?;
        }
        for lans in [&["default", LAN][..], &[LAN], &["default"], &[LAN]] {
            first_round(&steady, Family::V4).await?;
            api.configure(MODULE, with(&files, "", lans)).await?;
        }
        // The first network is nothing to the module any more.
        farm.silence(3, &Talk::BOTH).await?;
        first_round(&steady, Family::V4).await?;
        let back = with(&files, "", &["default"]);
        let Err(refusal) = api.try_configure(MODULE, back).await? else {
            return Err(anyhow!("a network on which a node is not heard was taken"));
        };
        let words = "answers on no <lan> that <farm> is to have (default)";
        ensure!(
            refusal.kind.ends_with("wrong-state") && refusal.detail.contains(words),
            "{refusal}"
        );
        intact(farm, steady, held).await?;
        let after = views(farm).await?;
        ensure!(
            after == before,
            "the views are {after:?} and were {before:?}"
        );
        Ok(())
    })
}

/// The module with this timing and these networks in its `<farm>`.
fn with(files: &ModuleFiles, timing: &str, lans: &[&str]) -> ModuleFiles {
    let lans: String = lans
        .iter()
        .map(|lan| format!(r#"<lan name="{lan}"/>"#))
        .collect();
    let farm = format!("<farm{timing}>{lans}</farm>");
    let mut files = files.clone();
    let usual = r#"<farm><lan name="default"/></farm>"#;
    files.userconfig = files.userconfig.replace(usual, &farm);
    files
}

/// The view in force at each node.
async fn views(farm: &Farm) -> Result<Vec<String>> {
    let mut views = Vec::new();
    for number in farm.numbers() {
        let status = farm.api(number)?.status(MODULE, &node_name(number)).await?;
        views.push(format!("{:?}", status.epoch));
    }
    Ok(views)
}
