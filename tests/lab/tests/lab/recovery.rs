//! A machine dies with its disk, and its node comes back on another one: joined to the cluster again, or
//! restored of a backup. The others serve meanwhile.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use evenkeel_lab::farm::api::Api;
use evenkeel_lab::farm::files::{ModuleFiles, userconfig};
use evenkeel_lab::farm::plan::{Family, node_name};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::report::takeover::owners;

use crate::boot::back;
use crate::expect::{answered_by, eventually, first_of, first_round};
use crate::{Body, with_farm};

/// What is tried.
pub(crate) const TRIALS: [(&str, Body); 2] = [
    ("a_dead_node_is_replaced_by_a_new_machine", replaced),
    (
        "a_dead_node_lives_on_from_its_backup_on_a_new_machine",
        restored,
    ),
];

/// The node whose machine dies; the first one lets it join again.
const NODE: u8 = 3;

/// How often its daemon is started again.
const RESTARTS: u8 = 2;

/// The password of every user.
const PASSWORD: &str = "a good password";

/// The new machine gets everything from the others. Who is connected to these never notices, and neither
/// does anybody else once they have the dead node's share.
fn replaced(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        start_again(farm).await?;
        farm.configure().await?;
        farm.start_module().await?;
        let (api, name, names) = (farm.api(1)?, node_name(NODE), farm.names());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let key = api.make_key("report-job").await?;
        api.make_user("guest", PASSWORD).await?;
        let load = farm.steady().await?;
        first_round(&load, Family::V4).await?;
        load.with_records(|attempts| answered_by(attempts, &names))?;
        let died = farm.lose_machine(NODE).await?;
        farm.settled(&others(farm), PATIENCE).await?;
        let taken_over = Instant::now();

        farm.join(NODE).await?;
        farm.power_on(NODE).await?;
        let there = farm.api(NODE)?;
        let in_force = revisions(&api).await?;
        eventually("the configuration on the new machine", async || {
            Ok((revisions(&there).await.ok() == Some(in_force.clone())).then_some(()))
        })
        .await?;
        knows_user(&there, "guest").await?;
        let bearer = there.bearer_of(&key).await?;
        bearer.map_err(|refusal| anyhow!("{name} refuses the key: {refusal}"))?;
        api.start(MODULE, Some(vec![name.clone()])).await?;
        back(farm).await?;
        undisturbed(&load.finish().await, &name, (died, taken_over))
    })
}

/// The node goes on from what it had, and has what changed since before it serves.
fn restored(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        let [first, second, third] = changes(options.mode);
        api.configure(MODULE, first).await?;
        api.configure(MODULE, second).await?;
        api.make_user("early", PASSWORD).await?;
        farm.start_module().await?;
        let backup = farm.back_up(NODE).await?;
        start_again(farm).await?;
        farm.lose_machine(NODE).await?;
        let others = others(farm);
        farm.settled(&others, PATIENCE).await?;

        api.make_user("late", PASSWORD).await?;
        let living: Vec<String> = others.iter().copied().map(node_name).collect();
        api.stop(MODULE, Some(living.clone())).await?;
        for name in &living {
            api.wait_stopped(MODULE, name, PATIENCE).await?;
        }
        let changed = api.try_configure(MODULE, third).await?;
        let changed = changed.map_err(|refusal| anyhow!("the change: {refusal}"))?;
        ensure!(changed.missing == [node_name(NODE)], "{changed:?}");
        api.start(MODULE, Some(living)).await?;
        farm.settled(&others, PATIENCE).await?;

        farm.restore_backup(NODE, &backup).await?;
        farm.power_on(NODE).await?;
        // Its module starts with the machine.
        back(farm).await?;
        let there = farm.api(NODE)?;
        let (here, there_too) = (revisions(&api).await?, revisions(&there).await?);
        ensure!(
            here.len() == 3 && here == there_too,
            "the revisions are {here:?}, on the new machine {there_too:?}"
        );
        for user in ["early", "late"] {
            knows_user(&there, user).await?;
        }
        Ok(())
    })
}

/// The usual module in three revisions: as it is; one that starts with the machine; one that also counts
/// failures otherwise.
fn changes(mode: Mode) -> [ModuleFiles; 3] {
    let first = userconfig(mode);
    let changed = |from: &ModuleFiles, part: &str, by: &str| ModuleFiles {
        userconfig: from.userconfig.replace(part, by),
        ..from.clone()
    };
    let second = changed(&first, "<service mode=", r#"<service boot="on" mode="#);
    let third = changed(&second, r#"loop_interval="24""#, r#"loop_interval="12""#);
    [first, second, third]
}

/// Lets the others see later runs of the node than its first one, and than a backup knows.
async fn start_again(farm: &mut Farm) -> Result<()> {
    for _ in 0..RESTARTS {
        farm.terminate(NODE).await?;
        farm.restart_daemon(NODE).await?;
    }
    Ok(())
}

fn others(farm: &Farm) -> Vec<u8> {
    farm.numbers().filter(|number| *number != NODE).collect()
}

/// Nobody failed but the dead node's clients, and these only until it was replaced.
fn undisturbed(
    attempts: &[Attempt],
    lost: &str,
    (died, taken_over): (Instant, Instant),
) -> Result<()> {
    let owners = owners(attempts, died);
    let excused = |attempt: &Attempt| {
        let owner = owners.get(&attempt.source.ip());
        owner.is_some_and(|owner| owner == lost) && attempt.started < taken_over
    };
    let failures = attempts
        .iter()
        .filter(|attempt| attempt.node().is_none() && !excused(attempt));
    let failures: Vec<String> = failures
        .map(|attempt| format!("{}: {:?}", attempt.source, attempt.outcome))
        .collect();
    ensure!(
        failures.is_empty(),
        "{} of {} failed: {}",
        failures.len(),
        attempts.len(),
        first_of(&failures)
    );
    let last = attempts.iter().filter(|attempt| attempt.started > died);
    ensure!(
        last.clone()
            .any(|attempt| attempt.ended > taken_over && attempt.node() == Some(lost)),
        "{lost} answered none of {} clients after its return",
        last.count()
    );
    Ok(())
}

async fn knows_user(api: &Api, name: &str) -> Result<()> {
    let answer = api.log_in_as(name, PASSWORD).await?;
    answer.map_err(|refusal| anyhow!("{name} cannot log in: {refusal}"))?;
    Ok(())
}

/// The revisions of the usual module that a node has, the latest first: number and signature.
async fn revisions(api: &Api) -> Result<Vec<(u64, String)>> {
    let listed = api.call(|client| async move {
        let listed = client.list_revisions().module(MODULE);
        listed.send().await
    });
    let listed = listed.await?.map_err(|refusal| anyhow!("{refusal}"))?;
    let all = listed.revisions.into_iter();
    Ok(all.map(|one| (one.revision, one.signature)).collect())
}
