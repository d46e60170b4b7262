//! This node's certificate: made by the node itself under the cluster's authority, and made anew in time, when the
//! node's addresses change, and when the authority is replaced.

use thiserror::Error;

use crate::app::App;
use crate::data_dir::{self, DataDir, DataDirError};
use crate::files;
use crate::pki::{self, Pair, PkiError};
use crate::problem::Problem;
use crate::secrets::Secrets;
use crate::timestamp;
use crate::tls::{Identity, TlsError};

/// There is no certificate to show.
#[derive(Debug, Error)]
pub enum CertificateError {
    /// It cannot be read or kept.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// It cannot be made.
    #[error(transparent)]
    Make(#[from] PkiError),
    /// It cannot be used.
    #[error(transparent)]
    Use(#[from] TlsError),
    /// Nor can others be asked with it.
    #[error(transparent)]
    Ask(#[from] reqwest::Error),
}

/// What this node shows, and whom it believes. Where what it kept is no good (any more), or `anew`, it makes another
/// certificate.
///
/// # Errors
///
/// When it cannot be made or kept.
pub fn identity(
    dir: &DataDir,
    secrets: &Secrets,
    node: &str,
    anew: bool,
) -> Result<Identity, CertificateError> {
    let cluster = dir.cluster()?;
    let kept = kept(dir).filter(|_| !anew);
    let is_current = |pair: &Pair| {
        let identity = Identity {
            pair: pair.clone(),
            trusted: vec![secrets.authority().certificate.clone()],
        };
        lasts(&pair.certificate) && identity.is_believed(&pki::names(node, &cluster))
    };
    let pair = match kept.filter(is_current) {
        Some(pair) => pair,
        None => {
            let pair = pki::make_node(&secrets.authority().key, node, &cluster)?;
            keep(dir, &pair)?;
            tracing::info!("{node} has a new certificate");
            pair
        }
    };
    let authority = &secrets.authority().certificate;
    if dir.read(data_dir::CA).ok().as_ref() != Some(authority) {
        dir.write(data_dir::CA, authority.as_bytes())?;
    }
    Ok(Identity {
        pair,
        trusted: secrets.trusted().into_iter().map(str::to_owned).collect(),
    })
}

fn kept(dir: &DataDir) -> Option<Pair> {
    Some(Pair {
        certificate: dir.read(data_dir::NODE).ok()?,
        key: dir.read(data_dir::NODE_KEY).ok()?,
    })
}

/// Two files: where the node loses its power in between they do not fit, and the next start makes others.
fn keep(dir: &DataDir, pair: &Pair) -> Result<(), DataDirError> {
    dir.write(data_dir::NODE_KEY, pair.key.as_bytes())?;
    dir.write(data_dir::NODE, pair.certificate.as_bytes())
}

/// Whether it is too early for another one.
pub fn lasts(certificate_pem: &str) -> bool {
    let renewal = pki::NODE_RENEWAL.whole_seconds().unsigned_abs();
    let end = pki::valid_between(certificate_pem);
    end.is_ok_and(|(_, end)| end > timestamp::now_seconds() + renewal)
}

/// Shows and believes what these secrets say, from the next connection on.
///
/// # Errors
///
/// When a certificate cannot be made, kept or used.
pub async fn put_in_force(app: &App, secrets: &Secrets, anew: bool) -> Result<(), Problem> {
    let (dir, secrets, node) = (app.keeper.dir(), secrets.clone(), app.name.clone());
    let make = move || identity(&dir, &secrets, &node, anew);
    let identity = files::blocking("making the node's certificate", make).await?;
    let unusable = |error: CertificateError| Problem::internal("the node's certificate", &error);
    show(app, identity).map_err(unusable)
}

fn show(app: &App, identity: Identity) -> Result<(), CertificateError> {
    // Most rotations leave it: connections to the other nodes stay.
    if app.keeper.identity() == identity {
        return Ok(());
    }
    let server = identity.server()?;
    app.peers.renew(&identity)?;
    app.engine.believe(identity.trusted.clone());
    app.tls.reload_from_config(server);
    app.keeper.shows(identity);
    Ok(())
}
