//! Networks that are cut on purpose: from the name of a LAN to the interface that ends there.

use std::collections::BTreeSet;

use super::Driver;
use crate::error::EngineError;
use crate::handle::LanEnd;
use crate::net::heartbeat::lan_addrs;
use crate::net::lans;
use crate::net::links::Link;
use crate::ports::{CutEnd, Way};

impl Driver {
    /// Cuts these ends and none else; where not to carry it out, only looks whether it can be done.
    pub(super) fn cut(
        &mut self,
        ends: &BTreeSet<LanEnd>,
        links: &[Link],
        carry_out: bool,
    ) -> Result<(), EngineError> {
        if let Some(why) = self.datapath.why_no_cut()
            && !ends.is_empty()
        {
            return Err(EngineError::NoCut(why));
        }
        let found = ends.iter().map(|end| self.cut_end(end, links));
        let found = found.collect::<Result<BTreeSet<CutEnd>, _>>()?;
        if carry_out {
            self.datapath.cut(&found)?;
            let deaf = found.iter().filter(|end| end.way == Way::In);
            self.worker
                .deafen(deaf.map(|end| end.interface.index).collect());
        }
        Ok(())
    }

    fn cut_end(&self, end: &LanEnd, links: &[Link]) -> Result<CutEnd, EngineError> {
        let LanEnd { lan, way } = end;
        let addrs = lan_addrs(
            &self.config.cluster,
            self.config.node,
            &self.config.heartbeat_addrs,
        );
        let Some(known) = addrs.iter().find(|known| known.name == *lan) else {
            return Err(EngineError::NoLan {
                lan: lan.clone(),
                present: addrs.into_iter().map(|known| known.name).collect(),
            });
        };
        let Some(interface) = lans::interface(known, links) else {
            let addr = known.own.ip();
            return Err(EngineError::NoCut(format!(
                "no Ethernet interface of this node has its address {addr} in the LAN {lan}"
            )));
        };
        Ok(CutEnd {
            interface,
            way: *way,
        })
    }
}
