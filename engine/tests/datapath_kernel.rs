//! Every sentence of `engine/packet/tests/fixtures`, run in the kernel by `BPF_PROG_TEST_RUN`.
//!
//! Needs root. The programs are loaded but attached nowhere; the network namespace in which the
//! sockets of the sentences live has no name and vanishes with its thread.

use common::{Namespace, Outcome, is_root};
use evenkeel_packet::Reason;
use evenkeel_packet::abi::program;
use evenkeel_packet::bucket::Kind;
use evenkeel_packet::keep::is_plain_syn;
use fixtures::sentences;
use fixtures::world::World;
use fixtures::{Code, Expected, Sentence};
use loaded::{Loaded, connect};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(unreachable_pub, dead_code, reason = "shared with other tests")]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;
#[allow(dead_code, reason = "shared with other programs")]
#[path = "datapath_common/loaded.rs"]
mod loaded;

#[test]
fn every_sentence_is_true_in_the_kernel() {
    if !is_root("every_sentence_is_true_in_the_kernel") {
        return;
    }
    let wrong = Namespace::new().unwrap().run(|| {
        let mut loaded = Loaded::new()?;
        let _connection = connect()?;
        let mut wrong = Vec::new();
        for sentence in sentences::all()
            .iter()
            .filter(|sentence| is_runnable(sentence))
        {
            let found = run(&mut loaded, sentence)
                .map_err(|error| format!("{}: {error}", sentence.name))?;
            if found != sentence.expected {
                wrong.push(format!(
                    "{}:\n  expected {:?}\n  found    {found:?}",
                    sentence.name, sentence.expected
                ));
            }
        }
        Ok(wrong)
    });
    let wrong = wrong.unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `BPF_PROG_TEST_RUN` takes no frame that ends within its IP header.
fn is_runnable(sentence: &Sentence) -> bool {
    match sentence.frame[12..14] {
        [0x08, 0x00] => sentence.frame.len() >= 34,
        [0x86, 0xdd] => sentence.frame.len() >= 54,
        _ => true,
    }
}

/// What becomes of the frame in the kernel.
fn run(loaded: &mut Loaded, sentence: &Sentence) -> Outcome<Expected> {
    loaded.put(&World::new(sentence.state))?;
    let before = loaded.counts()?;
    let (result, frame) = loaded.run(sentence.program, &sentence.frame, 1)?;
    let after = loaded.counts()?;
    let counted: Vec<Reason> = Reason::ALL
        .iter()
        .zip(before.iter().zip(after))
        .filter(|(_, (before, after))| **before != *after)
        .map(|(reason, _)| *reason)
        .collect();
    let reason = match counted[..] {
        [] => None,
        [reason] => Some(reason),
        _ => return Err(format!("counted {counted:?}").into()),
    };
    let code = match i32::from_ne_bytes(result.return_value.to_ne_bytes()) {
        -1 => Code::Next,
        0 => Code::Pass,
        2 => Code::Drop,
        7 => Code::Send,
        other => return Err(format!("the program gave {other}").into()),
    };
    Ok(Expected {
        code,
        reason,
        frame,
        // Nobody sees it leave: the programs are attached nowhere.
        copy: sentence.expected.copy.clone(),
    })
}

/// Whether a frame carries TCP or UDP right behind its IP header, and is not shorter than any on
/// Ethernet.
fn is_plain(frame: &[u8]) -> bool {
    let (protocol, header) = match frame[12..14] {
        [0x08, 0x00] if frame[14] == 0x45 => (frame[23], 20),
        [0x86, 0xdd] => (frame[20], 40),
        _ => return false,
    };
    matches!(protocol, 6 | 17) && frame.len() >= 14 + header + 14
}

/// In the driver a frame is dropped only where the filter drops it as another node's, and always
/// where it is a plain one and that takes no look at sockets; but for SYNs, which the filter keeps.
#[test]
fn the_driver_drops_other_nodes_frames_and_nothing_else() {
    const XDP_DROP: u32 = 1;
    const XDP_PASS: u32 = 2;
    if !is_root("the_driver_drops_other_nodes_frames_and_nothing_else") {
        return;
    }
    let run = || {
        let mut loaded = Loaded::new()?;
        let mut wrong = Vec::new();
        let mut dropped = 0;
        let sentences = sentences::all();
        let of_filter = sentences.iter().filter(|s| s.program == program::FILTER);
        for sentence in of_filter {
            loaded.put(&World::new(sentence.state))?;
            let (result, _) = loaded.run(program::EARLY, &sentence.frame, 1)?;
            let is_foreign = sentence.expected.reason == Some(Reason::DropForeign);
            let may_hold = matches!(sentence.state.buckets, Kind::ForeignHeld { .. });
            let is_right = match result.return_value {
                XDP_DROP => is_foreign && !is_plain_syn(&sentence.frame[..]),
                XDP_PASS => {
                    let is_kept = is_plain_syn(&sentence.frame[..]);
                    !is_foreign || may_hold || is_kept || !is_plain(&sentence.frame)
                }
                _ => false,
            };
            dropped += usize::from(result.return_value == XDP_DROP);
            if !is_right {
                let said = result.return_value;
                wrong.push(format!("{}: the program gave {said}", sentence.name));
            }
        }
        Ok((wrong, dropped))
    };
    let (wrong, dropped) = Namespace::new().unwrap().run(run).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(dropped > 0, "no sentence was about another node's frame");
}

#[test]
fn the_verifier_is_far_from_its_limit() {
    if !is_root("the_verifier_is_far_from_its_limit") {
        return;
    }
    let verified = Namespace::new()
        .unwrap()
        .run(|| Loaded::new()?.verified())
        .unwrap();
    // The limit is a million; half of it leaves room for kernels that prune less.
    assert!(
        verified.iter().all(|(_, count)| *count < 500_000),
        "{verified:?}"
    );
}
