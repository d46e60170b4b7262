//! What a receiver gets, as the Standard Webhooks specification (1.0.0) has it: an id, an instant, a body, and
//! signatures over the three.

use std::fmt;

use aws_lc_rs::hmac;
use axum::body::Bytes;
use base64::Engine;
use base64::alphabet;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{GeneralPurposeConfig, STANDARD};
use rand::RngCore;
use sha2::{Digest, Sha256};

use crate::limits;
use crate::problem::Problem;
use crate::secrets::hex;
use crate::views::feed::FeedEvent;
use crate::views::webhook::WebhookEvent;

/// The header with the id, which is the same on each try.
pub const ID: &str = "webhook-id";
/// The header with the instant of the try, in seconds since 1970.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE: &str = "webhook-signature";

/// How a secret begins.
const PREFIX: &str = "whsec_";

/// Bytes of a secret that is made here.
const MADE_BYTES: usize = 32;

/// Reads what others encoded, also where the last bits, which mean nothing, are set.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// What signs for a receiver: `whsec_` and the bytes in Base64. It is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret")
    }
}

impl SigningSecret {
    /// One that nobody can guess.
    pub fn generate() -> Self {
        let mut bytes = vec![0; MADE_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Reads one.
    ///
    /// # Errors
    ///
    /// When it is none. The problem does not repeat it.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let encoded = text.strip_prefix(PREFIX);
        let bytes = encoded.and_then(|encoded| LENIENT.decode(encoded).ok());
        let (least, most) = (
            limits::WEBHOOK_SECRET_BYTES_MIN,
            limits::WEBHOOK_SECRET_BYTES_MAX,
        );
        let bytes = bytes.filter(|bytes| (least..=most).contains(&bytes.len()));
        bytes.map(Self).ok_or_else(|| {
            Problem::malformed(format!(
                "secret: write {PREFIX} and {least} to {most} bytes in Base64"
            ))
        })
    }

    /// As the receiver has to know it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The signature of a message at an instant.
    pub fn sign(&self, message: &Message, timestamp_s: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut code = hmac::Context::with_key(&key);
        code.update(format!("{}.{timestamp_s}.", message.id).as_bytes());
        code.update(&message.body);
        format!("v1,{}", STANDARD.encode(code.sign()))
    }
}

/// What is sent, again and again until the receiver has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Unique per node and event, and without a full stop, which separates what is signed.
    pub id: String,
    /// The body: JSON.
    pub body: Bytes,
}

impl Message {
    /// An event of this cluster.
    pub fn of(cluster: &str, event: &FeedEvent) -> Self {
        let mut hash = Sha256::new();
        // What stands for lost events has the place of one of them.
        for part in [cluster, &event.node, &event.id, &event.kind.name()] {
            hash.update(part);
            hash.update(b"\0");
        }
        Self::with_id(&hash.finalize()[..16], event)
    }

    /// A test: another one each time.
    pub fn of_test(event: &FeedEvent) -> Self {
        let mut id = [0; 16];
        rand::rng().fill_bytes(&mut id);
        Self::with_id(&id, event)
    }

    fn with_id(id: &[u8], event: &FeedEvent) -> Self {
        let told = WebhookEvent {
            kind: event.kind,
            timestamp: event.at.clone(),
            data: event.clone(),
        };
        Self {
            id: format!("msg_{}", hex(id)),
            // It is made of texts and numbers alone.
            body: serde_json::to_vec(&told).unwrap_or_default().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::feed::EventKind;

    /// The key, message and signature of the specification's own libraries' tests.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let secret = SigningSecret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = Message {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            body: Bytes::from_static(br#"{"test": 2432232314}"#),
        };
        assert_eq!(
            secret.sign(&message, 1_614_265_330),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_secret_survives_its_text_and_is_not_shown() {
        let secret = SigningSecret::generate();
        assert_eq!(SigningSecret::read(&secret.reveal()).unwrap(), secret);
        assert_ne!(SigningSecret::generate(), secret);
        assert_eq!(format!("{secret:?}"), "SigningSecret");
        let encoded = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![5; bytes]));
        for good in [24, 25, 26, 63, 64] {
            assert!(SigningSecret::read(&encoded(good)).is_ok(), "{good}");
        }
        let bare = STANDARD.encode([5; 32]);
        for bad in [&encoded(23), &encoded(65), &bare, "whsec_", "whsec_?"] {
            let refused = SigningSecret::read(bad).unwrap_err();
            assert!(!refused.detail.contains(&bare), "{bad}");
        }
    }

    #[test]
    fn an_id_is_that_of_the_event() {
        let event = |node: &str, id: &str, kind| FeedEvent {
            id: id.to_owned(),
            ..FeedEvent::new(node, kind, "")
        };
        let lost = EventKind::EventsLost;
        let changed = EventKind::StateChanged;
        let id = |cluster, event: &FeedEvent| Message::of(cluster, event).id;
        let first = id("c", &event("node1", "4-1", changed));
        assert_eq!(first, id("c", &event("node1", "4-1", changed)));
        assert!(first.starts_with("msg_") && !first.contains('.'));
        for other in [
            id("d", &event("node1", "4-1", changed)),
            id("c", &event("node14", "-1", changed)),
            id("c", &event("node1", "4-2", changed)),
            id("c", &event("node1", "4-1", lost)),
        ] {
            assert_ne!(first, other);
        }
        let test = event("node1", "4-1", EventKind::WebhookTested);
        assert_ne!(Message::of_test(&test).id, Message::of_test(&test).id);
    }
}
