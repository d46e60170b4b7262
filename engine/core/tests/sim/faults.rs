//! The kinds of faults by name, and which of them a run has.

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Crash,
    Kill,
    Boot,
    Freeze,
    Stall,
    Relay,
    Cut,
    OneWay,
    Deaf,
    Part,
    Cable,
    Check,
    Narrow,
    Stop,
    Start,
    Weight,
    Change,
    Drain,
    Burst,
    Nap,
    Lone,
    Loss,
    Delay,
    Duplicate,
    Straggler,
    Attack,
}

/// All kinds: each with its name and what happens.
pub const ALL: [(Fault, &str, &str); 26] = [
    (Fault::Crash, "crash", "a server's power fails"),
    (
        Fault::Kill,
        "kill",
        "a daemon is killed, its machine is fine",
    ),
    (
        Fault::Boot,
        "boot",
        "a server is switched on, or off and on",
    ),
    (
        Fault::Freeze,
        "freeze",
        "a daemon stands still, its kernel goes on",
    ),
    (
        Fault::Stall,
        "stall",
        "a daemon stands still in the middle of what it does",
    ),
    (
        Fault::Relay,
        "relay",
        "another process takes a daemon over, which stands still meanwhile",
    ),
    (Fault::Cut, "cut", "two servers do not hear each other"),
    (
        Fault::OneWay,
        "one-way",
        "one server does not hear another, which hears it",
    ),
    (
        Fault::Deaf,
        "deaf",
        "a server hears nobody at all, what it sends arrives",
    ),
    (Fault::Part, "part", "the farm falls into two sides"),
    (
        Fault::Cable,
        "cable",
        "a cable is pulled, and the daemon is told",
    ),
    (
        Fault::Check,
        "check",
        "a check fails: the module restarts, starts again, or waits",
    ),
    (
        Fault::Narrow,
        "narrow",
        "nothing long arrives from one server at another",
    ),
    (
        Fault::Stop,
        "stop",
        "an operator stops the module on a server, by force or not",
    ),
    (
        Fault::Start,
        "start",
        "an operator starts the module on a server",
    ),
    (
        Fault::Weight,
        "weight",
        "the weights change: one server after the other is stopped, configured, started",
    ),
    (
        Fault::Change,
        "change",
        "the timing, the LANs or the groups of the module change while it serves",
    ),
    (
        Fault::Drain,
        "drain",
        "an operator drains a server or gives it a share again, or a script does",
    ),
    (
        Fault::Burst,
        "burst",
        "any number of servers leave, join, crash and are killed at once",
    ),
    (
        Fault::Nap,
        "nap",
        "nothing but daemons that stand still for less than a second: no view changes (L1)",
    ),
    (
        Fault::Lone,
        "lone",
        "nothing but one server that is lost: the others serve on without a pause (T5)",
    ),
    (Fault::Loss, "loss", "datagrams vanish"),
    (
        Fault::Delay,
        "delay",
        "datagrams take long, and overtake each other",
    ),
    (Fault::Duplicate, "duplicate", "datagrams arrive twice"),
    (
        Fault::Straggler,
        "straggler",
        "datagrams arrive up to two seconds late",
    ),
    (
        Fault::Attack,
        "attack",
        "datagrams and probes are replayed, mangled, sent elsewhere (L2)",
    ),
];

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults(u32);

impl Faults {
    /// All of them.
    pub const ALL: Self = Self(u32::MAX);

    /// Those in a list of names with commas between them.
    ///
    /// # Errors
    ///
    /// The name that there is not, and those that there are.
    pub fn named(list: &str) -> Result<Self, String> {
        let mut faults = Self(0);
        for wanted in list
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let known = ALL.iter().find(|(_, name, _)| *name == wanted);
            let (fault, ..) =
                known.ok_or_else(|| format!("no fault {wanted:?}; there are:\n{}", help()))?;
            faults.0 |= fault.bit();
        }
        Ok(faults)
    }

    /// Whether a kind is among them.
    pub const fn has(self, fault: Fault) -> bool {
        self.0 & fault.bit() != 0
    }

    /// How the command that runs these is told.
    pub fn option(self) -> String {
        if self == Self::ALL {
            return String::new();
        }
        let names = ALL.iter().filter(|(fault, ..)| self.has(*fault));
        let names: Vec<_> = names.map(|(_, name, _)| *name).collect();
        format!(" --faults {}", names.join(","))
    }
}

impl Fault {
    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// All kinds, a line each.
pub fn help() -> String {
    let line = |(_, name, what): &(Fault, &str, &str)| format!("  {name:<10} {what}\n");
    ALL.iter().map(line).collect()
}

#[test]
fn faults_are_named_in_lists() {
    assert_eq!(Faults::named("").unwrap().option(), " --faults ");
    let some = Faults::named("crash, one-way").unwrap();
    assert!(some.has(Fault::Crash) && some.has(Fault::OneWay) && !some.has(Fault::Kill));
    assert_eq!(Faults::named(&some.option()[10..]), Ok(some));
    assert!(
        Faults::named("crash,nothing")
            .unwrap_err()
            .contains("\"nothing\"")
    );
    assert_eq!(
        ALL.iter()
            .fold(0, |bits, (fault, ..)| bits | fault.bit())
            .count_ones(),
        26
    );
}
