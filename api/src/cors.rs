//! Pages of other origins in a browser: kept out, but for those that the administrator names.
//!
//! A page sends its token by itself, in a header; cookies play no part.

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use reqwest::Url;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::handlers::events::LAST_EVENT_ID;
use crate::idempotency::IDEMPOTENCY_KEY;

/// How long a browser remembers what it is allowed.
const MAX_AGE: Duration = Duration::from_secs(600);

/// Lets pages of these origins talk to the service; without any it is left as it is.
pub fn allow(service: Router, origins: &[HeaderValue]) -> Router {
    if origins.is_empty() {
        return service;
    }
    let idempotency_key = HeaderName::from_bytes(IDEMPOTENCY_KEY.as_bytes()).ok();
    let sent = [
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::IF_MATCH,
        HeaderName::from_static(LAST_EVENT_ID),
    ];
    let read = [
        header::CONTENT_DISPOSITION,
        header::ETAG,
        header::LOCATION,
        header::RETRY_AFTER,
    ];
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.iter().cloned()))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(sent.into_iter().chain(idempotency_key).collect::<Vec<_>>())
        .expose_headers(read)
        .max_age(MAX_AGE);
    service.layer(layer)
}

/// An origin as a browser writes it.
///
/// # Errors
///
/// When the text is none: with a path, without a scheme, `*`.
pub fn origin(text: &str) -> Result<HeaderValue, String> {
    let url = Url::parse(text).ok();
    let plain = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let origin = plain.and_then(|url| {
        let origin = url.origin().ascii_serialization();
        // Nothing but scheme, host and port was given.
        (url.as_str() == format!("{origin}/")).then_some(origin)
    });
    let origin = origin.ok_or("expected scheme, host and port, as in https://ui.example:8443")?;
    HeaderValue::try_from(origin).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (given, written) in [
            ("https://ui.example", "https://ui.example"),
            ("https://UI.example:443/", "https://ui.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(given).unwrap(), written);
        }
        for none in [
            "*",
            "null",
            "",
            "ui.example",
            "ftp://ui.example",
            "file:///",
            "https://ui.example/page",
            "https://me@ui.example",
        ] {
            assert!(origin(none).is_err(), "{none}");
        }
    }
}
