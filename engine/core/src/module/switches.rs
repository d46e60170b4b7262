//! Which checks of a module are switched on: somebody who works on its application does not want it
//! restarted meanwhile.

use serde::{Deserialize, Serialize};

/// Checks that are switched on.
pub const ON: &str = "on";
/// Those that are not.
pub const OFF: &str = "off";

/// Who looks at resources. Each kind can be switched off, while somebody works on the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckKind {
    /// The checkers: every `<check>`, and what `check="on"` of interfaces and virtual addresses stands for.
    Checker,
    /// The monitoring of processes.
    Errd,
}

impl CheckKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Checker, Self::Errd];

    /// Its name, as in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checker => "checker",
            Self::Errd => "errd",
        }
    }

    /// Who looks at a resource that is looked at.
    pub fn of(resource: &str) -> Self {
        match resource.starts_with("proc.") {
            true => Self::Errd,
            false => Self::Checker,
        }
    }

    /// The resource that says whether it is on.
    pub(super) const fn setting(self) -> &'static str {
        match self {
            Self::Checker => "usersetting.checker",
            Self::Errd => "usersetting.errd",
        }
    }
}

/// Which checks are switched on; all when nobody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    /// [`CheckKind::Checker`].
    pub checker: bool,
    /// [`CheckKind::Errd`].
    pub errd: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            checker: true,
            errd: true,
        }
    }
}

impl Switches {
    /// Whether this kind is on.
    pub const fn is_on(self, kind: CheckKind) -> bool {
        match kind {
            CheckKind::Checker => self.checker,
            CheckKind::Errd => self.errd,
        }
    }

    pub(super) const fn set(&mut self, kind: CheckKind, on: bool) {
        match kind {
            CheckKind::Checker => self.checker = on,
            CheckKind::Errd => self.errd = on,
        }
    }
}
