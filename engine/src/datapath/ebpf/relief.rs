//! The programs in the kernel outlive their process for another one, whose programs take their places.
//!
//! The former process pins what it holds, and ends. Its programs and their tables decide on, renewed by echoes
//! alone. The next process makes tables of its own, as if it opened its modules, but attaches nothing; when all
//! of them say what the former ones do, each link gets the next program at one instant. Where no next process
//! comes so far, the former programs accept nothing once their lease is over, as behind a daemon that stands
//! still, and whichever daemon starts next takes them away.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fmt, fs, mem};

use aya::maps::{Array, MapData};
use aya::programs::links::FdLink;
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use serde::{Deserialize, Serialize};

use super::Ebpf;
use super::loaded::{Early, Held, Loaded, classifier, early, load, program_of};
use crate::datapath::book::Store as _;
use crate::datapath::hook::{self, Attached, Hook};
use crate::datapath::kernel_maps::failed;
use crate::datapath::pins::{Pins, Side};
use crate::datapath::unlink;
use crate::error::chain;
use crate::ports::{Datapath as _, DatapathError};

/// What the next process has to know of the tables of the former one.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// The slot of each open module.
    slots: BTreeMap<ModuleName, u32>,
}

/// What the former process has in force still.
pub(super) struct Former {
    kept: Kept,
    /// By slot.
    contacts: Array<MapData, u64>,
}

impl fmt::Debug for Former {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Former")
            .field("kept", &self.kept)
            .finish_non_exhaustive()
    }
}

/// Where the links stand.
#[derive(Clone, Debug)]
struct Places {
    folder: PathBuf,
}

impl Places {
    fn held(&self, side: Side, index: u32) -> PathBuf {
        let prefix = match side {
            Side::Ingress => "filter",
            Side::Egress => "belt",
        };
        self.folder.join(format!("{prefix}-{index}"))
    }

    fn early(&self, index: u32) -> PathBuf {
        self.folder.join(format!("early-{index}"))
    }
}

impl Pins {
    fn places(&self) -> Places {
        Places {
            folder: self.beside("-next").folder().to_owned(),
        }
    }

    /// Takes away what a process kept for a next one.
    pub(super) fn end_relief(&self) -> Result<(), DatapathError> {
        let folder = self.places().folder;
        let doing = "removing what was kept of a former filter";
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(failed(doing, source)),
        };
        for entry in entries.flatten() {
            // One that has a program of this process stays attached by that one's descriptor.
            fs::remove_file(entry.path()).map_err(|source| failed(doing, source))?;
        }
        fs::remove_dir(&folder).map_err(|source| failed(doing, source))
    }

    /// The same, where the former process is gone and its programs are to decide nothing more.
    pub(super) fn detach_relief(&self) -> Result<(), DatapathError> {
        let entries = fs::read_dir(self.places().folder);
        for entry in entries.into_iter().flatten().flatten() {
            if let Err(error) = unlink::detach_pinned(&entry.path()) {
                tracing::debug!(%error, "no link, or one that ends a moment later");
            }
        }
        self.end_relief()
    }
}

impl Ebpf {
    /// See [`crate::ports::Datapath::hand_over`].
    pub(super) fn keep_for_next(&mut self) -> Result<Vec<u8>, DatapathError> {
        if let Some(why) = self.why_no_handover() {
            return Err(DatapathError::Unsupported(why));
        }
        self.pins.end_relief()?;
        let (hook, places) = (self.hook, self.pins.places());
        let doing = "keeping the filter for the next process";
        let kept = Kept {
            slots: self.book.slots_by_name(),
        };
        if let Some(loaded) = &mut self.loaded {
            fs::create_dir_all(&places.folder).map_err(|source| failed(doing, source))?;
            loaded.keep(hook, &places)?;
        }
        serde_json::to_vec(&kept).map_err(|source| failed(doing, source))
    }

    /// See [`crate::ports::Datapath::take_over`].
    pub(super) fn begin_relief(&mut self, kept: &[u8]) -> Result<(), DatapathError> {
        let doing = "reading what the former process kept of the filter";
        let kept = serde_json::from_slice(kept).map_err(|source| failed(doing, source))?;
        self.pins.create()?;
        let contacts = self.pins.contacts()?;
        self.pins.part_from_former()?;
        let mut loaded = Loaded::new(&self.pins)?;
        loaded.former = Some(Former { kept, contacts });
        self.loaded = Some(loaded);
        Ok(())
    }

