//! Packages read and written: the way out and back, each limit, each refusal.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

use std::io::{Cursor, Write};

use evenkeel_core::config::problem::{Problem, Severity};
use evenkeel_package::limits::{
    ENTRIES_MAX, PACKED_BYTES_MAX, RATIO_FREE_BYTES, UNPACKED_BYTES_MAX,
};
use evenkeel_package::{Package, USERCONFIG, read, write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CONFIG: &str = "<safe>\n<service mode=\"light\"/>\n</safe>\n";

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> std::collections::BTreeMap<String, String> {
    pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into()
}

fn module() -> Package {
    Package {
        userconfig: CONFIG.to_owned(),
        macros: pairs([("PORT", "80"), ("WORDS", "a \"b\" \u{e9}\n")]),
        scripts: pairs([
            ("start_both", "#!/bin/sh\nexit 0\n"),
            ("disk-check.sh", "#!/bin/sh\n"),
        ]),
    }
}

/// A zip of these entries.
fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The same with a configuration.
fn with_config(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let config: [(&str, &[u8]); 1] = [(USERCONFIG, CONFIG.as_bytes())];
    zip_of(&[&config, entries].concat())
}

/// Puts other bytes of the same length into a zip wherever they stand, so that its lists agree.
fn replaced(zip: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut zip = zip.to_vec();
    let mut at = 0;
    while let Some(found) = zip[at..].windows(old.len()).position(|part| part == old) {
        zip[at + found..at + found + old.len()].copy_from_slice(new);
        at += found + old.len();
    }
    zip
}

/// The one error of a package, as path and message.
fn refused(zip: &[u8]) -> (String, String) {
    let (_, problems) = read(zip);
    let mut errors = problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error);
    let Problem { path, message, .. } = errors.next().expect("the package is refused");
    assert_eq!(errors.next(), None);
    (path, message)
}

#[track_caller]
fn assert_refused(zip: &[u8], path: &str, words: &str) {
    let (place, message) = refused(zip);
    assert!(
        place == path && message.contains(words),
        "{place}: {message}"
    );
}

#[test]
fn what_is_written_is_read_as_the_same_and_the_bytes_are_always_the_same() {
    for package in [
        module(),
        Package {
            userconfig: CONFIG.to_owned(),
            ..Package::default()
        },
    ] {
        let bytes = write(&package).unwrap();
        assert_eq!(bytes, write(&package).unwrap());
        assert_eq!(read(&bytes), (package, vec![]));
    }
}

#[test]
fn a_module_that_repeats_itself_is_no_bomb_on_its_way_back() {
    let text = "x".repeat(UNPACKED_BYTES_MAX / 2);
    let package = Package {
        scripts: pairs([("start_both", &text)]),
        ..module()
    };
    let bytes = write(&package).unwrap();
    assert_eq!(read(&bytes), (package, vec![]));
}

#[test]
fn scripts_can_be_run_by_whoever_unpacks_a_package() {
    let bytes = write(&module()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut mode = |name: &str| archive.by_name(name).unwrap().unix_mode().unwrap() & 0o777;
    assert_eq!(mode("bin/start_both"), 0o755);
    assert_eq!(mode(USERCONFIG), 0o644);
}

#[test]
fn a_package_that_others_made_is_read() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for folder in ["conf/", "bin/", "var/"] {
        zip.add_directory(folder, SimpleFileOptions::default())
            .unwrap();
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in [
        ("manifest.xml", "<m/>"),
        ("conf/module.key", "k"),
        (USERCONFIG, CONFIG),
        ("bin/start_both", "#!/bin/sh\n"),
    ] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let (package, problems) = read(&zip.finish().unwrap().into_inner());
    assert_eq!(package.userconfig, CONFIG);
    assert_eq!(package.scripts, pairs([("start_both", "#!/bin/sh\n")]));
    let told: Vec<_> = problems.iter().map(|p| (p.severity, &*p.path)).collect();
    let warning = Severity::Warning;
    assert_eq!(
        told,
        [(warning, "conf/module.key"), (warning, "manifest.xml")]
    );
}

/// Letters that hardly pack.
fn noise(length: usize) -> String {
    let mut state: u64 = 1;
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + u8::try_from(state % 16).unwrap())
    };
    (0..length).map(letter).collect()
}

