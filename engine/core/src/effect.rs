//! Everything a node can ask its shell to do: one closed enum out.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_packet::bucket::BucketState;
use serde::{Deserialize, Serialize};

use crate::config::model::CheckWhen;
use crate::event::Event;
use crate::ids::{Epoch, LanId, ModuleName, NodeId, Time};
use crate::input::Script;
use crate::module::switches::CheckKind;

/// One thing to do, in the order in which `Node::poll_effect` returns them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Send a datagram to a peer's heartbeat port.
    Send {
        /// On this LAN.
        lan: LanId,
        /// To this node.
        to: NodeId,
        /// The payload.
        bytes: Vec<u8>,
    },
    /// Send a liveness probe ([`evenkeel_packet::probe`]) to a peer's heartbeat port, from a port to
    /// which the answer comes; the answer is an [`Input::Datagram`](crate::input::Input::Datagram).
    Probe {
        /// On this LAN.
        lan: LanId,
        /// To this node.
        to: NodeId,
        /// The payload.
        bytes: Vec<u8>,
    },
    /// Bring up the network side of a module with every bucket closed: filter first, then the
    /// addresses. Answered by [`Input::TrafficOpened`](crate::input::Input::TrafficOpened).
    OpenTraffic {
        /// The module; its configuration is the one last given by `Command::Configure`.
        module: ModuleName,
    },
    /// Take the network side of a module down: connections reset, addresses, then the filter.
    /// Answered by [`Input::TrafficClosed`](crate::input::Input::TrafficClosed).
    CloseTraffic {
        /// The module.
        module: ModuleName,
    },
    /// Put these bucket states in force before the next effect is executed.
    InstallTable {
        /// The module.
        module: ModuleName,
        /// The epoch they belong to; an epoch is installed repeatedly as its buckets open.
        epoch: Epoch,
        /// One table per group, in the order of the configuration.
        #[serde(with = "crate::table::states_as_bytes")]
        groups: Vec<Vec<BucketState>>,
    },
    /// Tell the filter how packets reach the nodes.
    SetRoutes {
        /// The module.
        module: ModuleName,
        /// MAC addresses of the members, one per configured interface.
        neighbours: Vec<(NodeId, Vec<[u8; 6]>)>,
        /// The entry node: it answers ARP, and in directed mode its MAC is the agreed one. `None`
        /// while there is no view: nobody answers from here.
        entry: Option<NodeId>,
    },
    /// Announce the agreed MAC now (gratuitous ARP, unsolicited neighbour advertisement), then as
    /// configured: this node became the entry node. With a rule of proto arp also when another node
    /// left that may have answered for itself: its clients are told where to go, and with them all
    /// others, so the spread over the entry nodes returns only as neighbour entries expire.
    Announce {
        /// The module.
        module: ModuleName,
        /// These virtual addresses, which came while the module ran, beside what is being announced; all, and
        /// nothing else any more, when `None`.
        #[serde(default)]
        addrs: Option<BTreeSet<IpAddr>>,
    },
    /// The filter may accept packets until the end of the lease, and not beyond its contact.
    RenewLease {
        /// The module.
        module: ModuleName,
        /// The end of the lease, on this machine's monotonic clock.
        until: Time,
        /// The end of the contact as far as this node's own probes say; echoes may prolong it. `None`:
        /// the node is alone in its view and needs none.
        contact: Option<Time>,
    },
    /// Another view is in force: answer liveness probes with its tag, and let echoes under these tags
    /// prolong the filter's contact, before the next effect is executed. Answered by
    /// [`Input::Asked`](crate::input::Input::Asked).
    SetContact {
        /// The module.
        module: ModuleName,
        /// The tags, that of the view in force first, each with the instant of this machine's
        /// monotonic clock from which on the echo of an answer counts. Empty without a view.
        tags: Vec<(u64, Time)>,
        /// How long after an answer that is echoed the filter may accept.
        window: Duration,
    },
    /// Find out whether anything arrives where the module's virtual addresses are: watch for frames from
    /// here on and have known neighbours answer, other than the farm's own nodes. Answered by
    /// [`Input::Received`](crate::input::Input::Received) at the first frame, or at once when there is
    /// no such neighbour; and again and again, at least twice within
    /// [`FIRST_FRAME_HOLDS`](crate::limits::FIRST_FRAME_HOLDS), until told to leave it be.
    Listen {
        /// The module.
        module: ModuleName,
        /// Begin, or leave it be.
        listen: bool,
    },
    /// Count the sockets in buckets that are not this node's. Answered by
    /// [`Input::HeldSockets`](crate::input::Input::HeldSockets).
    CountHeld {
        /// The module.
        module: ModuleName,
        /// To be repeated in the answer.
        epoch: Epoch,
        /// Likewise: which count it is.
        number: u64,
    },
    /// Run a script. Answered by [`Input::ScriptEnded`](crate::input::Input::ScriptEnded), also
    /// when there is no such script.
    RunScript {
        /// The module.
        module: ModuleName,
        /// Which one.
        script: Script,
        /// Its arguments (current state, next state, action; `force` first where it applies).
        args: Vec<String>,
        /// Kill it with all its children after this time; no limit when `None`.
        timeout: Option<Duration>,
    },
    /// Kill what runs of a module at this instant with all their children: its scripts, and the programs for
    /// failures of processes. Each is answered as if it had ended by itself.
    KillScripts {
        /// The module.
        module: ModuleName,
    },
    /// Begin the checks of a module of this time and kind: its `<check>`s, and those that `check="on"` of
    /// interfaces and virtual addresses stands for, or its `<proc>`s of this class; each has a resource of
    /// [`watched`](crate::module::watched::watched). Answered by
    /// [`Input::Checked`](crate::input::Input::Checked), one for the first result of each and one for
    /// each change. Where such checks run the module's configuration is another one: those that
    /// [look at the same](crate::module::watched::Look) go on, the others end.
    StartChecks {
        /// The module; its configuration is the one last given by `Command::Configure`.
        module: ModuleName,
        /// Those that run from `prestart` to `poststop`, or from `start_both` to `stop_both`.
        when: CheckWhen,
        /// Which of them.
        kind: CheckKind,
    },
    /// End the checks of this time and kind: what they found is not told any more, not even when they begin
    /// again.
    StopChecks {
        /// The module.
        module: ModuleName,
        /// As begun.
        when: CheckWhen,
        /// As begun.
        kind: CheckKind,
    },
    /// Run the program that a `<proc>` has for its failure. Answered by
    /// [`Input::HandlerEnded`](crate::input::Input::HandlerEnded), also when there is no such program.
    RunHandler {
        /// The module.
        module: ModuleName,
        /// The name of the `<proc>`.
        process: String,
        /// The program, absolute or relative to the module's `bin`.
        program: String,
        /// Kill it with all its children after this time.
        timeout: Duration,
    },
    /// Begin to look at the processes of a class, which a script switched on, or end it. Answered by
    /// [`Input::Checked`](crate::input::Input::Checked), and begun while it runs, as `StartChecks` is.
    WatchClass {
        /// The module.
        module: ModuleName,
        /// The class, as its `<proc>`s name it.
        class: String,
        /// Begin, or end.
        on: bool,
    },
    /// Reboot the machine: the module, whose configuration says so, has stopped. Answered by
    /// [`Input::RebootFailed`](crate::input::Input::RebootFailed) where that cannot be.
    Reboot {
        /// The module.
        module: ModuleName,
    },
    /// Tell those who listen.
    Event(Event),
}