    /// See [`crate::ports::Datapath::relieve`].
    pub(super) fn end_former(&mut self) -> Result<(), DatapathError> {
        let Some(loaded) = &mut self.loaded else {
            return Ok(());
        };
        let Some(former) = loaded.former.take() else {
            return Ok(());
        };
        let slots = former.kept.slots.iter().filter_map(|(name, slot)| {
            let open = self.book.open(name).ok()?;
            Some((*slot, open.slot()))
        });
        let slots: Vec<(u32, u32)> = slots.collect();
        let mut result = loaded.inherit(&former.contacts, &slots);
        result = result.and(loaded.replace_former(self.hook, &self.pins.places()));
        // Once more: echoes may have renewed one until the former filter made way.
        result = result.and(loaded.inherit(&former.contacts, &slots));
        result.and(self.pins.end_relief())
    }
}

/// Whether the programs of this version could take the places of those of `node` that run in the network namespace
/// of the calling thread: the kernel takes them, and what both have to have in common has the same form. Nothing is
/// put in force.
///
/// # Errors
///
/// What stands in the way.
pub fn could_relieve(bpffs: &Path, node: NodeId) -> Result<(), DatapathError> {
    let pins = Pins::new(bpffs, node)?;
    if let Some(file) = pins.unlike().first() {
        let file = file.display();
        return Err(DatapathError::Unsupported(format!(
            "{file} has another form in this version"
        )));
    }
    let trial = pins.beside("-trial");
    trial.create()?;
    load(&trial).map(drop).and(trial.remove_all())
}

impl Loaded {
    /// Pins all that would end with this process. What cannot be pinned is put in force again.
    fn keep(&mut self, hook: Hook, places: &Places) -> Result<(), DatapathError> {
        let Self { object, links, .. } = self;
        let mut result = Ok(());
        for (index, held) in links {
            held.keep_early(&places.early(*index));
            for (side, attached) in held.attached.each() {
                let former = mem::replace(attached, Attached::Former);
                *attached = match former.pinned(&places.held(side, *index)) {
                    Ok(pinned) => pinned,
                    Err(error) => {
                        result = Err(error);
                        let program = classifier(object, program_of(side))?;
                        hook.attach(program, side, &held.name)?
                    }
                };
            }
        }
        result
    }

    /// Contacts that echoes renewed under the former filter hold under this one: the view is the same.
    fn inherit(
        &mut self,
        former: &Array<MapData, u64>,
        slots: &[(u32, u32)],
    ) -> Result<(), DatapathError> {
        for (from, to) in slots {
            let until = former.get(from, 0);
            let until =
                until.map_err(|source| failed("reading the former filter's contact", source))?;
            let until = Time(until).max(self.maps.echoed(*to)?);
            self.maps.put_contact(*to, until)?;
        }
        Ok(())
    }

    /// Each program takes the place of the former one at one instant; where there is none any more it is
    /// attached as ever.
    fn replace_former(&mut self, hook: Hook, places: &Places) -> Result<(), DatapathError> {
        let Self { object, links, .. } = self;
        let mut result = Ok(());
        for (index, held) in links {
            for (side, attached) in held.attached.each() {
                if !matches!(attached, Attached::Former) {
                    continue;
                }
                let program = classifier(object, program_of(side))?;
                let taken = hook::replace(program, &places.held(side, *index));
                let taken = taken.map(Attached::Tcx);
                match taken.map_or_else(|| hook.attach(program, side, &held.name), Ok) {
                    Ok(replaced) => *attached = replaced,
                    Err(error) => result = Err(error),
                }
            }
            if matches!(held.early, Early::Former) {
                let link = early(object).ok();
                let link = link.and_then(|one| hook::replace_early(one, &places.early(*index)));
                held.early = link.map_or_else(
                    || Early::Refused("it was not there before".to_owned()),
                    |link| Early::InForce { link },
                );
            }
        }
        result
    }
}

impl Held {
    /// It is an improvement only: where it cannot be kept it ends.
    fn keep_early(&mut self, file: &Path) {
        let early = mem::replace(&mut self.early, Early::Needless);
        let Early::InForce { link } = early else {
            self.early = early;
            return;
        };
        let pinned = FdLink::try_from(link).map_err(|error| error.to_string());
        let pinned = pinned.and_then(|link| link.pin(file).map_err(|error| chain(&error)));
        let link = pinned.and_then(|pinned| {
            let link = FdLink::from(pinned).try_into();
            link.map_err(|_other| "it is of another kind".to_owned())
        });
        self.early = match link {
            Ok(link) => Early::InForce { link },
            Err(why) => Early::Refused(why),
        };
    }
}
