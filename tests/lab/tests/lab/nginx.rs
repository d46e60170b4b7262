//! The scripts of the nginx that the acceptance tests run, without a daemon: a graceful stop lets it
//! answer what it was asked, a forced one ends it at once, and both end workers that lost their master.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::plan::{self, Family, Net};
use evenkeel_lab::farm::traffic::TIME_MAX;
use evenkeel_lab::farm::{PATIENCE, nginx};
use evenkeel_lab::isolate::{self, World};
use evenkeel_lab::load::attempt::burst;
use evenkeel_lab::segment::{Segment, Station};
use evenkeel_lab::service;
use nix::sys::signal::{Signal, kill};

use crate::expect::{answered_by, eventually};

/// The name that the page says.
const NAME: &str = "server";

/// One request, and the first half of another.
const HALF: &str = "GET / HTTP/1.1\r\nHost: farm\r\n";
const REST: &str = "\r\n";

/// A server whose nginx is started and stopped by the scripts, and a client.
struct Place {
    server: Station,
    client: Station,
    dir: PathBuf,
    to: SocketAddr,
}

pub(crate) fn stopped_by_its_scripts(world: &World) -> Result<()> {
    nginx::check()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let segment = Segment::new(300).await?;
        let place = Place {
            server: segment.plug("server", Net::First.node(1)).await?,
            client: segment.plug("client", Net::First.client()).await?,
            dir: world.run_dir.join("nginx-scripts"),
            to: SocketAddr::from((plan::node_addr(1), plan::SERVICE_PORT)),
        };
        fs::create_dir(&place.dir)?;
        for (name, text) in nginx::SCRIPTS {
            fs::write(place.dir.join(name), text)?;
        }
        place.finish("stop_both", &[]).await?;
        graceful(&place).await?;
        by_force(&place).await?;
        without_master(&place, &[]).await?;
        without_master(&place, &["force"]).await
    })
}

/// The half asked request is answered, nobody else is let in, then it ends.
async fn graceful(place: &Place) -> Result<()> {
    place.start().await?;
    let mut half_asked = place.half_asked().await?;
    let mut stopping = place.script("stop_both", &[]).await?;
    eventually("the end of listening", async || {
        Ok((!place.lets_in().await?).then_some(()))
    })
    .await?;
    ensure!(stopping.try_wait()?.is_none(), "it did not wait");
    half_asked.write_all(REST.as_bytes())?;
    let mut answer = String::new();
    half_asked.read_to_string(&mut answer)?;
    ensure!(answer.ends_with("\r\n\r\nserver\n"), "{answer:?}");
    drop(half_asked);
    ended(stopping).await?;
    ensure!(!place.runs(), "nginx still runs");
    Ok(())
}

/// It ends whatever it was asked.
async fn by_force(place: &Place) -> Result<()> {
    place.start().await?;
    let mut half_asked = place.half_asked().await?;
    place.finish("stop_both", &["force"]).await?;
    ensure!(!place.runs(), "nginx still runs");
    let mut answer = Vec::new();
    match half_asked.read_to_end(&mut answer) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => return Err(error.into()),
        Ok(_) | Err(_) => ensure!(answer.is_empty(), "it answered"),
    }
    Ok(())
}

/// Workers serve on without their master, and the scripts end them, too.
async fn without_master(place: &Place, arguments: &[&'static str]) -> Result<()> {
    place.start().await?;
    let master = place.master().context("nginx does not run")?;
    kill(master, Signal::SIGKILL)?;
    eventually("the end of the master", async || {
        Ok((!place.runs()).then_some(()))
    })
    .await?;
    ensure!(place.lets_in().await?, "its workers ended with it");
    place.finish("stop_both", arguments).await?;
    ensure!(!place.lets_in().await?, "its workers still run");
    Ok(())
}

impl Place {
    /// Starts it twice, which is once, and asks it.
    async fn start(&self) -> Result<()> {
        self.finish("start_both", &[]).await?;
        let master = self.master();
        self.finish("start_both", &[]).await?;
        ensure!(
            master.is_some() && self.master() == master,
            "it was started again"
        );
        let sources = plan::client_sources(Family::V4);
        let sources = sources.into_iter().map(|ip| SocketAddr::new(ip, 0));
        let sources = sources.take(20).collect();
        let attempts = burst(&self.client.namespace, sources, self.to, TIME_MAX).await?;
        answered_by(&attempts, &[NAME])
    }

    /// A script with its arguments, as the daemon starts it.
    async fn script(&self, name: &str, arguments: &[&'static str]) -> Result<Child> {
        let mut command = self.command(name);
        command.args(arguments);
        let spawned = self
            .server
            .namespace
            .run(move || async move { command.spawn() });
        Ok(spawned.await??)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = isolate::command("sh");
        command.arg(self.dir.join(name));
        command.env("SAFENODE", NAME).env("SAFEUSERVAR", &self.dir);
        command
    }

    async fn finish(&self, name: &str, arguments: &[&'static str]) -> Result<()> {
        let started = self.script(name, arguments).await?;
        ended(started).await.context(name.to_owned())
    }

    /// A connection on which it was asked one and a half times, and has answered once: of the half it
    /// knows.
    async fn half_asked(&self) -> Result<TcpStream> {
        let mut stream = self.connect().await?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(format!("{HALF}{REST}{HALF}").as_bytes())?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\nserver\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            answer.extend(byte);
        }
        Ok(stream)
    }

    async fn lets_in(&self) -> Result<bool> {
        match self.connect().await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn connect(&self) -> std::io::Result<TcpStream> {
        let to = self.to;
        let connect = move || async move { TcpStream::connect_timeout(&to, TIME_MAX) };
        let connected = self.client.namespace.run(connect).await;
        connected.map_err(std::io::Error::other)?
    }

    fn master(&self) -> Option<nix::unistd::Pid> {
        service::running(&nginx::pid_file(self.dir.clone()))
    }

    fn runs(&self) -> bool {
        self.master().is_some()
    }
}

/// Waits for the end of a script, and that it says that all is well.
async fn ended(mut script: Child) -> Result<()> {
    let status = eventually("the end of a script", async || Ok(script.try_wait()?)).await?;
    ensure!(status.success(), "it ended with {status}");
    Ok(())
}