#[test]
fn sizes_have_ends() {
    let noise = noise(UNPACKED_BYTES_MAX);
    let large = vec![0; PACKED_BYTES_MAX + 1];
    assert_refused(&large, "", "1048576 are the most");
    let half = &noise.as_bytes()[..UNPACKED_BYTES_MAX / 2];
    let scripts = with_config(&[("bin/a", half), ("bin/b", half)]);
    assert_refused(&scripts, USERCONFIG, "larger than 1048576 bytes, unpacked");
    let fits = &half[..half.len() - CONFIG.len()];
    assert_eq!(
        read(&with_config(&[("bin/a", half), ("bin/b", fits)])).1,
        []
    );
    let names: Vec<String> = (0..ENTRIES_MAX).map(|n| format!("bin/{n}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b""[..])).collect();
    assert_refused(&with_config(&entries), "", "257 entries; 256 are the most");
    assert_eq!(read(&with_config(&entries[1..])).1, []);
    let bomb = vec![0; RATIO_FREE_BYTES + 1];
    let bomb = with_config(&[("bin/a", &bomb)]);
    assert_refused(&bomb, "bin/a", "100 times as large as packed");
    assert_eq!(
        read(&with_config(&[("bin/a", &vec![b'x'; RATIO_FREE_BYTES])])).1,
        []
    );
}

#[test]
fn no_name_leads_anywhere_else() {
    for (name, words) in [
        ("/etc/cron.d/x", "an absolute path"),
        ("C:/x", "an absolute path"),
        ("bin/../../x", "leads out"),
        ("../x", "leads out"),
        ("bin\\start_both", "a backslash"),
        ("bin/./x", "empty or a dot"),
        ("bin//x", "empty or a dot"),
        ("bin/a\nb", "cannot be printed"),
        ("bin/lib/x", "scripts stand in bin/ itself"),
    ] {
        assert_refused(&with_config(&[(name, b"")]), name, words);
    }
    let long = format!("bin/{}", "x".repeat(252));
    let (_, message) = refused(&with_config(&[(&long, b"")]));
    assert!(message.contains("longer than 255 bytes"), "{message}");
    let latin = replaced(
        &with_config(&[("bin/start_b", b"")]),
        b"start_b",
        b"start_\xe9",
    );
    assert_refused(&latin, "bin/start_\u{fffd}", "not UTF-8");
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let twice = with_config(&[("bin/a", b"1"), ("bin/b", b"2")]);
    let twice = replaced(&twice, b"bin/b", b"bin/a");
    assert_refused(&twice, "bin/a", "two entries of this name");
    let folder = with_config(&[("bin/a", b"1"), ("bin/ab", b"")]);
    let folder = replaced(&folder, b"bin/ab", b"bin/a/");
    assert_refused(&folder, "bin/a", "two entries of this name");
}

#[test]
fn links_and_what_is_packed_otherwise_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(USERCONFIG, options).unwrap();
    zip.write_all(CONFIG.as_bytes()).unwrap();
    zip.add_symlink("bin/start_both", "/bin/sh", options)
        .unwrap();
    let zip = zip.finish().unwrap().into_inner();
    assert_refused(&zip, "bin/start_both", "a symbolic link");
    // Method 12 is bzip2; the method stands 8 bytes into a local header and 10 into the other.
    let mut bzip = with_config(&[]);
    let central = bzip
        .windows(4)
        .position(|part| part == b"PK\x01\x02")
        .unwrap();
    (bzip[8], bzip[central + 10]) = (12, 12);
    let (_, problems) = read(&bzip);
    assert!(problems[0].message.contains("deflate"), "{problems:?}");
    // Bit 0 of the flags: encrypted.
    let mut locked = with_config(&[]);
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let (_, problems) = read(&locked);
    assert!(problems[0].message.contains("encrypted"), "{problems:?}");
}

#[test]
fn both_lists_of_entries_have_to_agree() {
    let good = with_config(&[("bin/a", b"1")]);
    let mut other = good.clone();
    let at = other.windows(5).position(|part| part == b"bin/a").unwrap();
    other[at + 4] = b'b';
    assert_refused(&other, "", "no zip that can be read");
    assert_refused(&good[..good.len() - 5], "", "no zip that can be read");
    assert_refused(b"", "", "no zip that can be read");
}

#[test]
fn texts_have_to_be_texts() {
    assert_refused(&zip_of(&[]), USERCONFIG, "missing");
    let folder = zip_of(&[("web/conf/userconfig.xml", CONFIG.as_bytes())]);
    assert_refused(&folder, USERCONFIG, "there is web/conf/userconfig.xml");
    let latin = with_config(&[("bin/a", b"ab\xe9")]);
    assert_refused(&latin, "bin/a", "not text in UTF-8, from byte 2 on");
    let macros = with_config(&[("conf/macros.json", b"{\n\"PORT\": 80}")]);
    let (_, problems) = read(&macros);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (&*problems[0].path, problems[0].line),
        ("conf/macros.json", 2)
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let zip = zip_of(&[
        ("../a", b""),
        ("bin/b", b"\xff"),
        ("conf/macros.json", b"[]"),
        ("README", b""),
    ]);
    let paths: Vec<String> = read(&zip).1.into_iter().map(|p| p.path).collect();
    let expected = ["../a", USERCONFIG, "README", "bin/b", "conf/macros.json"];
    assert_eq!(paths, expected);
}
