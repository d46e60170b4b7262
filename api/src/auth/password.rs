//! Passwords: hashed with argon2id, verified at equal cost whether the user exists or not.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rand::Rng;
use rand::distr::Alphanumeric;
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::limits;

/// A password cannot be taken, hashed or verified.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error(
        "a password has {} characters or more, and {} bytes at the most",
        limits::PASSWORD_LEN_MIN,
        limits::PASSWORD_LEN_MAX
    )]
    Length,
    /// The hash function refused.
    #[error("the password cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// The task was cancelled: the daemon is ending.
    #[error("the daemon is ending")]
    Stopping,
}

/// Verifications at the same time are bounded: each costs memory and a core.
static TURNS: Semaphore = Semaphore::const_new(limits::PASSWORD_CHECKS_MAX);

/// What an unknown user's password is compared with, so that it costs as much as a known one's.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now(&random()).ok());

/// The PHC string of a password.
///
/// # Errors
///
/// When it is too short or too long.
pub fn hash_now(password: &str) -> Result<String, PasswordError> {
    check(password)?;
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(PasswordError::Hash)?.to_string())
}

/// Whether a password can be taken.
///
/// # Errors
///
/// When it is too short or too long.
pub fn check(password: &str) -> Result<(), PasswordError> {
    let long_enough = password.chars().count() >= limits::PASSWORD_LEN_MIN;
    if long_enough && password.len() <= limits::PASSWORD_LEN_MAX {
        return Ok(());
    }
    Err(PasswordError::Length)
}

/// The PHC string of a password, computed beside the runtime's threads.
///
/// # Errors
///
/// Those of [`hash_now`].
pub async fn hash(password: String) -> Result<String, PasswordError> {
    let _turn = TURNS
        .acquire()
        .await
        .map_err(|_closed| PasswordError::Stopping)?;
    let task = tokio::task::spawn_blocking(move || hash_now(&password));
    task.await.map_err(|_cancelled| PasswordError::Stopping)?
}

/// Whether the password is that of `phc`. With `None`, an unknown user, the same work is done for
/// nothing, and the answer is false.
///
/// # Errors
///
/// When the daemon is ending.
pub async fn verify(password: String, phc: Option<String>) -> Result<bool, PasswordError> {
    let _turn = TURNS
        .acquire()
        .await
        .map_err(|_closed| PasswordError::Stopping)?;
    let task = tokio::task::spawn_blocking(move || verify_now(&password, phc.as_deref()));
    task.await.map_err(|_cancelled| PasswordError::Stopping)
}

fn verify_now(password: &str, phc: Option<&str>) -> bool {
    let Some(against) = phc.or(NOBODY.as_deref()) else {
        return false;
    };
    let Ok(hash) = PasswordHash::new(against) else {
        return false;
    };
    let bytes = password
        .get(..limits::PASSWORD_LEN_MAX)
        .unwrap_or(password)
        .as_bytes();
    let fits = password.len() <= limits::PASSWORD_LEN_MAX;
    let equal = Argon2::default().verify_password(bytes, &hash).is_ok();
    equal && fits && phc.is_some()
}

/// A password that nobody guesses: 24 letters and digits, 142 bits.
pub fn random() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(24)
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_user_is_taken() {
        let phc = hash_now("correct horse").unwrap();
        assert!(
            verify("correct horse".into(), Some(phc.clone()))
                .await
                .unwrap()
        );
        assert!(
            !verify("correct house".into(), Some(phc.clone()))
                .await
                .unwrap()
        );
        assert!(!verify("correct horse".into(), None).await.unwrap());
        assert!(!verify("x".repeat(10_000), Some(phc)).await.unwrap());
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert!(hash_now("short").is_err());
        assert!(hash_now(&"x".repeat(257)).is_err());
    }
}
