//! A module that is open gets other rules, groups, virtual addresses or interfaces: what stays is not touched.
//!
//! In two halves, as opening: the fence knows a new address before the filter does, and forgets one that goes after
//! it. Interfaces are the same at the same place, groups under the same name.

use std::collections::BTreeSet;
use std::mem;

use evenkeel_core::ids::ModuleName;
use evenkeel_packet::abi::{Fenced, GROUPS_MAX, LINKS_MAX, Vip};
use evenkeel_packet::{Addr, BUCKETS};
use zerocopy::IntoBytes;

use super::book::{Book, Open, Store, closed, free, padded};
use super::plan::{Slots, plan};
use crate::ports::{DatapathError, ModulePath};

impl Book {
    /// First half: gives out slots to what is new, with every bucket of new groups closed, and closes the fence for
    /// new addresses. The caller puts the fence on new interfaces, then calls [`Self::exchange`].
    pub(super) fn extend<S: Store>(
        &self,
        name: &ModuleName,
        path: &ModulePath,
        store: &mut S,
    ) -> Result<Open, DatapathError> {
        let former = self.open(name)?;
        let slots = self.slots_beside(former, path)?;
        let plan = plan(path, &slots)?;
        self.check(name, &plan)?;
        let is_new = |slot: &&u32| !former.slots.groups.contains(*slot);
        let new: Vec<u32> = slots.groups.iter().filter(is_new).copied().collect();
        store.clear_flows(&new)?;
        for group in new {
            store.put_table(group, &[closed(path.node); BUCKETS])?;
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

    /// The slots of an open module that gets this path.
    fn slots_beside(&self, former: &Open, path: &ModulePath) -> Result<Slots, DatapathError> {
        let taken = self.taken();
        let links = path.interfaces.len().min(former.slots.links.len());
        let (kept, _) = former.slots.links.split_at(links);
        let more = path.interfaces.len() - links;
        let links = free(more, &taken.links, LINKS_MAX, "interfaces of modules")?;
        let of = |group: &str| {
            let mut names = former.path.groups.iter().map(|group| &group.name);
            let place = names.position(|name| name == group)?;
            former.slots.groups.get(place).copied()
        };
        let found: Vec<Option<u32>> = path.groups.iter().map(|group| of(&group.name)).collect();
        let more = found.iter().filter(|slot| slot.is_none()).count();
        let mut new = free(more, &taken.groups, GROUPS_MAX, "groups")?.into_iter();
        let groups = found
            .into_iter()
            .filter_map(|slot| slot.or_else(|| new.next()));
        Ok(Slots {
            module: former.slots.module,
            links: kept.iter().copied().chain(links).collect(),
            groups: groups.collect(),
        })
    }
}
