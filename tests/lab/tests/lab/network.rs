//! The lab's own parts without a daemon: cables, service, load, capture.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use evenkeel_lab::capture::Capture;
use evenkeel_lab::capture::findings::{bindings, openings, senders};
use evenkeel_lab::farm::plan::{self, Family, Net};
use evenkeel_lab::isolate::{self, World};
use evenkeel_lab::load::Attempt;
use evenkeel_lab::load::attempt::burst;
use evenkeel_lab::report::Shares;
use evenkeel_lab::segment::{Segment, Station};
use evenkeel_lab::service;

use crate::expect::answered_by;

const TIME_MAX: Duration = Duration::from_secs(5);

pub(crate) fn carries_connections(world: &World) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let segment = Segment::new(300).await?;
        let server = segment.plug("server", Net::First.node(1)).await?;
        let client = segment.plug("client", Net::First.client()).await?;
        let pid_file = world.run_dir.join("network.pid");
        let address = SocketAddr::from((plan::node_addr(1), 80));
        serve(&server, &pid_file).await?;

        let capture = Capture::start(segment.namespace())?;
        let sources: Vec<SocketAddr> = plan::client_sources(Family::V4)
            .into_iter()
            .map(|ip| SocketAddr::new(ip, 10_000))
            .collect();
        let made = sources.len();
        let attempts = burst(&client.namespace, sources, address, TIME_MAX).await?;
        answered_by(&attempts, &["server"])?;
        let frames = capture.finish()?;
        let seen = openings(&frames, address, Some(client.port));
        ensure!(
            seen.len() == made,
            "{} of {made} connections captured",
            seen.len()
        );
        ensure!(
            seen.values().all(|opening| opening.is_answered_once()),
            "not answered once"
        );
        ensure!(
            bindings(&frames, address.ip()).keys().eq([&server.mac]),
            "bound elsewhere"
        );
        ensure!(
            senders(&frames) == [client.mac, server.mac].into(),
            "other senders"
        );

        segment.set_link(server.port, false).await?;
        let source = SocketAddr::new(plan::client_sources(Family::V4)[0], 10_001);
        let cut = burst(
            &client.namespace,
            vec![source],
            address,
            Duration::from_millis(300),
        );
        ensure!(
            cut.await?.iter().all(|a: &Attempt| a.outcome.is_err()),
            "a cut cable carries"
        );

        service::stop(&pid_file, false)?;
        ensure!(
            service::running(&pid_file).is_none(),
            "the service still runs"
        );
        ensure!(Shares::of(&attempts).failed == 0);
        Ok(())
    })
}

async fn serve(server: &Station, pid_file: &std::path::Path) -> Result<()> {
    let mut command = isolate::command(env!("CARGO_BIN_EXE_evenkeel-lab"));
    command
        .args(["serve", "--name", "server", "--pid-file"])
        .arg(pid_file);
    let started = server
        .namespace
        .run(|| async move { command.status() })
        .await??;
    ensure!(started.success(), "the service did not start");
    let pid = service::running(pid_file).context("the service does not run")?;
    ensure!(pid.as_raw() > 1);
    Ok(())
}
