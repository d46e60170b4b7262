//! Passwords: hashed with argon2id, verified at equal cost whether the user exists or not.

use std::sync::LazyLock;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash};
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
        "a password has {} characters or more, and {} at the most",
        limits::PASSWORD_LEN_MIN,
        limits::PASSWORD_LEN_MAX
    )]
    Length,
    /// The hash function refused.
    #[error("the password cannot be hashed: {0}")]
    Hash(password_hash::Error),
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
    let hash = new_hash(password.as_bytes()).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// Whether a password can be taken.
///
/// # Errors
///
/// When it is too short or too long.
pub fn check(password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    match (limits::PASSWORD_LEN_MIN..=limits::PASSWORD_LEN_MAX).contains(&length) {
        true => Ok(()),
        false => Err(PasswordError::Length),
    }
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
    let fits = password.chars().count() <= limits::PASSWORD_LEN_MAX;
    // One that no user has costs as much as any other.
    let given = if fits { password } else { "" };
    let equal = is_of(given.as_bytes(), &hash).unwrap_or(false);
    equal && fits && phc.is_some()
}

fn new_hash(password: &[u8]) -> password_hash::Result<PasswordHash> {
    let (params, salt) = (Params::default(), Salt::generate());
    let (algorithm, version) = (Algorithm::default(), Version::default());
    let mut bytes = [0; Params::DEFAULT_OUTPUT_LEN];
    let argon2 = Argon2::new(algorithm, version, params.clone());
    fill(&argon2, password, &salt, &mut bytes)?;
    Ok(PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(salt),
        hash: Some(Output::new(&bytes)?),
    })
}

fn is_of(password: &[u8], hash: &PasswordHash) -> password_hash::Result<bool> {
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Ok(false);
    };
    let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
    let version = hash
        .version
        .map_or(Ok(Version::default()), Version::try_from)?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(hash)?);
    let mut bytes = vec![0; expected.len()];
    fill(&argon2, password, salt, &mut bytes)?;
    // Outputs are compared in constant time.
    Ok(Output::new(&bytes)? == *expected)
}

/// So much memory at once is no allocator's to keep: glibc takes it from the kernel and gives it back
/// when it is free, at any setting that it may have given itself by then. What is not touched of
/// it costs nothing.
const RETURNED_BYTES: usize = 33 << 20;

/// Hashes in memory that does not stay with the daemon, which seldom checks a password.
fn fill(argon2: &Argon2<'_>, password: &[u8], salt: &[u8], bytes: &mut [u8]) -> argon2::Result<()> {
    let count = argon2.params().block_count();
    let mut memory = Vec::with_capacity(count.max(RETURNED_BYTES / Block::SIZE));
    memory.resize(count, Block::new());
    argon2.hash_password_into_with_memory(password, salt, bytes, memory.as_mut_slice())
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
    use argon2::password_hash::{PasswordHasher, PasswordVerifier};

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
    fn hashes_are_those_of_any_argon2() {
        let params = Params::new(64, 2, 1, Some(20)).unwrap();
        let other = Argon2::new(Algorithm::Argon2i, Version::V0x10, params);
        let phc = other.hash_password(b"correct horse").unwrap().to_string();
        assert!(verify_now("correct horse", Some(&phc)));
        assert!(!verify_now("correct house", Some(&phc)));
        let phc = hash_now("correct horse").unwrap();
        let hash = PasswordHash::new(&phc).unwrap();
        let check = |password: &[u8]| Argon2::default().verify_password(password, &hash);
        assert!(check(b"correct horse").is_ok());
        assert!(check(b"correct house").is_err());
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert!(hash_now("short").is_err());
        assert!(hash_now(&"x".repeat(257)).is_err());
        assert!(hash_now(&"\u{1f512}".repeat(256)).is_ok());
    }
}
