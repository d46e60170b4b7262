//! UDP: a datagram from each source, and everything that comes back.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use futures::stream::{self, StreamExt};
use tokio::net::UdpSocket;
use tokio::time::timeout_at;

use crate::netns::Namespace;

/// Sources that ask at the same time.
const AT_ONCE: usize = 32;

/// Longest datagram there is.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// What a source got for its datagrams.
#[derive(Clone, Debug)]
pub struct UdpRecord {
    /// Where they came from.
    pub source: SocketAddr,
    /// For each datagram, in the order in which they were sent, the names of the nodes that
    /// answered; exactly one when all is well.
    pub answers: Vec<Vec<String>>,
}

impl UdpRecord {
    /// The node that answered every datagram, each once.
    ///
    /// # Errors
    ///
    /// When some other number of answers came, or several nodes answered.
    pub fn node(&self) -> Result<&str> {
        let mut nodes = self.answers.iter().map(|answers| match &answers[..] {
            [node] => Ok(node.as_str()),
            other => Err(anyhow!(
                "{}: {} answers {other:?}",
                self.source,
                other.len()
            )),
        });
        let first = nodes
            .next()
            .ok_or_else(|| anyhow!("{} sent nothing", self.source))??;
        for node in nodes {
            let node = node?;
            if node != first {
                return Err(anyhow!("{}: {first}, then {node}", self.source));
            }
        }
        Ok(first)
    }
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct UdpOptions {
    /// Where to.
    pub to: SocketAddr,
    /// Datagrams from each source: each is sent when the one before it was answered, so that a
    /// second answer to that one is seen.
    pub datagrams: usize,
    /// Length of each, at least 8.
    pub bytes: usize,
    /// How long to wait for an answer.
    pub time_max: Duration,
}

/// Sends datagrams from every source, some sources at a time.
///
/// # Errors
///
/// When the client's namespace has ended or a socket cannot be opened.
pub async fn ask_all(
    client: &Namespace,
    sources: Vec<SocketAddr>,
    options: UdpOptions,
) -> Result<Vec<UdpRecord>> {
    let all = move || async move {
        let records: Vec<io::Result<UdpRecord>> = stream::iter(sources)
            .map(move |source| ask(source, options))
            .buffered(AT_ONCE)
            .collect()
            .await;
        records.into_iter().collect::<io::Result<Vec<_>>>()
    };
    Ok(client.run(all).await??)
}

async fn ask(source: SocketAddr, options: UdpOptions) -> io::Result<UdpRecord> {
    let socket = UdpSocket::bind(source).await?;
    socket.connect(options.to).await?;
    let mut answers = vec![Vec::new(); options.datagrams];
    for number in 0..options.datagrams {
        let mut datagram = vec![0x2e; options.bytes.max(8)];
        datagram[..8].copy_from_slice(&u64::try_from(number).unwrap_or(0).to_be_bytes());
        socket.send(&datagram).await?;
        let deadline = (Instant::now() + options.time_max).into();
        let mut read = vec![0; DATAGRAM_BYTES_MAX];
        while answers[number].is_empty() {
            let Ok(came) = timeout_at(deadline, socket.recv(&mut read)).await else {
                break;
            };
            // A refusal is no answer, and nothing else comes of it.
            let Ok(length) = came else { break };
            take(&read[..length], datagram.len(), &mut answers);
        }
    }
    let mut read = vec![0; DATAGRAM_BYTES_MAX];
    while let Ok(length) = socket.try_recv(&mut read) {
        take(&read[..length], options.bytes.max(8), &mut answers);
    }
    Ok(UdpRecord { source, answers })
}

/// Files an answer under the datagram that it repeats: name, space, datagram.
fn take(answer: &[u8], datagram_bytes: usize, answers: &mut [Vec<String>]) {
    let Some(at) = answer.len().checked_sub(datagram_bytes) else {
        return;
    };
    let (name, datagram) = answer.split_at(at);
    let number = datagram
        .first_chunk::<8>()
        .map(|eight| u64::from_be_bytes(*eight));
    let number = number.and_then(|number| usize::try_from(number).ok());
    if let Some(place) = number.and_then(|number| answers.get_mut(number)) {
        place.push(String::from_utf8_lossy(name).trim_end().to_owned());
    }
}
