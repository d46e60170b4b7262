//! Loss on a station's cable, in each direction for itself: a few instructions of classic BPF at the
//! switch's end of the cable, put there by `tc`.
//!
//! A capture at the switch still sees what a station sent and the cable lost: frames are captured
//! before the program drops them.

use std::io;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::isolate;
use crate::prerequisites::Missing;
use crate::segment::{Segment, Station};

/// Everything is lost.
pub const ALL: u16 = 1000;

/// The verdicts of a program: drop the frame, or leave it to whatever comes next.
const DROP: u32 = 2;
const GO_ON: u32 = u32::MAX;

/// The instructions: load a word, go on to one of two places, return.
const LOAD: u8 = 0x20;
const JUMP_IF_AT_LEAST: u8 = 0x35;
const RETURN: u8 = 0x06;

/// Where a program reads a random number: the kernel's extension to loads from the packet.
const RANDOM: u32 = 0xffff_f038;

/// Which way frames go on a station's cable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What the station sends.
    FromStation,
    /// What is sent to it.
    ToStation,
}

impl Way {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::FromStation, Self::ToStation];

    /// What the switch's port calls it.
    const fn hook(self) -> &'static str {
        match self {
            Self::FromStation => "ingress",
            Self::ToStation => "egress",
        }
    }
}

impl Segment {
    /// Loses so many of a thousand frames, 0 to 1000, that go this way on a station's cable. Gives
    /// the moment just before.
    ///
    /// # Errors
    ///
    /// [`Missing`] when there is no `tc`; otherwise when the kernel refuses.
    pub async fn lose(&self, station: &Station, way: Way, per_mille: u16) -> Result<Instant> {
        let (port, hook) = (station.namespace.name(), way.hook());
        self.tc(&["qdisc", "replace", "dev", port, "clsact"])
            .await?;
        let at = Instant::now();
        let program = bytecode(per_mille);
        let place = ["filter", "replace", "dev", port, hook];
        let order = ["pref", "1", "handle", "1", "protocol", "all"];
        let what = ["bpf", "direct-action", "bytecode", &program];
        self.tc(&[&place[..], &order, &what].concat()).await?;
        Ok(at)
    }

    async fn tc(&self, arguments: &[&str]) -> Result<()> {
        let mut command = isolate::command("tc");
        command.args(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let run = move || async move { command.spawn()?.wait_with_output() };
        let output = self.namespace().run(run).await?.map_err(|error| {
            if error.kind() == io::ErrorKind::NotFound {
                Missing::new("There is no tc on this machine: install iproute2.".into()).into()
            } else {
                anyhow::Error::new(error).context("starting tc")
            }
        })?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "tc {}: {}",
            arguments.join(" "),
            said.trim()
        );
        Ok(())
    }
}

/// A program that drops so many of a thousand frames, as `tc` reads one: the number of its
/// instructions, then each one's code, jumps and operand.
fn bytecode(per_mille: u16) -> String {
    let limit = u64::from(per_mille.min(ALL)) * (u64::from(u32::MAX) + 1) / u64::from(ALL);
    match u32::try_from(limit) {
        Ok(limit) => format!(
            "4,{LOAD} 0 0 {RANDOM},{JUMP_IF_AT_LEAST} 1 0 {limit},{RETURN} 0 0 {DROP},\
             {RETURN} 0 0 {GO_ON}"
        ),
        // Beyond every random number.
        Err(_) => format!("1,{RETURN} 0 0 {DROP}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, bytecode};

    #[test]
    fn one_in_a_hundred_is_that_part_of_all_numbers() {
        let program = bytecode(10);
        assert_eq!(
            program,
            "4,32 0 0 4294963256,53 1 0 42949672,6 0 0 2,6 0 0 4294967295"
        );
    }

    #[test]
    fn all_and_nothing_need_no_luck() {
        assert_eq!(bytecode(ALL), "1,6 0 0 2");
        assert!(
            bytecode(0).contains("53 1 0 0,"),
            "every number is at least zero"
        );
    }
}
