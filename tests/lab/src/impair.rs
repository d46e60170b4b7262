//! Loss on a station's cable, in each direction for itself, and of what certain stations send: a few
//! instructions of classic BPF at the switch's end of the cable, put there by `tc`.
//!
//! A capture at the switch still sees what a station sent and the cable lost: frames are captured
//! before the program drops them.

use std::io::{self, Write};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::isolate;
use crate::link::Mac;
use crate::netns::Namespace;
use crate::prerequisites::Missing;
use crate::segment::{Segment, Station};

/// Everything is lost.
pub const ALL: u16 = 1000;

/// The verdicts of a program: drop the frame, or leave it to whatever comes next.
const DROP: u32 = 2;
const GO_ON: u32 = u32::MAX;

/// The instructions: load a word or half of one, go on to one of two places, return.
const LOAD: u8 = 0x20;
const LOAD_HALF: u8 = 0x28;
const LOAD_BYTE: u8 = 0x30;
const JUMP_IF_EQUAL: u8 = 0x15;
const JUMP_IF_AT_LEAST: u8 = 0x35;
const RETURN: u8 = 0x06;

/// Where a program reads a random number: the kernel's extension to loads from the packet.
const RANDOM: u32 = 0xffff_f038;

/// Where a frame has the first four bytes of its source address, and the last two.
const SOURCE: (u32, u32) = (6, 10);

/// Where a frame says that it is IPv4, and where such a packet says that it is UDP.
const ETHER_TYPE: (u32, u32) = (12, 0x0800);
const PROTOCOL: (u32, u32) = (23, 17);

/// Where a datagram's content begins in a frame: behind headers without options.
const CONTENT: u32 = 14 + 20 + 8;

/// The order of the programs on a cable: the first that drops a frame has the last word.
const LOSS: &str = "1";
const DEAFNESS: &str = "2";
const SILENCE: &str = "3";

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

/// What nodes tell each other to be known alive, by the first bytes of its datagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// What the daemons send.
    Heartbeats,
    /// What the kernels answer.
    Probes,
}

impl Talk {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Heartbeats, Self::Probes];

    const fn begins_with(self) -> u32 {
        u32::from_be_bytes(match self {
            Self::Heartbeats => *b"EVKL",
            Self::Probes => *b"EVKP",
        })
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
        let lines = orders(station, way, LOSS, &bytecode(per_mille));
        tc(self.namespace(), lines.concat()).await
    }

    /// Loses whatever certain stations send on its way to a station, broadcasts too, for several
    /// stations as good as at once; nobody: it hears all again. Gives the moment just before.
    ///
    /// # Errors
    ///
    /// As [`lose`](Self::lose).
    pub async fn deafen(&self, stations: &[(&Station, Vec<Mac>)]) -> Result<Instant> {
        let lines = stations.iter().map(|(station, to)| {
            orders(station, Way::ToStation, DEAFNESS, &drops_from(to)).concat()
        });
        tc(self.namespace(), lines.collect()).await
    }

    /// Loses only this of what nodes tell each other, in both directions of a station's cable; nothing:
    /// all of it passes again. Gives the moment just before.
    ///
    /// # Errors
    ///
    /// As [`lose`](Self::lose).
    pub async fn silence(&self, station: &Station, talk: &[Talk]) -> Result<Instant> {
        let program = drops_talk(talk);
        let lines = Way::BOTH.map(|way| orders(station, way, SILENCE, &program).concat());
        tc(self.namespace(), lines.concat()).await
    }
}

/// Has `tc` do what these lines say in a namespace. Gives the moment just before.
pub(crate) async fn tc(namespace: &Namespace, lines: String) -> Result<Instant> {
    let mut command = isolate::command("tc");
    command.args(["-batch", "-"]).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let at = Instant::now();
    let run = move || async move {
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(lines.as_bytes())?;
        }
        child.wait_with_output()
    };
    let output = namespace.run(run).await?.map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            Missing::new("There is no tc on this machine: install iproute2.".into()).into()
        } else {
            anyhow::Error::new(error).context("starting tc")
        }
    })?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "tc: {}", said.trim());
    Ok(at)
}

/// The lines for `tc` that put a program in its place on a station's cable, instead of the one there.
fn orders(station: &Station, way: Way, order: &str, program: &str) -> [String; 2] {
    let (port, hook) = (station.namespace.name(), way.hook());
    [
        format!("qdisc replace dev {port} clsact\n"),
        format!(
            "filter replace dev {port} {hook} pref {order} handle 1 protocol all \
             bpf direct-action bytecode \"{program}\"\n"
        ),
    ]
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

/// A program that drops the frames of these senders.
fn drops_from(senders: &[Mac]) -> String {
    let (first, last) = SOURCE;
    let mut program = Vec::new();
    for &[a, b, c, d, e, f] in senders {
        let (start, end) = (u32::from_be_bytes([a, b, c, d]), u16::from_be_bytes([e, f]));
        program.extend([
            format!("{LOAD} 0 0 {first}"),
            format!("{JUMP_IF_EQUAL} 0 3 {start}"),
            format!("{LOAD_HALF} 0 0 {last}"),
            format!("{JUMP_IF_EQUAL} 0 1 {end}"),
            format!("{RETURN} 0 0 {DROP}"),
        ]);
    }
    program.push(format!("{RETURN} 0 0 {GO_ON}"));
    format!("{},{}", program.len(), program.join(","))
}

/// A program that drops such datagrams. A frame too short for a load is left alone.
fn drops_talk(talk: &[Talk]) -> String {
    let mut program = Vec::new();
    for one in talk {
        let (ether_type, ipv4) = ETHER_TYPE;
        let (protocol, udp) = PROTOCOL;
        program.extend([
            format!("{LOAD_HALF} 0 0 {ether_type}"),
            format!("{JUMP_IF_EQUAL} 0 5 {ipv4}"),
            format!("{LOAD_BYTE} 0 0 {protocol}"),
            format!("{JUMP_IF_EQUAL} 0 3 {udp}"),
            format!("{LOAD} 0 0 {CONTENT}"),
            format!("{JUMP_IF_EQUAL} 0 1 {}", one.begins_with()),
            format!("{RETURN} 0 0 {DROP}"),
        ]);
    }
    program.push(format!("{RETURN} 0 0 {GO_ON}"));
    format!("{},{}", program.len(), program.join(","))
}

#[cfg(test)]
mod tests {
    use super::{ALL, Talk, bytecode, drops_from, drops_talk};

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

    #[test]
    fn a_sender_is_known_by_all_six_bytes() {
        assert_eq!(
            drops_from(&[[2, 77, 0, 0, 0, 1]]),
            "6,32 0 0 6,21 0 3 38600704,40 0 0 10,21 0 1 1,6 0 0 2,6 0 0 4294967295"
        );
        assert_eq!(drops_from(&[]), "1,6 0 0 4294967295");
    }

    #[test]
    fn a_heartbeat_is_known_by_its_first_four_bytes() {
        assert_eq!(
            drops_talk(&[Talk::Heartbeats]),
            "8,40 0 0 12,21 0 5 2048,48 0 0 23,21 0 3 17,32 0 0 42,21 0 1 1163283276,6 0 0 2,\
             6 0 0 4294967295"
        );
        assert_eq!(drops_talk(&[]), "1,6 0 0 4294967295");
    }
}
