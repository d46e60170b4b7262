//! The names under which a module's rules and virtual interfaces stand in the kernel, so that a
//! later daemon knows its own and nobody else's.

use evenkeel_core::ids::{ModuleName, NodeId};
use sha2::{Digest, Sha256};

/// Names of one module of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    hash: String,
    comment: String,
}

impl Label {
    /// The names of `module` on `node`.
    pub(super) fn new(node: NodeId, module: &ModuleName) -> Self {
        let comment = format!("evenkeel node {node} module {module}");
        let digest = Sha256::digest(comment.as_bytes());
        let hash = digest.iter().take(4).map(|byte| format!("{byte:02x}"));
        Self {
            hash: hash.collect(),
            comment,
        }
    }

    /// Name of the chain or table of its rules: short enough for iptables, which a module's name
    /// need not be.
    pub(super) fn chain(&self) -> String {
        format!("evenkeel-{}", self.hash)
    }

    /// What all names of its virtual interfaces start with.
    pub(super) fn interface_prefix(&self) -> String {
        format!("evk{}-", self.hash)
    }

    /// Name of the virtual interface for its interface at this place of the configuration.
    pub(super) fn interface(&self, place: usize) -> String {
        format!("{}{place}", self.interface_prefix())
    }

    /// What stands beside each rule and virtual interface for people to read.
    pub(super) fn comment(&self) -> &str {
        &self.comment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_tell_modules_apart() {
        let node = |id| NodeId::new(id).unwrap();
        let name = |text: &str| ModuleName::try_from(text.to_owned()).unwrap();
        let long = Label::new(node(63), &name(&"m".repeat(32)));
        assert!(long.chain().len() <= 28, "the longest name of a chain");
        assert!(
            long.interface(63).len() <= 15,
            "the longest name of an interface"
        );
        assert!(long.comment().len() <= 127, "the longest comment of nft");
        let labels = [(1, "web"), (1, "shop"), (2, "web")];
        let chains = labels.map(|(id, module)| Label::new(node(id), &name(module)).chain());
        assert!(chains[0] != chains[1] && chains[0] != chains[2]);
    }
}
