//! Every sentence, run natively; `engine/tests/datapath_kernel.rs` runs the same in the kernel.

use std::collections::BTreeSet;

use evenkeel_packet::Reason;

#[allow(
    unreachable_pub,
    dead_code,
    reason = "shared with the test in the kernel"
)]
mod fixtures;

#[test]
fn every_sentence_is_true_natively() {
    let wrong: Vec<String> = fixtures::sentences::all()
        .iter()
        .filter_map(|sentence| {
            let found = sentence.run_natively();
            (found != sentence.expected).then(|| {
                format!(
                    "{}:\n  expected {:?}\n  found    {found:?}",
                    sentence.name, sentence.expected
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sentence_has_its_own_name() {
    let sentences = fixtures::sentences::all();
    let names: BTreeSet<&str> = sentences.iter().map(|sentence| sentence.name).collect();
    assert_eq!(names.len(), sentences.len());
}

#[test]
fn every_reason_has_a_sentence() {
    let said: BTreeSet<Reason> = fixtures::sentences::all()
        .iter()
        .filter_map(|sentence| sentence.expected.reason)
        .collect();
    let unsaid: Vec<&str> = Reason::ALL
        .iter()
        // Cannot happen with tables that user space wrote.
        .filter(|reason| **reason != Reason::DropNoTable && !said.contains(*reason))
        .map(|reason| reason.name())
        .collect();
    assert!(unsaid.is_empty(), "no sentence for {unsaid:?}");
}
