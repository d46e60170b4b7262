//! A view on its way: its tables cut into parts that fit a datagram, and put together again.

use serde::{Deserialize, Serialize};

use super::{Version, View};
use crate::ids::{ModuleName, NodeId, NodeSet};
use crate::limits::{GROUPS_MAX, PART_BYTES_MAX, PARTS_MAX};
use crate::table::Table;
use crate::wire::TablePart;

/// The parts of a view, each for one datagram.
pub fn split(module: &ModuleName, view: &View) -> Vec<TablePart> {
    let bytes = view
        .tables
        .iter()
        .map(Table::to_bytes)
        .collect::<Vec<_>>()
        .concat();
    let part = |(part, bytes): (u8, &[u8])| TablePart {
        module: module.clone(),
        version: view.version,
        members: view.members,
        entry: view.entry,
        base: view.base,
        fresh: view.fresh,
        withdrawn: view.withdrawn.clone(),
        groups: u8::try_from(view.tables.len()).unwrap_or(u8::MAX),
        part,
        bytes: bytes.to_vec(),
    };
    (0..).zip(bytes.chunks(PART_BYTES_MAX)).map(part).collect()
}

/// The parts of one view that arrived so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assembly {
    version: Version,
    members: NodeSet,
    entry: Option<NodeId>,
    base: Version,
    fresh: NodeSet,
    withdrawn: Vec<NodeSet>,
    /// One per part of the view.
    parts: Vec<Option<Vec<u8>>>,
}

impl Assembly {
    /// Starts with the description in any part, for a module with this many groups. `None` when
    /// the part does not describe such a view.
    pub fn start(part: &TablePart, groups: usize) -> Option<Self> {
        let fits = usize::from(part.groups) == groups && part.withdrawn.len() == groups;
        if !fits || groups == 0 || groups > GROUPS_MAX {
            return None;
        }
        let parts = (groups * Table::BYTES)
            .div_ceil(PART_BYTES_MAX)
            .min(PARTS_MAX);
        Some(Self {
            version: part.version,
            members: part.members,
            entry: part.entry,
            base: part.base,
            fresh: part.fresh,
            withdrawn: part.withdrawn.clone(),
            parts: vec![None; parts],
        })
    }

    /// The view that it will be.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// Takes a part; the view, when it is complete and its tables are ones. A part of another view,
    /// or that does not fit in, changes nothing.
    pub fn take(&mut self, part: TablePart) -> Option<View> {
        let theirs = (
            part.version,
            part.members,
            part.entry,
            part.base,
            part.fresh,
        );
        let ours = (
            self.version,
            self.members,
            self.entry,
            self.base,
            self.fresh,
        );
        let same = theirs == ours && part.withdrawn == self.withdrawn;
        let slot = self.parts.get_mut(usize::from(part.part))?;
        if !same || part.bytes.len() != PART_BYTES_MAX {
            return None;
        }
        *slot = Some(part.bytes);
        let parts: Option<Vec<&[u8]>> = self.parts.iter().map(Option::as_deref).collect();
        let bytes = parts?.concat();
        let tables = bytes.chunks(Table::BYTES).map(Table::from_bytes);
        Some(View {
            version: self.version,
            members: self.members,
            entry: self.entry,
            base: self.base,
            fresh: self.fresh,
            withdrawn: self.withdrawn.clone(),
            tables: tables.collect::<Result<_, _>>().ok()?,
        })
    }
}

// Every part is full, because tables are whole multiples of a part.
const _: () = assert!(Table::BYTES.is_multiple_of(PART_BYTES_MAX));

#[cfg(test)]
mod tests {
    use super::super::Roster;
    use super::*;
    use crate::ids::{Epoch, Incarnation};

    fn view() -> View {
        let members: NodeSet = (0..3).filter_map(NodeId::new).collect();
        let weights: Vec<_> = members.iter().map(|node| (node, 1)).collect();
        let epoch = Epoch {
            counter: 7,
            leader: NodeId::new(1).unwrap(),
        };
        View::next(
            None,
            true,
            Version {
                epoch,
                run: Incarnation(1),
            },
            Roster {
                members,
                withdrawn: vec![NodeSet::EMPTY, NodeSet::single(NodeId::new(2).unwrap())],
                alive: members,
            },
            &[weights.clone(), weights],
        )
    }

    #[test]
    fn a_view_survives_the_way_in_any_order_and_with_repetitions() {
        let (view, module) = (view(), ModuleName::try_from("m".to_owned()).unwrap());
        let mut parts = split(&module, &view);
        parts.reverse();
        let repeated = parts[0].clone();
        let mut assembly = Assembly::start(&repeated, 2).unwrap();
        let last = parts.pop().unwrap();
        for part in parts {
            assert_eq!(assembly.take(part), None);
        }
        assert_eq!(assembly.take(repeated), None);
        assert_eq!(assembly.take(last), Some(view));
    }

    #[test]
    fn a_part_that_does_not_fit_changes_nothing() {
        let (view, module) = (view(), ModuleName::try_from("m".to_owned()).unwrap());
        let parts = split(&module, &view);
        assert!(
            Assembly::start(&parts[0], 1).is_none(),
            "another number of groups"
        );
        let mut assembly = Assembly::start(&parts[0], 2).unwrap();
        for part in &parts[1..] {
            assert_eq!(assembly.take(part.clone()), None);
        }
        let short = TablePart {
            bytes: vec![0; 3],
            ..parts[0].clone()
        };
        assert_eq!(assembly.take(short), None);
        let beyond = TablePart {
            part: 200,
            ..parts[0].clone()
        };
        assert_eq!(assembly.take(beyond), None);
        let other = TablePart {
            members: NodeSet::EMPTY,
            ..parts[0].clone()
        };
        assert_eq!(assembly.take(other), None);
        assert_eq!(assembly.take(parts[0].clone()), Some(view));
    }
}
