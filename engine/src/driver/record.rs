//! Writes down what happens to the core, so that a test can let it happen again
//! (`engine/core/tests/replay.rs`).
//!
//! A file of JSON lines. The first one has all that a `Node` is told at its start, *with the
//! cluster's secrets*: without them no recorded heartbeat could be read again. So only its owner can
//! read the file, and the secret is rotated before it is given away. Then a line per `input`,
//! `command`, `timeout`, new `keys` or another configuration of the cluster (`own`) in their order, each with the instant
//! that the core was told (`at`, nanoseconds), and after them how many `effects` followed, with the
//! beginning of the SHA-256 of their JSON. Bytes of datagrams are written in hexadecimal.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use evenkeel_core::command::Command;
use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::Time;
use evenkeel_core::input::Input;
use evenkeel_core::node::{NodeConfig, Other};
use evenkeel_core::wire::Keyring;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::limits::RECORD_BYTES_MAX;

/// A recording on its way.
#[derive(Debug)]
pub(crate) struct Recorder {
    /// `None` once it is full or cannot be written.
    file: Option<BufWriter<File>>,
    bytes: u64,
    effects: u64,
    digest: Sha256,
}

impl Recorder {
    /// Begins a recording in a new file.
    ///
    /// # Errors
    ///
    /// The file exists, or cannot be made.
    pub(crate) fn new(path: &Path, config: &NodeConfig, now: Time) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        let mut recorder = Self {
            file: Some(BufWriter::new(file)),
            bytes: 0,
            effects: 0,
            digest: Sha256::new(),
        };
        recorder.write(&json!({
            "at": now.0,
            "node": config.node,
            "cluster": config.cluster,
            "keys": config.keys,
            "incarnation": config.incarnation,
            "kernel_answers": config.kernel_answers,
            "may_reboot": config.may_reboot,
        }));
        Ok(recorder)
    }

    /// The core is told something.
    pub(crate) fn input(&mut self, input: &Input, now: Time) {
        if self.file.is_some() {
            let mut input = json!(input);
            shorten(&mut input);
            self.write(&json!({ "at": now.0, "input": input }));
        }
    }

    /// The core is commanded something.
    pub(crate) fn command(&mut self, command: &Command, now: Time) {
        if self.file.is_some() {
            self.write(&json!({ "at": now.0, "command": command }));
        }
    }

    /// The core sends and accepts under these keys from here on.
    pub(crate) fn rekey(&mut self, keys: &Keyring) {
        self.write(&json!({ "keys": keys }));
    }

    /// The cluster has other nodes from here on.
    pub(crate) fn recluster(&mut self, own: &ClusterConfig, other: Option<&Other>, now: Time) {
        self.write(&json!({ "at": now.0, "own": own, "other": other }));
    }

    /// The core is told the time.
    pub(crate) fn timeout(&mut self, now: Time) {
        self.write(&json!({ "at": now.0, "timeout": true }));
    }

    /// The core asks for something.
    pub(crate) fn effect(&mut self, effect: &Effect) {
        if self.file.is_some() {
            self.effects += 1;
            self.digest.update(json!(effect).to_string());
        }
    }

    /// All effects of what was written last were asked for.
    pub(crate) fn drained(&mut self) {
        if self.effects > 0 && self.file.is_some() {
            let digest = self.digest.finalize_reset();
            let (effects, digest) = (self.effects, hex(&digest)[..16].to_owned());
            self.effects = 0;
            self.write(&json!({ "effects": effects, "digest": digest }));
        }
    }

    /// A recording ends by itself when it is full, or the disk is: the daemon goes on.
    fn write(&mut self, line: &Value) {
        let Some(file) = &mut self.file else { return };
        let line = format!("{line}\n");
        self.bytes += line.len() as u64;
        let written = if self.bytes > RECORD_BYTES_MAX {
            Err(io::Error::other("it is as long as it may be"))
        } else {
            file.write_all(line.as_bytes())
        };
        if let Err(error) = written {
            tracing::warn!(%error, "the recording ends here");
            self.file = None;
        }
    }
}

/// Bytes of datagrams in hexadecimal: a quarter of the length of a list of numbers.
fn shorten(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    for (name, field) in fields {
        let list = field.as_array().filter(|_| name == "bytes");
        let bytes: Option<Vec<u8>> = list.and_then(|list| {
            let byte = |value: &Value| u8::try_from(value.as_u64()?).ok();
            list.iter().map(byte).collect()
        });
        match bytes {
            Some(bytes) => *field = Value::String(hex(&bytes)),
            None => shorten(field),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
