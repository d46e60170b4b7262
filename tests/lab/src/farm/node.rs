//! One server of a farm: its station, its directory, its daemon.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::sleep;

use super::files::FarmFiles;
use super::options::Backend;
use super::plan;
use super::programs::Programs;
use super::setup::pid_suffix;
use crate::isolate;
use crate::netns::Namespace;
use crate::segment::Station;

/// The environment variable with the daemons' `--datapath`, where it is set.
const DATAPATH: &str = "EVENKEEL_LAB_DATAPATH";
/// How often a daemon that is to end is looked at.
const POLL: Duration = Duration::from_millis(20);
/// Lines of a log that explain a failure.
const LOG_TAIL_LINES: usize = 15;

/// A server. Its processes and mounts end when it is dropped.
#[derive(Debug)]
pub struct Node {
    number: u8,
    name: String,
    backend: Backend,
    dir: PathBuf,
    station: Station,
    /// How many machines it had before this one.
    machines_lost: u8,
    daemon: Option<Child>,
    /// Where the daemon's program is installed, where that is for this node alone.
    installed: Option<PathBuf>,
}

impl Node {
    /// Makes the node's directory with a bpf file system of its own.
    pub(super) fn new(
        number: u8,
        backend: Backend,
        station: Station,
        files: &FarmFiles,
    ) -> Result<Self> {
        let name = plan::node_name(number);
        let dir = files.dir().join(&name);
        make_dir(&dir)?;
        mount_bpf(&dir)?;
        Ok(Self {
            number,
            name,
            backend,
            dir,
            station,
            machines_lost: 0,
            daemon: None,
            installed: None,
        })
    }

