//! A module that is open gets other rules, groups, virtual addresses or interfaces: what stays is not touched.
//!
//! In two halves, as opening: the fence knows a new address before the filter does, and forgets one that goes after
//! it. Interfaces are the same at the same place, groups under the same name. A group that comes and gets rules of
//! another one goes on with its table: with the very slot where that one goes.

use std::collections::BTreeSet;
use std::mem;
use std::net::IpAddr;

use evenkeel_core::config::live::{self, Groups};
use evenkeel_core::ids::ModuleName;
use evenkeel_packet::abi::{Fenced, GROUPS_MAX, LINKS_MAX, Vip};
use evenkeel_packet::{Addr, BUCKETS};
use zerocopy::IntoBytes;

use super::book::{Book, Open, Store, closed, free, padded};
use super::plan::{Slots, plan};
use crate::ports::{DatapathError, ModulePath};

/// The slot of a group that comes, and the one whose table it begins with.
type NewSlot = (u32, Option<u32>);

impl Book {
    /// First half: gives out slots to what is new, with every bucket of groups that get no others' rules closed, and
    /// closes the fence for new addresses. The caller puts the fence on new interfaces, then calls [`Self::exchange`].
    pub(super) fn extend<S: Store>(
        &self,
        name: &ModuleName,
        path: &ModulePath,
        store: &mut S,
    ) -> Result<Open, DatapathError> {
        let former = self.open(name)?;
        let (slots, new) = self.slots_beside(former, path)?;
        let plan = plan(path, &slots)?;
        self.check(name, &plan)?;
        let slots_of_new: Vec<u32> = new.iter().map(|(slot, _)| *slot).collect();
        store.clear_flows(&slots_of_new)?;
        for (slot, like) in new {
            let table = match like {
                Some(like) => store.table(like)?,
                None => [closed(path.node); BUCKETS],
            };
            store.put_table(slot, &table)?;
        }
        let fenced = Fenced {
            module: slots.module,
            name: padded(name),
        };
        let known: BTreeSet<Addr> = former.addrs().collect();
        for (addr, _) in plan.vips.iter().filter(|(addr, _)| !known.contains(addr)) {
            store.put_fenced(*addr, &fenced)?;
        }
        Ok(Open {
            path: path.clone(),
            slots,
            plan,
            paths: former.paths.clone(),
            routes: former.routes.clone(),
            tags: former.tags.clone(),
        })
    }

    /// Second half: the filter knows what is new, and forgets what is gone. Where the store refuses, some of it is
    /// as before; another change may follow all the same.
    pub(super) fn exchange<S: Store>(
        &mut self,
        name: &ModuleName,
        next: Open,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let Some(open) = self.modules.get_mut(name) else {
            return Err(DatapathError::NotOpen(name.clone()));
        };
        let former = mem::replace(open, next);
        open.follow_routes(store)?;
        for (addr, vip) in &open.plan.vips {
            let is_same =
                |(of, known): &(Addr, Vip)| of == addr && known.as_bytes() == vip.as_bytes();
            if !former.plan.vips.iter().any(is_same) {
                store.put_vip(*addr, vip)?;
            }
        }
        let stay: BTreeSet<Addr> = open.addrs().collect();
        for addr in former.addrs().filter(|addr| !stay.contains(addr)) {
            store.remove_vip(addr)?;
        }
        let stay: Vec<Addr> = stay.into_iter().collect();
        store.keep_fenced(&padded(name), &stay)
    }

    /// The slots of an open module that gets this path; of those that are new for groups, each with the one whose
    /// table it begins with.
    fn slots_beside(
        &self,
        former: &Open,
        path: &ModulePath,
    ) -> Result<(Slots, Vec<NewSlot>), DatapathError> {
        let taken = self.taken();
        let links = path.interfaces.len().min(former.slots.links.len());
        let (kept, _) = former.slots.links.split_at(links);
        let more = path.interfaces.len() - links;
        let links = free(more, &taken.links, LINKS_MAX, "interfaces of modules")?;
        let origins = origins(&former.path, path);
        let slot_of = |name: &str| {
            let mut names = former.path.groups.iter().map(|group| &group.name);
            let place = names.position(|known| known == name)?;
            former.slots.groups.get(place).copied()
        };
        let stays = |name: &str| path.groups.iter().any(|group| group.name == name);
        let mut groups: Vec<Option<u32>> = Vec::new();
        let mut likes = Vec::new();
        for group in &path.groups {
            let mut origins = origins.iter();
            let origin = origins.find(|(name, _)| *name == group.name);
            let like = origin.and_then(|(_, like)| Some((*like, slot_of(like)?)));
            let heir = like.filter(|(like, slot)| !stays(like) && !groups.contains(&Some(*slot)));
            let known = slot_of(&group.name).or(heir.map(|(_, slot)| slot));
            let like = like.map(|(_, slot)| slot);
            groups.push(known);
            likes.extend(known.is_none().then_some(like));
        }
        let new = free(likes.len(), &taken.groups, GROUPS_MAX, "groups")?;
        let mut unused = new.iter().copied();
        let groups = groups.into_iter();
        let slots = Slots {
            module: former.slots.module,
            links: kept.iter().copied().chain(links).collect(),
            groups: groups
                .filter_map(|slot| slot.or_else(|| unused.next()))
                .collect(),
        };
        Ok((slots, new.into_iter().zip(likes).collect()))
    }
}

/// Groups that come and get rules of another one, each with that one.
fn origins<'a>(former: &'a ModulePath, path: &'a ModulePath) -> Vec<(&'a str, &'a str)> {
    let groups = |path: &'a ModulePath| -> Groups<'a> {
        let groups = path.groups.iter();
        groups.map(|group| (&*group.name, &*group.rules)).collect()
    };
    let addrs = |path: &ModulePath| -> BTreeSet<IpAddr> {
        path.interfaces
            .iter()
            .flat_map(|one| one.addrs.clone())
            .collect()
    };
    let common = &addrs(former) & &addrs(path);
    live::origins_of(&groups(former), &groups(path), &common)
}
