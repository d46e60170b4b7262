//! The log: standard error, for a terminal, the journal or a collector.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::cli::LogFormat;

/// Variable with the filter, as in `evenkeel_engine=debug,info`; INFO without it.
pub const FILTER_VARIABLE: &str = "EVENKEEL_LOG";

/// Sends the log to standard error from here on.
pub fn start(format: LogFormat) {
    let filter =
        EnvFilter::try_from_env(FILTER_VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_span_events(FmtSpan::NONE)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match format {
        LogFormat::Json => log.json().init(),
        // The journal has a time of its own.
        LogFormat::Text if std::env::var_os("JOURNAL_STREAM").is_some() => {
            log.without_time().init();
        }
        LogFormat::Text => log.init(),
    }
}
