//! Tokens: JWT, HS256, 15 minutes. All nodes of a cluster share the secret, so any node's token is
//! good at every node, and at no other cluster's.

use std::fmt;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Caller;
use crate::limits;
use crate::timestamp;
use crate::views::session::{Role, Session};

/// For whom the tokens are.
const AUDIENCE: &str = "evenkeel-api";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The user.
    pub sub: String,
    /// The user's role.
    pub role: Role,
    /// The cluster that issued it.
    pub iss: String,
    /// For whom it is.
    pub aud: String,
    /// When it was issued, in seconds since 1970.
    pub iat: u64,
    /// When it ends, in seconds since 1970.
    pub exp: u64,
}

/// A token that is not taken.
#[derive(Debug, Error)]
pub enum TokenError {
    /// Its time is over.
    #[error("the token has expired; log in again")]
    Expired,
    /// Its signature, issuer or audience is wrong, or it is no token.
    #[error("the token is not one of this cluster")]
    Foreign,
    /// It could not be signed.
    #[error("the token cannot be signed")]
    Sign(#[source] jsonwebtoken::errors::Error),
}

/// Issues and checks tokens.
pub struct Tokens {
    issuer: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Tokens {
    /// For the cluster of this name, with its secret.
    pub fn new(cluster: &str, secret: &[u8]) -> Self {
        let issuer = format!("evenkeel:{cluster}");
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = limits::TOKEN_LEEWAY.as_secs();
        Self {
            issuer,
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// A session for a user, from `now` (seconds since 1970) on.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    pub fn issue(&self, user: &str, role: Role, now: u64) -> Result<Session, TokenError> {
        let exp = now + limits::TOKEN_LIFE.as_secs();
        let claims = Claims {
            sub: user.to_owned(),
            role,
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            iat: now,
            exp,
        };
        let header = Header::new(Algorithm::HS256);
        let token = jsonwebtoken::encode(&header, &claims, &self.encoding);
        let token = token.map_err(TokenError::Sign)?;
        Ok(Session {
            token,
            expires_at: timestamp::from_seconds(exp),
            role,
        })
    }

    /// Whom a token stands for, and when it was issued in seconds since 1970.
    ///
    /// # Errors
    ///
    /// When it has expired, or is none of this cluster.
    pub fn check(&self, token: &str) -> Result<(Caller, u64), TokenError> {
        use jsonwebtoken::errors::ErrorKind;
        let read = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation);
        let claims = match read {
            Ok(read) => read.claims,
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => {
                return Err(TokenError::Expired);
            }
            Err(_) => return Err(TokenError::Foreign),
        };
        let Claims {
            sub: user,
            role,
            exp: expires_at,
            iat,
            ..
        } = claims;
        Ok((
            Caller {
                user,
                role,
                modules: None,
                expires_at,
                bearer: token.to_owned(),
            },
            iat,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_in_its_own_cluster_and_time_only() {
        let (ours, theirs) = (Tokens::new("a", b"secret a"), Tokens::new("a", b"secret b"));
        let elsewhere = Tokens::new("b", b"secret a");
        let now = timestamp::now_seconds();
        let session = ours.issue("admin", Role::Admin, now).unwrap();
        let (caller, issued_at) = ours.check(&session.token).unwrap();
        assert_eq!((caller.user.as_str(), caller.role), ("admin", Role::Admin));
        assert_eq!(issued_at, now);
        assert!(matches!(
            theirs.check(&session.token),
            Err(TokenError::Foreign)
        ));
        assert!(matches!(
            elsewhere.check(&session.token),
            Err(TokenError::Foreign)
        ));
        let old = ours.issue("admin", Role::Admin, now - 16 * 60).unwrap();
        assert!(matches!(ours.check(&old.token), Err(TokenError::Expired)));
        let slow_clock = ours
            .issue("admin", Role::Admin, now - 15 * 60 - 10)
            .unwrap();
        assert!(ours.check(&slow_clock.token).is_ok());
    }

    #[test]
    fn a_token_without_signature_is_refused() {
        use base64::Engine;
        let part = |json: serde_json::Value| {
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string())
        };
        let claims = serde_json::json!({
            "sub": "admin", "role": "admin", "iss": "evenkeel:a", "aud": AUDIENCE,
            "iat": timestamp::now_seconds(), "exp": timestamp::now_seconds() + 600
        });
        let none = part(serde_json::json!({"alg": "none", "typ": "JWT"}));
        let token = format!("{none}.{}.", part(claims));
        assert!(matches!(
            Tokens::new("a", b"s").check(&token),
            Err(TokenError::Foreign)
        ));
    }
}
