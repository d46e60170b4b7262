//! What a node shows to others, and whom it believes: its certificate, signed by the cluster's authority, and that
//! authority. Nodes show theirs to each other in both directions; users have none and log in.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use reqwest::tls::Version;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use thiserror::Error;
use tokio::net::TcpStream;
use tower::Layer;

use crate::pki::{self, Pair, PkiError};

/// A certificate cannot be shown, or an authority not be believed.
#[derive(Debug, Error)]
pub enum TlsError {
    /// PEM that is none.
    #[error("the PEM cannot be read: {0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// Key and certificate do not fit, or the library refuses one.
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
    /// The verifier of nodes.
    #[error(transparent)]
    Verifier(#[from] VerifierBuilderError),
    /// The library for certificates.
    #[error(transparent)]
    Pki(#[from] PkiError),
}

/// What a node shows, and whom it believes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The node's certificate and key.
    pub pair: Pair,
    /// The certificates of the authorities, PEM.
    pub trusted: Vec<String>,
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

fn roots(trusted: &[String]) -> Result<Arc<RootCertStore>, TlsError> {
    let mut roots = RootCertStore::empty();
    for pem in trusted {
        roots.add(pki::first(pem)?)?;
    }
    Ok(Arc::new(roots))
}

impl Identity {
    /// What the API's port is served with: TLS 1.3; a certificate that the other side shows has to be a node's.
    ///
    /// # Errors
    ///
    /// When key and certificate do not fit, or a certificate cannot be read.
    pub fn server(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let nodes = WebPkiClientVerifier::builder_with_provider(roots(&self.trusted)?, provider());
        let nodes = nodes.allow_unauthenticated().build()?;
        let chain = CertificateDer::pem_slice_iter(self.pair.certificate.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(self.pair.key.as_bytes())?;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_client_cert_verifier(nodes)
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// What other nodes are asked with: TLS 1.3, this certificate shown, theirs signed by one of the authorities.
    ///
    /// # Errors
    ///
    /// When a certificate cannot be used.
    pub fn client(&self) -> reqwest::Result<reqwest::ClientBuilder> {
        let authorities = self.trusted.iter();
        let authorities = authorities.map(|pem| reqwest::Certificate::from_pem(pem.as_bytes()));
        let pem = format!("{}{}", self.pair.certificate, self.pair.key);
        Ok(reqwest::Client::builder()
            .tls_certs_only(authorities.collect::<reqwest::Result<Vec<_>>>()?)
            .identity(reqwest::Identity::from_pem(pem.as_bytes())?)
            .tls_version_min(Version::TLS_1_3)
            .https_only(true)
            .no_proxy())
    }

    /// Whether others believe this certificate under each of these names: its authority signed it, it is of this
    /// time, and its key is the one here.
    pub fn is_believed(&self, names: &[String]) -> bool {
        self.server().is_ok() && self.verify(names).is_ok()
    }

    fn verify(&self, names: &[String]) -> Result<(), TlsError> {
        let roots = roots(&self.trusted)?;
        let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider()).build()?;
        let certificate = pki::first(&self.pair.certificate)?;
        for name in names {
            let name = ServerName::try_from(name.as_str())
                .map_err(|_no_name| rustls::Error::UnsupportedNameType)?;
            verifier.verify_server_cert(&certificate, &[], &name, &[], UnixTime::now())?;
        }
        Ok(())
    }
}

/// The node at the other end of a connection, proved by its certificate; who shows none is no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerNode(pub Option<String>);

/// Accepts TLS, and tells the service which node is at the other end.
#[derive(Clone)]
pub struct Acceptor(RustlsAcceptor);

impl fmt::Debug for Acceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Acceptor")
    }
}

impl Acceptor {
    /// With what is shown, which can be replaced later.
    pub fn new(config: RustlsConfig) -> Self {
        Self(RustlsAcceptor::new(config))
    }
}

impl<S> Accept<TcpStream, S> for Acceptor
where
    S: Send + 'static,
{
    type Stream = <RustlsAcceptor as Accept<TcpStream, S>>::Stream;
    type Service = AddExtension<<RustlsAcceptor as Accept<TcpStream, S>>::Service, PeerNode>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let accepting = self.0.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = accepting.await?;
            let shown = stream.get_ref().1.peer_certificates();
            let node = shown.and_then(|chain| pki::common_name(chain.first()?));
            let service = Extension(PeerNode(node)).layer(service);
            Ok((stream, service))
        })
    }
}
