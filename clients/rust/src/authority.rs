//! Trust by fingerprint: the certificate of the cluster's CA is asked for, and taken if it is the one that is known.

use std::time::Duration;

use reqwest::redirect::Policy;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::generated::types;
use crate::session::{self, ConnectError};

/// Time for the whole answer of who may be anybody.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// The certificate of the cluster's CA as PEM, for who has only its fingerprint: SHA-256, as `evenkeel init` and
/// `openssl x509 -fingerprint -sha256` write it; colons and case do not matter.
///
/// The node is asked over a connection that nothing vouches for yet and that carries no secret. Its answer is
/// given only if the fingerprint is its own; give it to [`connect`](crate::connect) or
/// [`connect_with_key`](crate::connect_with_key).
///
/// # Errors
///
/// When URL or fingerprint are none, the node is not reached, or it is of another authority.
pub async fn authority(url: &str, fingerprint: &str) -> Result<String, ConnectError> {
    let pinned = digits(fingerprint)?;
    let http = session::builder()
        .tls_danger_accept_invalid_certs(true)
        .redirect(Policy::none())
        .timeout(ANSWER_TIME_MAX)
        .build()
        .map_err(ConnectError::Unreachable)?;
    let url = session::path(&session::base(url)?, "/v1/authority")?;
    let response = http.get(url).send().await;
    let answer: types::Authority = session::answer(response).await?;
    // The first certificate alone: one that stands behind it was not compared.
    let certificate = pem::parse(&answer.certificate);
    let certificate = certificate.map_err(|_none| ConnectError::NoCertificate)?;
    let hash = Sha256::digest(certificate.contents());
    let bytes = hash.iter().map(|byte| format!("{byte:02X}"));
    let found = bytes.collect::<Vec<_>>().join(":");
    if !bool::from(digits(&found)?.as_bytes().ct_eq(pinned.as_bytes())) {
        let fingerprint = fingerprint.to_owned();
        return Err(ConnectError::OtherAuthority { fingerprint, found });
    }
    Ok(pem::encode(&certificate))
}

/// The 64 digits of a fingerprint.
fn digits(fingerprint: &str) -> Result<String, ConnectError> {
    let digits = fingerprint.trim().replace(':', "").to_ascii_uppercase();
    let good = digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let malformed = || ConnectError::Fingerprint(fingerprint.to_owned());
    good.then_some(digits).ok_or_else(malformed)
}
