//! The cluster's own certificate authority, and the nodes' certificates.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use evenkeel_core::config::model::ClusterConfig;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::views::session::Authority;

/// How long the CA is valid.
const CA_LIFE: Duration = Duration::days(20 * 365);
/// How long a node's certificate is valid. Nodes accept only this CA, so a stolen key ends with the
/// cluster's secrets, not with a date.
const NODE_LIFE: Duration = Duration::days(10 * 365);
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
}

/// A certificate and its key, both PEM.
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
    params.subject_alt_names = names(node, cluster)?;
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

/// SHA-256 of the first certificate, as `openssl x509 -fingerprint -sha256` writes it.
///
/// # Errors
///
/// When it cannot be read.
pub fn fingerprint(certificate_pem: &str) -> Result<String, PkiError> {
    let der = CertificateDer::from_pem_slice(certificate_pem.as_bytes()).map_err(PkiError::Read)?;
    let hash = Sha256::digest(&der);
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

fn names(node: &str, cluster: &ClusterConfig) -> Result<Vec<SanType>, PkiError> {
    let mut names = vec![SanType::DnsName(node.try_into()?)];
    if node != "localhost" {
        names.push(SanType::DnsName("localhost".try_into()?));
    }
    let mut addrs = vec![
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    let members = cluster.lans.iter().flat_map(|lan| &lan.nodes);
    addrs.extend(
        members
            .filter(|member| member.name == node)
            .map(|member| member.addr),
    );
    addrs.sort();
    addrs.dedup();
    names.extend(addrs.into_iter().map(SanType::IpAddress));
    Ok(names)
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
