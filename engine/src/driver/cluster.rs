//! Nodes and LANs that come and go: the core says whether they can, the sockets follow.

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::node::Other;

use crate::clock;
use crate::driver::Driver;
use crate::error::{EngineError, chain};
use crate::net::heartbeat::{self, LanAddrs, LanSocket, lan_addrs};

impl Driver {
    /// The cluster has this configuration, and peers may have `other`: see
    /// [`Node::recluster`](evenkeel_core::node::Node::recluster).
    pub(super) fn recluster(
        &mut self,
        own: ClusterConfig,
        other: Option<Other>,
    ) -> Result<(), EngineError> {
        // Before anything changes: a port that is taken refuses the change.
        let mut added = Vec::new();
        let next = other.iter().filter_map(|other| match other {
            Other::Next(next) => Some(next),
            Other::Former(_) => None,
        });
        for addrs in [&own]
            .into_iter()
            .chain(next)
            .flat_map(|cluster| self.addrs(cluster))
        {
            let has = |socket: &LanSocket| socket.name() == addrs.name;
            if !self.lans.iter().chain(&added).any(has) {
                let bound = heartbeat::bind(addrs);
                let bound = bound.map_err(|error| EngineError::NoSocket(chain(&error)))?;
                added.push(LanSocket::new(bound));
            }
        }
        let now = clock::now();
        let told = self.recorder.as_ref().map(|_| (own.clone(), other.clone()));
        self.node.recluster(own, other, now)?;
        if let Some((recorder, (own, other))) = self.recorder.as_mut().zip(told) {
            recorder.recluster(&own, other.as_ref(), now);
        }
        self.config.cluster = self.node.cluster().clone();
        self.lans.append(&mut added);
        self.follow_cluster();
        Ok(())
    }

    /// The sockets are those of the LANs that this node is in, in their order.
    fn follow_cluster(&mut self) {
        let mut sockets = std::mem::take(&mut self.lans);
        for addrs in self.addrs(&self.config.cluster) {
            let place = sockets
                .iter()
                .position(|socket| socket.name() == addrs.name);
            let Some(mut socket) = place.map(|place| sockets.swap_remove(place)) else {
                continue;
            };
            socket.set(addrs);
            self.lans.push(socket);
        }
        // Where probes are answered follows the interfaces, and whose frames are the farm's the nodes.
        self.worker.links();
        let listening = self
            .modules
            .iter()
            .filter(|(_, shell)| shell.is_listening());
        let listening: Vec<ModuleName> = listening.map(|(module, _)| module.clone()).collect();
        for module in listening {
            self.listen(module, true);
        }
    }

    fn addrs(&self, cluster: &ClusterConfig) -> Vec<LanAddrs> {
        lan_addrs(cluster, self.config.node, &self.config.heartbeat_addrs)
    }
}
