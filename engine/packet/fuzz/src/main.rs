//! The fuzz target of the packet path: whatever bytes come in, in whatever state, nothing panics and
//! every promise holds. Run by `tests/fuzz packet SECONDS`.
//!
//! An input is a [`situation`] and a frame. A promise that does not hold ends the process, as a
//! panic does; libFuzzer then writes the input to a file.

#![no_main]

mod farm;
#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/fixtures/mod.rs"]
mod fixtures;
mod promises;
#[allow(dead_code, reason = "shared with the program that writes the corpus")]
mod situation;

use libfuzzer_sys::fuzz_target;

use situation::Situation;

fuzz_target!(|input: &[u8]| {
    if let Some((situation, frame)) = Situation::split(input) {
        promises::check(&situation, frame);
        farm::check(&situation, frame);
    }
});
