//! Threads that keep every core busy.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};

/// Steps between two looks at whether to end.
const STEPS: u64 = 1 << 16;

/// Busy threads. They end when this is dropped.
#[derive(Debug)]
pub struct Stress {
    end: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Stress {
    /// Starts so many threads for each core. Gives also how many cores there are.
    ///
    /// # Errors
    ///
    /// When the cores cannot be counted or a thread not be started.
    pub fn start(per_core: usize) -> Result<(Self, usize)> {
        let cores = thread::available_parallelism().context("counting the cores")?;
        let mut stress = Self {
            end: Arc::default(),
            threads: Vec::new(),
        };
        for _ in 0..cores.get() * per_core {
            let end = Arc::clone(&stress.end);
            let busy = thread::Builder::new().name("stress".into());
            stress.threads.push(busy.spawn(move || spin(&end))?);
        }
        Ok((stress, cores.get()))
    }
}

impl Drop for Stress {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // Nothing in it can panic.
            drop(thread.join());
        }
    }
}

fn spin(end: &AtomicBool) {
    let mut number = 0_u64;
    while !end.load(Ordering::Relaxed) {
        for step in 0..STEPS {
            number = black_box(number.wrapping_mul(31).wrapping_add(step));
        }
    }
}
