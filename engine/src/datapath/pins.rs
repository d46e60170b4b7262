//! What outlives the daemon: a folder in the bpf file system with the fence's links and addresses.
//!
//! `<bpffs>/evenkeel/<namespace>-<node>/` has a file per interface and direction, one for all other
//! interfaces, the map of the fenced addresses, and those by which the fence answers liveness probes.
//! The number of the network namespace keeps nodes of a test farm apart.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use aya::Ebpf;
use aya::maps::{Array, HashMap, Map, MapData, MapInfo};
use aya::programs::links::FdLink;
use aya::programs::tc::TcAttachOptions;
use aya::programs::{LinkOrder, SchedClassifier, SkLookup, TcAttachType};
use evenkeel_core::ids::NodeId;
use evenkeel_packet::abi::{Asked, Responder, map, program};

use super::hook;
use super::kernel_maps::{FencedMap, failed};
use super::unlink;
use crate::ports::DatapathError;

/// The network namespace of the calling thread.
const NAMESPACE: &str = "/proc/thread-self/ns/net";

/// Where a program is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The fence, on what comes in.
    Ingress,
    /// The belt's fence, on what goes out.
    Egress,
}

impl Side {
    const fn file_prefix(self) -> &'static str {
        match self {
            Self::Ingress => "fence",
            Self::Egress => "belt",
        }
    }

    pub(super) const fn attach_type(self) -> TcAttachType {
        match self {
            Self::Ingress => TcAttachType::Ingress,
            Self::Egress => TcAttachType::Egress,
        }
    }
}

/// The folder of one node.
#[derive(Clone, Debug)]
pub(super) struct Pins {
    folder: PathBuf,
}

impl Pins {
    /// The folder of `node` in the network namespace of the calling thread; not yet created.
    pub(super) fn new(bpffs: &Path, node: NodeId) -> Result<Self, DatapathError> {
        let namespace = fs::metadata(NAMESPACE)
            .map_err(|source| failed("looking up the network namespace", source))?
            .ino();
        Ok(Self {
            folder: bpffs.join("evenkeel").join(format!("{namespace}-{node}")),
        })
    }

    /// A folder beside it. No name in that file system has a dot.
    pub(super) fn beside(&self, suffix: &str) -> Self {
        let mut folder = self.folder.clone().into_os_string();
        folder.push(suffix);
        Self {
            folder: folder.into(),
        }
    }

