//! What the daemon refuses, asked of a real farm through the API.

use std::fmt::Debug;

use anyhow::{Result, bail, ensure};
use evenkeel_lab::farm::api::Refusal;
use evenkeel_lab::farm::files::userconfig;
use evenkeel_lab::farm::{FarmOptions, MODULE};
use evenkeel_lab::isolate::World;

use crate::with_farm;

pub(crate) fn refused(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(2)?;
        is(
            api.log_in_as("admin", "not the password").await?,
            401,
            "unauthenticated",
        )?;
        is(
            api.bearer_of("forged.token.here").await?,
            401,
            "unauthenticated",
        )?;

        let mut broken = userconfig(options.mode);
        broken.userconfig = broken.userconfig.replace("</farm>", "</fram>");
        let refusal = api.try_configure(MODULE, broken).await?;
        let refusal = is(refusal, 422, "invalid-configuration")?;
        ensure!(
            refusal
                .places
                .iter()
                .any(|place| place.line > 1 && place.column > 0),
            "no line and column: {refusal:?}"
        );

        let mut elsewhere = userconfig(options.mode);
        elsewhere
            .macros
            .insert("VIRTUAL_IP".into(), "192.0.2.7".into());
        is(
            api.try_configure(MODULE, elsewhere).await?,
            422,
            "no-local-network",
        )?;

        farm.configure().await?;
        farm.start_module().await?;
        is(
            farm.api(3)?.try_start(MODULE, None).await?,
            409,
            "wrong-state",
        )?;
        Ok(())
    })
}

/// The refusal, when it is the expected one.
fn is<T: Debug>(answer: Result<T, Refusal>, status: i32, kind: &str) -> Result<Refusal> {
    match answer {
        Err(refusal) if refusal.status == status && refusal.kind.ends_with(kind) => Ok(refusal),
        other => bail!("expected {status} {kind}, got {other:?}"),
    }
}
