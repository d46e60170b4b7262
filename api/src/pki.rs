//! The cluster's own certificate authority, and the nodes' certificates.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use evenkeel_core::config::model::ClusterConfig;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::views::session::Authority;

/// How long the CA is valid.
const CA_LIFE: Duration = Duration::days(20 * 365);
/// How long a node's certificate is valid. The node makes another one in time.
const NODE_LIFE: Duration = Duration::days(365);
/// How long before its end it does.
pub const NODE_RENEWAL: Duration = Duration::days(120);
/// How far back certificates begin, for nodes whose clock is behind.
const CLOCK_SLACK: Duration = Duration::days(1);

/// A certificate cannot be made or read.
#[derive(Debug, Error)]
pub enum PkiError {
    /// Refused by the certificate library.
    #[error("the certificate cannot be made")]
    Make(#[from] rcgen::Error),
    /// Not a certificate.
    #[error("the certificate cannot be read: {0}")]
    Read(rustls::pki_types::pem::Error),
    /// PEM with something else in it.
    #[error("the certificate cannot be read")]
    Parse(#[from] x509_parser::nom::Err<x509_parser::error::X509Error>),
}

/// A certificate and its key, both PEM.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The certificate.
    pub certificate: String,
    /// The key; a secret.
    pub key: String,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pair").finish_non_exhaustive()
    }
}

/// Makes a certificate authority.
///
/// # Errors
///
/// When the library refuses.
pub fn make_authority() -> Result<Pair, PkiError> {
    let key = KeyPair::generate()?;
    let certificate = authority_params().self_signed(&key)?;
    Ok(Pair {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

/// Makes the certificate of a node: for its name, its addresses in `cluster`, and this machine.
///
/// # Errors
///
/// When the node's name is not ASCII, or the authority's key cannot be read.
pub fn make_node(
    authority_key: &str,
    node: &str,
    cluster: &ClusterConfig,
) -> Result<Pair, PkiError> {
    let issuer = Issuer::new(authority_params(), KeyPair::from_pem(authority_key)?);
    let mut params = CertificateParams::default();
    params.distinguished_name = named(node);
    for name in names(node, cluster) {
        params.subject_alt_names.push(match name.parse() {
            Ok(addr) => SanType::IpAddress(addr),
            Err(_) => SanType::DnsName(name.try_into()?),
        });
    }
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = validity(NODE_LIFE);
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &issuer)?;
    Ok(Pair {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

/// What an authority's certificate says to others.
///
/// # Errors
///
/// When it cannot be read.
pub fn authority(certificate_pem: String) -> Result<Authority, PkiError> {
    Ok(Authority {
        fingerprint: fingerprint(&certificate_pem)?,
        certificate: certificate_pem,
    })
}

/// The first certificate of these.
///
/// # Errors
///
/// When there is none.
pub fn first(certificates_pem: &str) -> Result<CertificateDer<'static>, PkiError> {
    CertificateDer::from_pem_slice(certificates_pem.as_bytes()).map_err(PkiError::Read)
}

/// SHA-256 of the first certificate, as `openssl x509 -fingerprint -sha256` writes it.
///
/// # Errors
///
/// When it cannot be read.
pub fn fingerprint(certificate_pem: &str) -> Result<String, PkiError> {
    let hash = Sha256::digest(first(certificate_pem)?);
    Ok(hash
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect::<Vec<_>>()
        .join(":"))
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Evenkeel cluster CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = validity(CA_LIFE);
    params
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// The names and addresses under which others reach a node, and its machine itself.
pub fn names(node: &str, cluster: &ClusterConfig) -> Vec<String> {
    let members = cluster.lans.iter().flat_map(|lan| &lan.nodes);
    let its = members.filter(|member| member.name == node);
    let mut addrs = vec![
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    addrs.extend(its.map(|member| member.addr));
    addrs.sort();
    addrs.dedup();
    let mut names = vec![node.to_owned(), "localhost".to_owned()];
    names.dedup();
    names.extend(addrs.iter().map(IpAddr::to_string));
    names
}

/// The times between which a certificate is valid, in seconds since 1970.
///
/// # Errors
///
/// When it cannot be read.
pub fn valid_between(certificate_pem: &str) -> Result<(u64, u64), PkiError> {
    let der = first(certificate_pem)?;
    let (_, certificate) = x509_parser::parse_x509_certificate(&der)?;
    let validity = certificate.validity();
    let seconds = |time: x509_parser::time::ASN1Time| u64::try_from(time.timestamp()).unwrap_or(0);
    Ok((seconds(validity.not_before), seconds(validity.not_after)))
}

/// The name of whom a certificate is for, where it has one.
pub fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = x509_parser::parse_x509_certificate(certificate).ok()?;
    let name = certificate.subject().iter_common_name().next()?;
    Some(name.as_str().ok()?.to_owned())
}

fn validity(life: Duration) -> (OffsetDateTime, OffsetDateTime) {
    let now = OffsetDateTime::now_utc();
    (now - CLOCK_SLACK, now + life)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_certificate() {
        let pair = make_authority().unwrap();
        let print = fingerprint(&pair.certificate).unwrap();
        assert_eq!(print.len(), 32 * 3 - 1);
        assert_eq!(print, fingerprint(&pair.certificate).unwrap());
        assert_ne!(
            print,
            fingerprint(&make_authority().unwrap().certificate).unwrap()
        );
        assert!(fingerprint("no certificate").is_err());
    }
}
