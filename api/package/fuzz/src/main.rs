//! The fuzz target of packages: whatever bytes come in, nothing panics, nothing takes much memory or time,
//! and every promise of reader and writer holds. Run by `tests/fuzz package SECONDS`.
//!
//! The first byte of an input says what the others are, see [`recipe`]. A promise that does not hold ends
//! the process, as a panic does; libFuzzer then writes the input to a file.

#![no_main]

#[path = "../../../../engine/core/fuzz/src/heap.rs"]
mod heap;
mod recipe;

use evenkeel_core::config::problem::{Problem, Severity};
use evenkeel_package::limits::{ENTRIES_MAX, UNPACKED_BYTES_MAX};
use evenkeel_package::{Package, read, write};
use libfuzzer_sys::fuzz_target;

use heap::Counting;

#[global_allocator]
static HEAP: Counting = Counting;

/// Bytes that reading one input may take at once: what is unpacked, twice while a text grows, and what is
/// known of the entries.
const HEAP_BYTES_MAX: usize = 8 << 20;

fuzz_target!(|input: &[u8]| {
    let Some(zip) = recipe::zip_of(input) else {
        return;
    };
    let (package, problems) = heap::within(HEAP_BYTES_MAX, || read(&zip));
    check_problems(&problems);
    check_sizes(&package);
    let refused = |problem: &Problem| problem.severity == Severity::Error;
    if problems.iter().any(refused) {
        return;
    }
    let bytes = write(&package).expect("every name stood in a package");
    assert_eq!(bytes, write(&package).expect("it was written before"));
    let (again, problems) = read(&bytes);
    assert_eq!(problems, [], "what is written is not read");
    assert_eq!(again, package, "written it is another module");
});

/// There are not many, and each can be shown.
fn check_problems(problems: &[Problem]) {
    // An entry has one, the file that is missing one.
    assert!(problems.len() <= ENTRIES_MAX + 2, "{problems:?}");
    for Problem { path, message, .. } in problems {
        assert!(
            path.len() <= 1024 && message.len() <= 2048,
            "{path}: {message}"
        );
        assert_ne!(message, "");
    }
}

/// All of it fits, and no script leads out of its folder.
fn check_sizes(package: &Package) {
    let texts = package.scripts.values().chain([&package.userconfig]);
    let bytes: usize = texts.map(String::len).sum();
    assert!(bytes <= UNPACKED_BYTES_MAX, "{bytes} bytes");
    for name in package.scripts.keys() {
        let plain = !name.is_empty() && !name.contains(['/', '\\', '\0']);
        assert!(plain && name != ".." && name != ".", "{name:?}");
    }
}
