//! The end of a script with all that it started: its process group, and those of its children that left
//! the group, as far as their parents still live.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

/// Kills a process that has not been waited for, whose number is its group's, and its children. Blocks for
/// as long as the kernel takes to list its processes.
pub(super) fn end(script: Pid) {
    let mut tree = BTreeSet::from([script]);
    // Who stands still has no more children: the tree is whole when nobody new is found.
    signal(killpg(script, Signal::SIGSTOP));
    loop {
        let children = children_of(&tree).unwrap_or_else(|error| {
            tracing::warn!(%error, "/proc cannot be read: only the script's own process group is killed");
            BTreeSet::new()
        });
        if children.is_empty() {
            break;
        }
        for child in &children {
            signal(kill(*child, Signal::SIGSTOP));
        }
        tree.extend(children);
    }
    signal(killpg(script, Signal::SIGKILL));
    for process in tree {
        signal(kill(process, Signal::SIGKILL));
    }
}

fn signal(sent: nix::Result<()>) {
    match sent {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => tracing::warn!(%error, "a process of a script could not be killed"),
    }
}

/// The children of these processes that are not among them.
fn children_of(parents: &BTreeSet<Pid>) -> io::Result<BTreeSet<Pid>> {
    let mut children = BTreeSet::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let id: Option<i32> = entry.file_name().to_str().and_then(|id| id.parse().ok());
        let Some(id) = id.map(Pid::from_raw).filter(|id| !parents.contains(id)) else {
            continue;
        };
        // One that ends meanwhile is none.
        let stat = fs::read(entry.path().join("stat")).unwrap_or_default();
        if parent(&stat).is_some_and(|parent| parents.contains(&parent)) {
            children.insert(id);
        }
    }
    Ok(children)
}

/// Of `pid (comm) state parent …`, where the name may have parentheses and blanks too.
fn parent(stat: &[u8]) -> Option<Pid> {
    let end = stat.iter().rposition(|byte| *byte == b')')?;
    let fields = std::str::from_utf8(stat.get(end + 1..)?).ok()?;
    let parent = fields.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(Pid::from_raw(parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_found_behind_any_name() {
        for name in ["sh", "a b", "x) S 7 (", ""] {
            let stat = format!("12 ({name}) S 34 12 12 0 -1\n");
            assert_eq!(parent(stat.as_bytes()), Some(Pid::from_raw(34)), "{name}");
        }
        assert_eq!(parent(b""), None);
        assert_eq!(parent(b"12 (sh) S"), None);
    }
}