    /// Its number, from 1.
    pub const fn number(&self) -> u8 {
        self.number
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its place in the network.
    pub const fn station(&self) -> &Station {
        &self.station
    }

    /// The daemon's data.
    pub fn data_dir(&self) -> PathBuf {
        self.dir.join("data")
    }

    /// The folder where a module's scripts keep what is theirs.
    pub fn module_var(&self, module: &str) -> PathBuf {
        self.dir.join("modules").join(module).join("var")
    }

    /// The file with the process number of the service behind the virtual address.
    pub fn service_pid_file(&self) -> PathBuf {
        self.service_pid_file_of(super::MODULE)
    }

    /// The file with the process number of a module's service.
    pub fn service_pid_file_of(&self, module: &str) -> PathBuf {
        self.dir.join(format!("service.pid{}", pid_suffix(module)))
    }

    /// Memory that the daemon holds, in KiB.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn resident_kib(&self) -> Result<u64> {
        let daemon = self.daemon.as_ref();
        let id = daemon.map(Child::id).context("the daemon does not run")?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.context("no VmRSS in its status")?.parse()?)
    }

    /// Starts the daemon in the node's namespace; it writes to the node's log.
    pub(super) async fn start_daemon(&mut self, programs: &Programs) -> Result<()> {
        if self.daemon.is_some() {
            bail!("the daemon of {} runs already", self.name);
        }
        self.write_script_settings(programs)?;
        let log = self.open_log()?;
        let path = |part: &str| self.dir.join(part);
        let program = self.installed.as_ref().unwrap_or(&programs.evenkeel);
        let mut command = isolate::command(program);
        command.arg("serve");
        command
            .arg("--data")
            .arg(path("data"))
            .arg("--modules")
            .arg(path("modules"));
        command.arg("--bpffs").arg(path("bpf"));
        command.arg("--permit-faults");
        // The same farm, and the same tests, with another back end than the daemon's own choice.
        if let Ok(kind) = std::env::var(DATAPATH) {
            command.args(["--datapath", &kind]);
        }
        for (option, port) in [
            ("--listen", plan::API_PORT),
            ("--probe-listen", plan::PROBE_PORT),
        ] {
            command.args([option, &format!("0.0.0.0:{port}")]);
        }
        if let Some(backend) = self.backend.option() {
            command.args(["--datapath", backend]);
        }
        command.stdout(log.try_clone()?).stderr(Stdio::from(log));
        let spawned = self
            .station
            .namespace
            .run(move || async move { command.spawn() })
            .await?;
        self.daemon = Some(spawned.with_context(|| format!("starting {}", self.name))?);
        Ok(())
    }

    /// Installs the daemon's program for this node alone; the daemon that is started next runs it.
    pub(super) fn install(&mut self, programs: &Programs) -> Result<PathBuf> {
        let program = self.dir.join("evenkeel");
        fs::copy(&programs.evenkeel, &program)?;
        self.installed = Some(program.clone());
        Ok(program)
    }

    /// Signals the daemon.
    pub(super) fn signal_daemon(&self, signal: Signal) -> Result<()> {
        let Some(daemon) = &self.daemon else {
            bail!("no daemon runs on {}", self.name)
        };
        kill(Pid::from_raw(i32::try_from(daemon.id())?), signal)?;
        Ok(())
    }

    /// Kills the daemon and waits for its end.
    pub(super) fn kill_daemon(&mut self) -> Result<()> {
        let Some(mut daemon) = self.daemon.take() else {
            bail!("no daemon runs on {}", self.name)
        };
        daemon.kill()?;
        daemon.wait()?;
        Ok(())
    }

    /// Waits for the end of the daemon, which was told to end.
    pub(super) async fn outlive_daemon(&mut self, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        let Some(daemon) = &mut self.daemon else {
            bail!("no daemon runs on {}", self.name)
        };
        let status = loop {
            if let Some(status) = daemon.try_wait()? {
                break status;
            }
            if Instant::now() > deadline {
                bail!("the daemon of {} does not end", self.name);
            }
            sleep(POLL).await;
        };
        self.daemon = None;
        if !status.success() {
            bail!("the daemon of {} ended with {status}", self.name);
        }
        Ok(())
    }

    /// Kills everything that runs on the node.
    pub(super) fn kill_all(&mut self) -> Result<()> {
        for process in processes(&self.station.namespace)? {
            match kill(process, Signal::SIGKILL) {
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(errno) => return Err(errno).context("killing a process of a node"),
            }
        }
        if let Some(mut daemon) = self.daemon.take() {
            daemon.wait()?;
        }
        Ok(())
    }

    /// Forgets what the node's kernel held, when its processes are dead. Until it regains power its
    /// place is an empty namespace without a cable.
    pub(super) fn lose_power(&mut self) -> Result<()> {
        umount2(&self.dir.join("bpf"), MntFlags::MNT_DETACH)
            .with_context(|| format!("{} has no power to lose", self.name))?;
        self.station.namespace = Arc::new(Namespace::new(&self.name)?);
        Ok(())
    }

    /// Forgets what was on the disk of the node, which has lost its power: it stands on another machine,
    /// where nothing is yet.
    pub(super) fn lose_machine(&mut self) -> Result<()> {
        self.machines_lost += 1;
        fs::remove_dir_all(&self.dir)?;
        make_dir(&self.dir)
    }

    /// How many machines it had before this one.
    pub(super) const fn machines_lost(&self) -> u8 {
        self.machines_lost
    }

    /// Puts the node, which lost its power, at a new place.
    pub(super) fn regain_power(&mut self, station: Station) -> Result<()> {
        self.station = station;
        mount_bpf(&self.dir)
    }

    /// The length of the daemon's log so far, in bytes.
    pub fn log_length(&self) -> u64 {
        fs::metadata(self.log_file()).map_or(0, |file| file.len())
    }

    /// The daemon's process number, while it runs.
    pub fn daemon_pid(&self) -> Option<u32> {
        self.daemon.as_ref().map(Child::id)
    }

    /// The last lines of the daemon's log, headed by the node's name.
    pub(super) fn log_tail(&self) -> String {
        let log = fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n    ");
        format!("  {}:\n    {tail}\n", self.name)
    }

    /// The daemon's log.
    pub fn log_file(&self) -> PathBuf {
        self.dir.join("daemon.log")
    }

    fn open_log(&self) -> Result<File> {
        Ok(OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log_file())?)
    }

    /// What the module's scripts read: they are the same on every node.
    fn write_script_settings(&self, programs: &Programs) -> Result<()> {
        let quoted = |path: &Path| format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"));
        let settings = format!(
            "# Read by the scripts of the lab's module.\nLAB={}\nLAB_NODE={}\nLAB_PID_FILE={}\n",
            quoted(&programs.lab),
            self.name,
            quoted(&self.service_pid_file()),
        );
        Ok(fs::write(self.dir.join("lab.env"), settings)?)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The end of the isolation does all this, too; a farm that ends earlier does what it can.
        drop(self.kill_all());
        let _left = umount2(&self.dir.join("bpf"), MntFlags::MNT_DETACH);
    }
}

/// Makes a node's directory, with what is there before a daemon was.
fn make_dir(dir: &Path) -> Result<()> {
    for part in ["modules", "bpf"] {
        fs::create_dir_all(dir.join(part))?;
    }
    Ok(())
}

/// Mounts a bpf file system of its own in a node's directory.
fn mount_bpf(dir: &Path) -> Result<()> {
    let (kind, none) = (Some("bpf"), None::<&str>);
    mount(kind, &dir.join("bpf"), kind, MsFlags::empty(), none)
        .context("mounting a bpf file system")
}

/// The processes in a namespace. The lab itself is not: only threads of it are.
fn processes(namespace: &Namespace) -> Result<Vec<Pid>> {
    use std::os::unix::fs::MetadataExt;

    let inode = namespace.inode()?;
    let mut inside = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // A process that ends meanwhile has nothing left to be found.
        if fs::metadata(entry.path().join("ns/net")).is_ok_and(|net| net.ino() == inode) {
            inside.push(Pid::from_raw(pid));
        }
    }
    Ok(inside)
}
