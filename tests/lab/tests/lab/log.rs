//! The log of the usual module on a node, as the acceptance tests of the farm model read it.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::plan::node_name;
use evenkeel_lab::farm::{Farm, MODULE};

use crate::expect::eventually;

/// The module's log on a node, read from a place on.
pub(crate) struct Log {
    pub(crate) number: u8,
    /// The line after which it was opened.
    opened: u64,
    /// The last line that was looked at.
    read: u64,
}

impl Log {
    /// The log from here on.
    pub(crate) async fn open(farm: &Farm, number: u8) -> Result<Self> {
        let lines = farm.api(number)?.log(MODULE, &node_name(number)).await?;
        let read = lines.last().map_or(0, |(id, _)| *id);
        Ok(Self {
            number,
            opened: read,
            read,
        })
    }

    /// The logs of all nodes from here on.
    pub(crate) async fn open_all(farm: &Farm) -> Result<Vec<Self>> {
        let mut logs = Vec::new();
        for number in farm.numbers() {
            logs.push(Self::open(farm, number).await?);
        }
        Ok(logs)
    }

    /// Waits for these lines, in this order, with others between them.
    pub(crate) async fn says(&mut self, farm: &Farm, wanted: &[&str]) -> Result<()> {
        for line in wanted {
            self.says_what(farm, line, |message| message == *line)
                .await?;
        }
        Ok(())
    }

    /// Waits for a line that has these words in it.
    pub(crate) async fn says_of(&mut self, farm: &Farm, words: &str) -> Result<()> {
        self.says_what(farm, words, |message| message.contains(words))
            .await
    }

    /// Makes sure that no line since the log was opened begins with one of these words.
    pub(crate) async fn never_said(&self, farm: &Farm, words: &[&str]) -> Result<()> {
        let name = node_name(self.number);
        let lines = farm.api(self.number)?.log(MODULE, &name).await?;
        let mut since = lines.iter().filter(|(id, _)| *id > self.opened);
        let said = since.find(|(_, line)| words.iter().any(|start| line.starts_with(start)));
        ensure!(said.is_none(), "{name} said {said:?}");
        Ok(())
    }

    async fn says_what(
        &mut self,
        farm: &Farm,
        line: &str,
        is_it: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let name = node_name(self.number);
        let api = farm.api(self.number)?;
        let (mut seen, mut found) = (Vec::new(), self.read);
        let waited = eventually(line, async || {
            // A node whose cable was just plugged in may not answer yet.
            let Ok(lines) = api.log(MODULE, &name).await else {
                return Ok(None);
            };
            seen = lines
                .into_iter()
                .filter(|(id, _)| *id > self.read)
                .collect();
            let there = seen.iter().find(|(_, message)| is_it(message));
            found = there.map_or(found, |(id, _)| *id);
            Ok(there.map(|_| ()))
        });
        let waited = waited.await;
        ensure!(
            waited.is_ok(),
            "{name} does not say {line:?} behind line {}: {seen:#?}",
            self.read
        );
        self.read = found;
        Ok(())
    }
}

/// Waits until each of these logs has these lines, in this order.
pub(crate) async fn all_say(farm: &Farm, logs: &mut [Log], wanted: &[&str]) -> Result<()> {
    for log in logs {
        log.says(farm, wanted).await?;
    }
    Ok(())
}
