//! The acceptance tests of the farm model for checkers of one's own (C15 to C19): a program of the
//! module sets its resource by the daemon's local socket.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use evenkeel_lab::farm::files::{ModuleFiles, userconfig};
use evenkeel_lab::farm::plan::node_name;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;

use crate::checkers::{MAXLOOP, NODE, RESTARTED, STARTED_AGAIN, all_serve, given_up, with};
use crate::log::Log;
use crate::with_farm;

/// The checker: it looks for a file, and sets its resource when what it finds is something else.
const CHECKER: &str = r#"#!/bin/sh
said=
while :; do
    if [ -e "$SAFEUSERVAR/ill" ]; then found=down; else found=up; fi
    if [ "$found" != "$said" ] && evenkeel set -r "$2" -v "$found" -i disk-check; then
        said=$found
        REACTION
    fi
    sleep 0.1
done
"#;

/// What its log says of the checker.
pub(crate) const DOWN: &str = "Resource custom.disk set to down by disk-check";
pub(crate) const UP: &str = "Resource custom.disk set to up by disk-check";

/// C15 and C16: what is tested fails and is repaired.
pub(crate) fn c15_c16_wait(world: &World, options: FarmOptions) -> Result<()> {
    let check =
        r#"<check><custom ident="disk" when="pre" exec="disk-check" action="wait"/></check>"#;
    waits(world, options, check, "c_disk")
}

/// C17: the same by a failover rule of the configuration.
pub(crate) fn c17_rule(world: &World, options: FarmOptions) -> Result<()> {
    let check = r#"<check><custom ident="disk" when="pre" exec="disk-check" action="noaction"/></check>
        <failover><![CDATA[customid_failure: if (custom.disk == down) then wait();]]></failover>"#;
    waits(world, options, check, "customid_failure")
}

fn waits(world: &World, options: FarmOptions, elements: &str, rule: &str) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.api(1)?
            .configure(MODULE, files(options, elements, ""))
            .await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        let acts = format!("Action wait from failover rule {rule}");
        for _ in 0..MAXLOOP {
            fall_ill(farm)?;
            let lines = [DOWN, &acts, "Script stop_both", "Local state WAIT NotReady"];
            log.says(farm, &lines).await?;
            recover(farm)?;
            let lines = [
                UP,
                "Action wakeup from failover rule Implicit_wakeup",
                "Local state UP Ready",
            ];
            log.says(farm, &lines).await?;
        }
        all_serve(farm).await?;
        fall_ill(farm)?;
        given_up(farm, &mut log).await
    })
}

/// C18: the application fails the test, is restarted by its rule, and given up at last.
pub(crate) fn c18_restart(world: &World, options: FarmOptions) -> Result<()> {
    acts(world, options, "restart", RESTARTED)
}

/// C18 with a stopstart.
pub(crate) fn c18_stopstart(world: &World, options: FarmOptions) -> Result<()> {
    acts(world, options, "stopstart", STARTED_AGAIN)
}

fn acts(world: &World, options: FarmOptions, action: &str, then: &[&str]) -> Result<()> {
    with_farm(world, options, async |farm| {
        let check = format!(
            r#"<check><custom ident="disk" when="both" exec="disk-check" action="{action}"/></check>"#
        );
        farm.api(1)?
            .configure(MODULE, files(options, &check, ""))
            .await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        let acts = format!("Action {action} from failover rule c_disk");
        for _ in 0..MAXLOOP {
            fall_ill(farm)?;
            log.says(farm, &[DOWN, &acts]).await?;
            recover(farm)?;
            log.says(farm, then).await?;
        }
        fall_ill(farm)?;
        given_up(farm, &mut log).await
    })
}

/// C19: the checker acts itself. It is counted where it gives its name, and else taken for somebody who
/// administers the module: that never ends.
pub(crate) fn c19_acts_itself(world: &World, options: FarmOptions) -> Result<()> {
    let check =
        r#"<check><custom ident="disk" when="both" exec="disk-check" action="noaction"/></check>"#;
    let reaction = |command: &str| format!(r#"[ "$found" = up ] || evenkeel {command}"#);
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        let counted = files(options, check, &reaction("restart -i disk-check"));
        api.configure(MODULE, counted).await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        for _ in 0..MAXLOOP {
            fall_ill(farm)?;
            log.says(farm, &["Action restart called by disk-check"])
                .await?;
            recover(farm)?;
            log.says(farm, RESTARTED).await?;
        }
        fall_ill(farm)?;
        given_up(farm, &mut log).await?;

        for name in farm.names() {
            if name != node_name(NODE) {
                api.stop(MODULE, Some(vec![name.clone()])).await?;
                api.wait_stopped(MODULE, &name, PATIENCE).await?;
            }
        }
        let anonymous = files(options, check, &reaction("restart"));
        api.configure(MODULE, anonymous).await?;
        api.start(MODULE, Some(vec![node_name(NODE)])).await?;
        for _ in 0..=MAXLOOP + 1 {
            log.says(farm, &["Action restart called by root"]).await?;
        }
        recover(farm)?;
        api.wait_ready(MODULE, &node_name(NODE), PATIENCE).await
    })
}

/// The seed with these elements in its `<service>`, and the checker with this reaction to news.
fn files(options: FarmOptions, elements: &str, reaction: &str) -> ModuleFiles {
    with_checker(userconfig(options.mode), elements, reaction)
}

/// A module with these elements in its `<service>`, and the checker with this reaction to news.
pub(crate) fn with_checker(files: ModuleFiles, elements: &str, reaction: &str) -> ModuleFiles {
    let mut files = with(files, elements);
    let checker = CHECKER.replace("REACTION", if reaction.is_empty() { ":" } else { reaction });
    files.scripts.insert("disk-check".to_owned(), checker);
    files
}

fn mark(farm: &Farm) -> Result<PathBuf> {
    Ok(farm.node(NODE)?.module_var(MODULE).join("ill"))
}

pub(crate) fn fall_ill(farm: &Farm) -> Result<()> {
    Ok(fs::write(mark(farm)?, "")?)
}

pub(crate) fn recover(farm: &Farm) -> Result<()> {
    Ok(fs::remove_file(mark(farm)?)?)
}
