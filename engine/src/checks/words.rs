//! What went wrong, in the words of an operator.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// A time as people write it: `5 s`, `250 ms`.
pub(super) fn time(time: Duration) -> String {
    if time.subsec_nanos() == 0 {
        return format!("{} s", time.as_secs());
    }
    format!("{} ms", time.as_millis())
}

/// That nothing came in time.
pub(super) fn late(timeout: Duration) -> String {
    format!("no answer within {}", time(timeout))
}

/// An error of the kernel.
pub(super) fn io(error: &io::Error) -> String {
    let known = KNOWN.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, words)| (*words).to_owned())
}

/// Errors that say what a server or a network does.
const KNOWN: [(ErrorKind, &str); 6] = [
    (ErrorKind::ConnectionRefused, "connection refused"),
    (ErrorKind::ConnectionReset, "connection reset"),
    (ErrorKind::HostUnreachable, "host unreachable"),
    (ErrorKind::NetworkUnreachable, "network unreachable"),
    (ErrorKind::TimedOut, "no answer"),
    (ErrorKind::UnexpectedEof, "connection closed too early"),
];

/// The first cause of an error; that of the kernel where there is one.
pub(super) fn cause(error: &(dyn Error + 'static)) -> String {
    let mut deepest = error;
    loop {
        let wrapping = deepest.downcast_ref::<io::Error>();
        // What an error of this type wraps is not its source.
        let inner = wrapping.and_then(io::Error::get_ref);
        let inner = inner.map(|inner| -> &(dyn Error + 'static) { inner });
        match (inner.or_else(|| deepest.source()), wrapping) {
            (Some(next), _) => deepest = next,
            (None, Some(error)) => return io(error),
            (None, None) => return deepest.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(late(Duration::from_secs(5)), "no answer within 5 s");
        assert_eq!(
            late(Duration::from_millis(1500)),
            "no answer within 1500 ms"
        );
    }

    #[test]
    fn errors_are_words() {
        let refused = io::Error::from_raw_os_error(nix::libc::ECONNREFUSED);
        assert_eq!(io(&refused), "connection refused");
        let wrapped = io::Error::other(refused);
        assert_eq!(cause(&wrapped), "connection refused");
        assert_eq!(cause(&io::Error::other("no certificate")), "no certificate");
    }
}
