//! A view on its way: its tables cut into parts that fit a datagram, and put together again.

use serde::{Deserialize, Serialize};

use super::{Version, View};
use crate::ids::{GroupId, ModuleName, NodeId, NodeSet};
use crate::limits::{GROUPS_MAX, PART_BYTES_MAX};
use crate::table::Table;
use crate::wire::TablePart;

/// Pieces of the table of one group.
const PIECES: usize = Table::BYTES / PART_BYTES_MAX;

/// The parts of a view, each for one datagram.
pub fn split(module: &ModuleName, view: &View) -> Vec<TablePart> {
    let groups = view.groups.iter().zip(&view.withdrawn).zip(&view.tables);
    let pieces = groups.flat_map(|((group, withdrawn), table)| {
        let bytes = table.to_bytes();
        let pieces = bytes.chunks(PART_BYTES_MAX).map(<[u8]>::to_vec);
        let pieces: Vec<_> = pieces.map(|piece| (*group, *withdrawn, piece)).collect();
        pieces
    });
    let part = |(part, (group, withdrawn, bytes)): (u8, _)| TablePart {
        module: module.clone(),
        version: view.version,
        members: view.members,
        entry: view.entry,
        base: view.base,
        fresh: view.fresh,
        groups: u8::try_from(view.tables.len()).unwrap_or(u8::MAX),
        group,
        withdrawn,
        part,
        bytes,
    };
    (0..).zip(pieces).map(part).collect()
}

/// The parts of one view that arrived so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assembly {
    version: Version,
    members: NodeSet,
    entry: Option<NodeId>,
    base: Version,
    fresh: NodeSet,
    /// One per group of the view.
    groups: Vec<Pieces>,
}

/// What arrived of one group.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Pieces {
    /// Which one it is, and who wants no share of it.
    group: Option<(GroupId, NodeSet)>,
    pieces: [Option<Vec<u8>>; PIECES],
}

impl Pieces {
    fn table(&self) -> Option<Table> {
        let pieces: Option<Vec<&[u8]>> = self.pieces.iter().map(Option::as_deref).collect();
        Table::from_bytes(&pieces?.concat()).ok()
    }
}

impl Assembly {
    /// Starts with the description in any part. `None` when that is of no view that there can be.
    pub fn start(part: &TablePart) -> Option<Self> {
        let groups = usize::from(part.groups);
        if groups == 0 || groups > GROUPS_MAX {
            return None;
        }
        Some(Self {
            version: part.version,
            members: part.members,
            entry: part.entry,
            base: part.base,
            fresh: part.fresh,
            groups: vec![Pieces::default(); groups],
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
        let (group, piece) = (
            usize::from(part.part) / PIECES,
            usize::from(part.part) % PIECES,
        );
        let is_whole = usize::from(part.groups) == self.groups.len();
        let known = self.groups.get_mut(group)?;
        let its = (part.group, part.withdrawn);
        let is_its = known.group.is_none_or(|known| known == its);
        if theirs != ours || !is_whole || !is_its || part.bytes.len() != PART_BYTES_MAX {
            return None;
        }
        known.group = Some(its);
        *known.pieces.get_mut(piece)? = Some(part.bytes);
        self.view()
    }

    fn view(&self) -> Option<View> {
        let groups: Option<Vec<(GroupId, NodeSet)>> =
            self.groups.iter().map(|pieces| pieces.group).collect();
        let (groups, withdrawn) = groups?.into_iter().unzip();
        Some(View {
            version: self.version,
            members: self.members,
            entry: self.entry,
            base: self.base,
            fresh: self.fresh,
            groups,
            withdrawn,
            tables: self
                .groups
                .iter()
                .map(Pieces::table)
                .collect::<Option<_>>()?,
        })
    }
}

// Every part is full, because tables are whole multiples of a part.
const _: () = assert!(Table::BYTES.is_multiple_of(PART_BYTES_MAX));

#[cfg(test)]
mod tests {
    use super::super::{Roster, Share};
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
            &["a", "b"].map(|name| Share {
                group: GroupId::of(name),
                like: None,
                weights: weights.clone(),
            }),
        )
    }

    #[test]
    fn a_view_survives_the_way_in_any_order_and_with_repetitions() {
        let (view, module) = (view(), ModuleName::try_from("m".to_owned()).unwrap());
        let mut parts = split(&module, &view);
        parts.reverse();
        let repeated = parts[0].clone();
        let mut assembly = Assembly::start(&repeated).unwrap();
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
        let none = TablePart {
            groups: 0,
            ..parts[0].clone()
        };
        assert!(Assembly::start(&none).is_none());
        let mut assembly = Assembly::start(&parts[0]).unwrap();
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
        let group = TablePart {
            group: GroupId::of("c"),
            ..parts[0].clone()
        };
        assert_eq!(
            assembly.take(group),
            None,
            "of the group of the pieces before"
        );
        let more = TablePart {
            groups: 3,
            ..parts[0].clone()
        };
        assert_eq!(assembly.take(more), None);
        let other = TablePart {
            members: NodeSet::EMPTY,
            ..parts[0].clone()
        };
        assert_eq!(assembly.take(other), None);
        assert_eq!(assembly.take(parts[0].clone()), Some(view));
    }
}
