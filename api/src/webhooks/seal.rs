//! Secrets that have to be read again, kept so that the database alone gives none away: AES-256-GCM under a key
//! of the cluster, each bound to what it belongs to.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use evenkeel_core::wire::keys::Secret;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

/// A secret as it is kept: nonce, cipher text and tag in Base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sealed(String);

impl Sealed {
    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Sealed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Why a secret cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// The system gives no random numbers, or the library refuses the key.
    #[error("the secret cannot be sealed")]
    Seal,
    /// It was changed, belongs to something else, or was sealed in another cluster.
    #[error("the secret cannot be opened: it was sealed in another cluster, or changed since")]
    Open,
}

/// Seals and opens.
#[derive(Debug)]
pub struct Sealer(RandomizedNonceKey);

impl Sealer {
    /// One with this key.
    ///
    /// # Errors
    ///
    /// When the library refuses the key.
    pub fn new(key: &Secret) -> Result<Self, SealError> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key);
        key.map(Self).map_err(|_unspecified| SealError::Seal)
    }

    /// Seals the secret of `owner`.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn seal(&self, owner: &str, secret: &str) -> Result<Sealed, SealError> {
        let mut text = secret.as_bytes().to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(owner), &mut text)
            .map_err(|_unspecified| SealError::Seal)?;
        let whole = [nonce.as_ref().as_slice(), &text].concat();
        Ok(Sealed(STANDARD.encode(whole)))
    }

    /// Opens the secret of `owner`.
    ///
    /// # Errors
    ///
    /// When it is another one's, or was sealed with another key.
    pub fn open(&self, owner: &str, sealed: &Sealed) -> Result<String, SealError> {
        let whole = STANDARD.decode(&sealed.0);
        let mut whole = whole.map_err(|_not_base64| SealError::Open)?;
        let (nonce, text) = whole
            .split_first_chunk_mut::<NONCE_LEN>()
            .ok_or(SealError::Open)?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.0.open_in_place(nonce, Aad::from(owner), text);
        let opened = opened.map_err(|_unspecified| SealError::Open)?;
        String::from_utf8(opened.to_vec()).map_err(|_no_text| SealError::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_for_its_owner_alone() {
        let sealer = Sealer::new(&[7; 32]).unwrap();
        let sealed = sealer.seal("pager", "whsec_x").unwrap();
        assert!(!sealed.as_str().contains("whsec"));
        assert_ne!(sealed, sealer.seal("pager", "whsec_x").unwrap());
        assert_eq!(sealer.open("pager", &sealed).unwrap(), "whsec_x");
        assert_eq!(sealer.open("other", &sealed), Err(SealError::Open));
        let elsewhere = Sealer::new(&[8; 32]).unwrap();
        assert_eq!(elsewhere.open("pager", &sealed), Err(SealError::Open));
        let mut bytes = STANDARD.decode(sealed.as_str()).unwrap();
        bytes[NONCE_LEN] ^= 1;
        for changed in [STANDARD.encode(&bytes), "AAAA".to_owned(), "?".to_owned()] {
            assert_eq!(sealer.open("pager", &Sealed(changed)), Err(SealError::Open));
        }
    }
}
