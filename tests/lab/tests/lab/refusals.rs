//! What the daemon refuses, asked of a real farm through the API.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::api::Refusal;
use evenkeel_lab::farm::files::userconfig;
use evenkeel_lab::farm::{FarmOptions, MODULE};
use evenkeel_lab::isolate::World;

use crate::{on_farm, with_farm};

pub(crate) fn refused(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(2)?;
        is(
            &api.log_in_as("admin", "not the password").await?,
            401,
            "unauthenticated",
        )?;
        is(
            &api.ask_with_token("forged.token.here").await?,
            401,
            "unauthenticated",
        )?;

        let mut broken = userconfig(options.mode);
        broken.userconfig = broken.userconfig.replace("</farm>", "</fram>");
        let refusal = api.try_configure(MODULE, broken).await?;
        is(&refusal, 422, "invalid-configuration")?;
        let places = &refusal.problems;
        ensure!(
            places
                .iter()
                .any(|place| place.line > 1 && place.column > 0),
            "no line and column: {refusal:?}"
        );

        let mut elsewhere = userconfig(options.mode);
        elsewhere
            .macros
            .insert("VIRTUAL_IP".into(), "192.0.2.7".into());
        is(
            &api.try_configure(MODULE, elsewhere).await?,
            422,
            "no-local-network",
        )
    })?;
    on_farm(world, options, async |farm| {
        let refusal = farm.api(3)?.try_start(MODULE).await?;
        is(&refusal, 409, "wrong-state")
    })
}

fn is(refusal: &Refusal, status: u16, kind: &str) -> Result<()> {
    ensure!(
        refusal.status == status && refusal.kind.ends_with(kind),
        "expected {status} {kind}, got {refusal:?}"
    );
    Ok(())
}
