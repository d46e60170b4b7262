//! What the show says while it goes on: a progress line that is overwritten, and lines that stay.

use std::io::{self, Write};
use std::time::Instant;

/// Where the show speaks. Progress goes to standard error, the story to standard output.
#[derive(Debug)]
pub struct Console {
    tells: bool,
    overwrites: bool,
    start: Instant,
}

impl Console {
    /// `tells`: lines of the story are printed. `overwrites`: standard error is a terminal.
    pub fn new(tells: bool, overwrites: bool) -> Self {
        Self {
            tells,
            overwrites,
            start: Instant::now(),
        }
    }

    /// What is being done; replaced by the next one on a terminal.
    pub fn progress(&self, doing: &str) {
        let seconds = self.start.elapsed().as_secs_f64();
        // Progress that nobody can see is no reason to stop.
        let _unseen = if self.overwrites {
            write!(io::stderr(), "\r\x1b[K[{seconds:5.1} s] {doing} … ")
        } else {
            writeln!(io::stderr(), "[{seconds:5.1} s] {doing}")
        };
        let _unseen = io::stderr().flush();
    }

    /// A line of the story.
    pub fn say(&self, line: &str) {
        if self.tells {
            self.finish();
            // As above.
            let _unseen = writeln!(io::stdout(), "{line}");
            let _unseen = io::stdout().flush();
        }
    }

    /// Ends the progress line.
    pub fn finish(&self) {
        if self.overwrites {
            let _unseen = write!(io::stderr(), "\r\x1b[K");
            let _unseen = io::stderr().flush();
        }
    }
}
