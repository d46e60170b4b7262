//! The fuzz target of what nodes say to each other: whatever datagram comes in, authentic or not,
//! nothing panics, nothing takes much memory, and every promise holds. Run by `tests/fuzz wire SECONDS`.
//!
//! The first byte of an input says what the others are, see [`letter`]. A promise that does not hold
//! ends the process, as a panic does; libFuzzer then writes the input to a file.

#![no_main]

#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/sim/farm.rs"]
mod farm;
mod heap;
mod heartbeats;
#[allow(dead_code, reason = "shared with the program that writes the corpus")]
mod letter;
mod node;
mod probes;
mod shell;

use libfuzzer_sys::fuzz_target;

use heap::Counting;
use letter::Kind;

#[global_allocator]
static HEAP: Counting = Counting;

fuzz_target!(|input: &[u8]| {
    let Some((kind, key, rest)) = letter::split(input) else {
        return;
    };
    match kind {
        Kind::Datagram => heartbeats::check(rest),
        Kind::Body => heartbeats::check(&letter::datagram(key, &letter::HEADER, rest)),
        Kind::Probe => probes::check(rest),
        Kind::Words => probes::check(&letter::probe(key, rest)),
        Kind::Story => node::check(rest),
    }
});