    /// Creates the folder.
    pub(super) fn create(&self) -> Result<(), DatapathError> {
        fs::create_dir_all(&self.folder).map_err(|source| {
            failed(
                &format!("creating {} in the bpf file system", self.folder.display()),
                source,
            )
        })
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn file(&self, side: Side, ifindex: u32) -> PathBuf {
        self.folder
            .join(format!("{}-{ifindex}", side.file_prefix()))
    }

    /// Puts `program` in force at the end of the chain of an interface, pinned. Where a killed
    /// daemon left one it is replaced in place: there is no instant without it.
    pub(super) fn attach(
        &self,
        program: &mut SchedClassifier,
        side: Side,
        name: &str,
        ifindex: u32,
    ) -> Result<(), DatapathError> {
        let file = self.file(side, ifindex);
        // This process's own descriptor closes; the pin keeps the link.
        if hook::replace(program, &file).is_some() {
            return Ok(());
        }
        let doing = format!("attaching the fence to {name}");
        // What could not be replaced belongs to an interface that is gone.
        remove(&file)?;
        let order = TcAttachOptions::TcxOrder(LinkOrder::last());
        let id = program
            .attach_with_options(name, side.attach_type(), order)
            .map_err(|source| failed(&doing, source))?;
        let link = program
            .take_link(id)
            .map_err(|source| failed(&doing, source))?;
        let link = FdLink::try_from(link).map_err(|source| failed(&doing, source))?;
        link.pin(&file).map_err(|source| failed(&doing, source))?;
        Ok(())
    }

    /// Refuses what comes in for a virtual address on another interface, in the network namespace of
    /// the calling thread. There is no instant without it where a killed daemon left it.
    pub(super) fn refuse_elsewhere(&self, object: &mut Ebpf) -> Result<(), DatapathError> {
        let doing = "refusing what comes in on other interfaces";
        let missing = || DatapathError::Unsupported("the filter has no such program".into());
        let program = object.program_mut(program::ELSEWHERE).ok_or_else(missing)?;
        let program: &mut SkLookup = program.try_into().map_err(|source| failed(doing, source))?;
        program.load().map_err(|source| failed(doing, source))?;
        let namespace = File::open(NAMESPACE).map_err(|source| failed(doing, source))?;
        let link = program
            .attach(&namespace)
            .and_then(|id| program.take_link(id))
            .map_err(|source| failed(doing, source))?;
        let file = self.folder.join(program::ELSEWHERE);
        remove(&file)?;
        let pinned = FdLink::from(link).pin(&file);
        pinned.map(drop).map_err(|source| failed(doing, source))
    }

    /// Takes a pinned program out of force, at once.
    pub(super) fn detach(&self, side: Side, ifindex: u32) -> Result<(), DatapathError> {
        end(&self.file(side, ifindex))
    }

    /// The fenced addresses that a killed daemon left, if any.
    pub(super) fn fenced(&self) -> Option<FencedMap> {
        let data = MapData::from_pin(self.folder.join(map::FENCED)).ok()?;
        let map = HashMap::try_from(Map::HashMap(data)).ok()?;
        Some(FencedMap { map })
    }

    /// Makes what a killed daemon left answer no probe; what is fenced stays so.
    pub(super) fn silence(&self) -> Result<(), DatapathError> {
        let doing = "silencing the fence of a former run";
        let Ok(data) = MapData::from_pin(self.folder.join(map::RESPONDER)) else {
            return Ok(());
        };
        let mut responder: Array<MapData, [u8; size_of::<Responder>()]> =
            Array::try_from(Map::Array(data)).map_err(|source| failed(doing, source))?;
        let silent = [0; size_of::<Responder>()];
        responder
            .set(0, silent, 0)
            .map_err(|source| failed(doing, source))
    }

    /// Pins the map by which echoes renew contacts, for a process that takes this one over.
    pub(super) fn keep_contacts(&self, object: &Ebpf) -> Result<(), DatapathError> {
        let doing = "pinning the filter's contacts";
        let missing = || DatapathError::Unsupported("the filter has no contacts".into());
        let map = object.map(map::CONTACTS).ok_or_else(missing)?;
        let file = self.folder.join(map::CONTACTS);
        remove(&file)?;
        map.pin(&file).map_err(|source| failed(doing, source))
    }

    /// The contacts of the process that is taken over, by slot.
    pub(super) fn contacts(&self) -> Result<Array<MapData, u64>, DatapathError> {
        let doing = "reading the contacts of the former filter";
        let data = MapData::from_pin(self.folder.join(map::CONTACTS));
        let data = data.map_err(|source| failed(doing, source))?;
        Array::try_from(Map::Array(data)).map_err(|source| failed(doing, source))
    }

    /// Lets the programs of a process that is taken over, which answer probes still, keep what they answer by
    /// to themselves. When which probe was asked is a matter of both.
    pub(super) fn part_from_former(&self) -> Result<(), DatapathError> {
        remove(&self.folder.join(map::RESPONDER))
    }

    /// Removes pinned maps whose layout is another version's: they cannot be taken over. Until the
    /// fence is replaced it keeps the former ones.
    pub(super) fn discard_unlike(&self) -> Result<(), DatapathError> {
        self.unlike().iter().try_for_each(|file| remove(file))
    }

    /// The pinned maps whose layout is another version's.
    pub(super) fn unlike(&self) -> Vec<PathBuf> {
        let layouts = [
            (map::RESPONDER, size_of::<Responder>()),
            (map::ASKED, size_of::<Asked>()),
            (map::PROBED, size_of::<u64>()),
        ];
        let files = layouts.map(|(name, size)| (self.folder.join(name), size));
        let is_unlike = |(file, size): &(PathBuf, usize)| {
            let info = MapInfo::from_pin(file);
            info.is_ok_and(|info| info.value_size() as usize != *size)
        };
        let unlike = files.into_iter().filter(is_unlike);
        unlike.map(|(file, _)| file).collect()
    }

    /// Removes the fence from interfaces that are not among these, and that of the belt from all.
    pub(super) fn keep(&self, indices: &BTreeSet<u32>) -> Result<(), DatapathError> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Ok(());
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some((prefix, index)) = name.to_str().and_then(|name| name.split_once('-')) else {
                // A map.
                continue;
            };
            let index = index.parse::<u32>().ok();
            let is_kept = prefix == Side::Ingress.file_prefix()
                && index.is_some_and(|index| indices.contains(&index));
            if !is_kept {
                end(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes everything, also what a killed daemon left on interfaces that are not used any more.
    pub(super) fn remove_all(&self) -> Result<(), DatapathError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(failed("reading the fence's pins", source)),
        };
        for entry in entries.flatten() {
            remove(&entry.path())?;
        }
        match fs::remove_dir(&self.folder) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                Err(failed("removing the folder of the fence's pins", source))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Takes the program of a pinned link out of force at once, and its pin away.
fn end(file: &Path) -> Result<(), DatapathError> {
    if let Err(error) = unlink::detach_pinned(file)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::debug!(%error, file = %file.display(), "its program ends a moment later");
    }
    remove(file)
}

/// What is not there need not be removed.
fn remove(file: &Path) -> Result<(), DatapathError> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != ErrorKind::NotFound => {
            Err(failed(&format!("removing {}", file.display()), source))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
