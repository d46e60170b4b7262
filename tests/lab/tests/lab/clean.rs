//! A lab that is killed leaves no process, no namespace and no mount behind.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use evenkeel_lab::farm::PATIENCE;
use evenkeel_lab::isolate::{self, World};

pub(crate) fn killed_lab(_world: &World) -> Result<()> {
    let (processes, namespaces, mounts) = (processes()?, namespaces()?, mounts()?);
    let mut lab = isolate::command(env!("CARGO_BIN_EXE_evenkeel-lab"))
        .args(["up"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = BufReader::new(lab.stdout.take().context("the lab has no output")?);
    let under_load = output
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("cut off"));
    ensure!(
        under_load,
        "the lab did not come as far as cutting a node off"
    );
    let busy = namespaces_now_exceed(&namespaces)?;
    ensure!(busy, "the lab made no namespaces?");

    lab.kill()?;
    lab.wait()?;
    let deadline = Instant::now() + PATIENCE;
    while self::processes()? != processes {
        if Instant::now() > deadline {
            let left: Vec<u32> = self::processes()?.difference(&processes).copied().collect();
            bail!("processes left behind: {left:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    ensure!(
        self::namespaces()? == namespaces,
        "namespaces are left behind"
    );
    ensure!(self::mounts()? == mounts, "mounts are left behind");
    Ok(())
}

fn namespaces_now_exceed(before: &BTreeSet<String>) -> Result<bool> {
    Ok(namespaces()?.difference(before).next().is_some())
}

fn processes() -> Result<BTreeSet<u32>> {
    let names = fs::read_dir("/proc")?
        .flatten()
        .map(|entry| entry.file_name());
    Ok(names
        .filter_map(|name| name.to_str()?.parse().ok())
        .collect())
}

/// Every namespace that some process or thread is in.
fn namespaces() -> Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for process in processes()? {
        // A process or thread that ends meanwhile is in none.
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
            continue;
        };
        for thread in threads.flatten() {
            for kind in ["net", "mnt", "pid"] {
                if let Ok(namespace) = fs::read_link(thread.path().join("ns").join(kind)) {
                    all.insert(namespace.to_string_lossy().into_owned());
                }
            }
        }
    }
    Ok(all)
}

fn mounts() -> Result<String> {
    Ok(fs::read_to_string("/proc/self/mountinfo")?)
}
