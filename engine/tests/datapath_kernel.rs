//! Every sentence of `engine/packet/tests/fixtures`, run in the kernel by `BPF_PROG_TEST_RUN`.
//!
//! Needs root. The programs are loaded but attached nowhere; the network namespace in which the
//! sockets of the sentences live has no name and vanishes with its thread.

use common::{Namespace, Outcome, is_root};
use evenkeel_packet::Reason;
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
    let is_ipv4 = sentence.frame[12..14] == [8, 0];
    !is_ipv4 || sentence.frame.len() >= 34
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
    })
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
