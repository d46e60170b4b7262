//! Where a webhook's events go, and one try to bring one there.

use std::time::Duration;

use axum::http::{StatusCode, header};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Response, Url};
use tokio::time::Instant;

use super::message::{ID, Message, SIGNATURE, SigningSecret, TIMESTAMP};
use crate::limits;
use crate::problem::{Chain, Problem};
use crate::timestamp;
use crate::views::feed::{EventKind, FeedEvent};
use crate::views::module::LogLevel;
use crate::views::webhook::{WebhookAnswer, WebhookOnNode, WebhookSettings};

/// A webhook that can be sent to.
#[derive(Debug)]
pub struct Target {
    settings: WebhookSettings,
    url: Url,
    client: Client,
    secret: SigningSecret,
    /// What signs, too, and until when, in seconds since 1970.
    former: Option<(SigningSecret, u64)>,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// As the API shows it.
    pub answer: WebhookAnswer,
    /// For how long the receiver wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl Attempt {
    /// Whether the receiver has the event.
    pub fn is_taken(&self) -> bool {
        self.answer
            .status
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the receiver wants no more events.
    pub fn is_gone(&self) -> bool {
        self.answer.status == Some(StatusCode::GONE.as_u16())
    }

    /// In words.
    pub fn told(&self) -> String {
        match (&self.answer.error, self.answer.status) {
            (Some(error), _) => error.clone(),
            (None, status) => format!("it answered {}", status.unwrap_or_default()),
        }
    }
}

impl Target {
    /// Of a webhook as a node is given it.
    ///
    /// # Errors
    ///
    /// When something of it cannot be used.
    pub fn new(webhook: &WebhookOnNode) -> Result<Self, Problem> {
        let settings = &webhook.settings;
        check_lists(settings)?;
        let url = url(&settings.url)?;
        let client = client(&url, settings.ca.as_deref())?;
        let secret = settings.secret.as_deref();
        let secret = secret.ok_or_else(|| Problem::malformed("secret: it is missing"))?;
        let former = webhook.former.as_ref();
        let former = former.map(|former| {
            let secret = SigningSecret::read(&former.secret)?;
            Ok::<_, Problem>((secret, former.until_s))
        });
        Ok(Self {
            settings: settings.clone(),
            url,
            client,
            secret: SigningSecret::read(secret)?,
            former: former.transpose()?,
        })
    }

    /// Whether events are to be sent at all.
    pub const fn is_enabled(&self) -> bool {
        self.settings.enabled
    }

    /// Whether the receiver is to have this event. Of what is about the stream alone it gets that events are
    /// missing.
    pub fn wants(&self, event: &FeedEvent) -> bool {
        if event.kind.is_of_the_stream() {
            return event.kind == EventKind::EventsLost;
        }
        let WebhookSettings {
            events,
            modules,
            level,
            ..
        } = &self.settings;
        let is_of = |modules: &Vec<_>| {
            let of = event.module.as_deref();
            modules
                .iter()
                .any(|module: &evenkeel_core::ids::ModuleName| of == Some(module.as_str()))
        };
        events
            .as_ref()
            .is_none_or(|kinds| kinds.contains(&event.kind))
            && modules.as_ref().is_none_or(is_of)
            && (*level != Some(LogLevel::Normal) || event.level == LogLevel::Normal)
    }

    /// Sends a message once.
    pub async fn attempt(&self, message: &Message) -> Attempt {
        let (at, begun) = (timestamp::now(), Instant::now());
        let sent = self.send(message).await;
        let time_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let answer = WebhookAnswer {
            at,
            time_ms,
            status: sent
                .as_ref()
                .ok()
                .map(|response| response.status().as_u16()),
            error: sent.as_ref().err().cloned(),
        };
        let retry_after = sent.ok().as_ref().and_then(retry_after);
        Attempt {
            answer,
            retry_after,
        }
    }

    /// The answer, of which only the head is read: what a receiver says is not for whoever may set a URL.
    async fn send(&self, message: &Message) -> Result<Response, String> {
        let now = timestamp::now_seconds();
        let sent = self
            .client
            .post(self.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header(ID, &message.id)
            .header(TIMESTAMP, now)
            .header(SIGNATURE, self.signatures(message, now))
            .body(message.body.clone())
            .send()
            .await;
        // The URL can have a secret in it.
        sent.map_err(|error| Chain(&error.without_url()).to_string())
    }

    fn signatures(&self, message: &Message, now: u64) -> String {
        let former = self.former.as_ref();
        let former = former.filter(|(_, until)| *until > now);
        let all = [Some(&self.secret), former.map(|(secret, _)| secret)];
        let all = all.into_iter().flatten();
        let all: Vec<_> = all.map(|secret| secret.sign(message, now)).collect();
        all.join(" ")
    }
}

/// Only seconds are understood, not a date, which asks for two clocks that agree.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    text.parse().ok().map(Duration::from_secs)
}

fn check_lists(settings: &WebhookSettings) -> Result<(), Problem> {
    let events = settings.events.as_ref().map(Vec::len);
    let modules = settings.modules.as_ref().map(Vec::len);
    for (name, number, most) in [
        ("events", events, limits::WEBHOOK_EVENTS_MAX),
        ("modules", modules, limits::WEBHOOK_MODULES_MAX),
    ] {
        if number.is_some_and(|number| !(1..=most).contains(&number)) {
            return Err(Problem::malformed(format!("{name}: 1 to {most} of them")));
        }
    }
    Ok(())
}

fn url(text: &str) -> Result<Url, Problem> {
    let wrong = |why: &str| Problem::malformed(format!("url: {why}"));
    if text.chars().count() > limits::WEBHOOK_URL_LEN_MAX {
        let most = limits::WEBHOOK_URL_LEN_MAX;
        return Err(wrong(&format!("{most} characters at the most")));
    }
    // The document says that it begins so; the library would take more.
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Err(wrong("it begins with https:// or http://"));
    }
    let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong(
            "no user and no password: the receiver knows the events by their signature",
        ));
    }
    match url.fragment() {
        Some(_) => Err(wrong("no fragment: it is not sent")),
        None => Ok(url),
    }
}

/// A client for this receiver alone: it verifies it by `ca` and nothing else where that is given.
fn client(url: &Url, ca: Option<&str>) -> Result<Client, Problem> {
    let wrong = |why: String| Problem::malformed(format!("ca: {why}"));
    let mut builder = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(limits::WEBHOOK_TIME_MAX)
        .user_agent(concat!("evenkeel/", env!("CARGO_PKG_VERSION")));
    if let Some(pem) = ca {
        if pem.len() > limits::WEBHOOK_CA_LEN_MAX {
            let most = limits::WEBHOOK_CA_LEN_MAX;
            return Err(wrong(format!("{most} characters at the most")));
        }
        let read = Certificate::from_pem_bundle(pem.as_bytes());
        let all = read.map_err(|error| wrong(Chain(&error).to_string()))?;
        if all.is_empty() {
            return Err(wrong("it has no certificate in PEM".to_owned()));
        }
        builder = builder.tls_certs_only(all);
    } else if url.scheme() == "http" {
        // Nobody is verified; a machine may trust no authority at all.
        builder = builder.tls_certs_only([]);
    }
    builder
        .build()
        .map_err(|error| wrong(Chain(&error).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki;

    fn settings(url: &str) -> WebhookSettings {
        WebhookSettings {
            url: url.to_owned(),
            secret: Some(SigningSecret::generate().reveal()),
            ..WebhookSettings::default()
        }
    }

    fn target(settings: WebhookSettings) -> Result<Target, Problem> {
        Target::new(&WebhookOnNode {
            settings,
            changed_at: String::new(),
            changed_by: String::new(),
            former: None,
        })
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_reason() {
        let ca = pki::make_authority().unwrap().certificate;
        assert!(target(settings("http://[fd09::1]:8080/a?b=c")).is_ok());
        let with_ca = |ca: &str| WebhookSettings {
            ca: Some(ca.to_owned()),
            ..settings("https://a.example")
        };
        assert!(target(with_ca(&ca.repeat(2))).is_ok());
        let long = format!("https://a.example/{}", "x".repeat(2048));
        let broken = ca.replace("MII", "AAA");
        let refused = [
            (settings("ftp://a.example"), "https://"),
            (settings("HTTPS://a.example"), "https://"),
            (settings("https://"), "url"),
            (settings("https://eve@a.example"), "no user"),
            (settings("https://:x@a.example"), "no user"),
            (settings("https://a.example/#x"), "fragment"),
            (settings(&long), "2048"),
            (with_ca("no certificate"), "ca: it has no certificate"),
            (with_ca(&broken), "ca: "),
            (with_ca(&"x".repeat(65_537)), "65536"),
            (
                WebhookSettings {
                    events: Some(Vec::new()),
                    ..settings("https://a.example")
                },
                "events: 1 to 64",
            ),
            (
                WebhookSettings {
                    secret: Some("whsec_short".to_owned()),
                    ..settings("https://a.example")
                },
                "secret",
            ),
        ];
        for (settings, words) in refused {
            let url = settings.url.clone();
            let problem = target(settings).unwrap_err();
            assert!(problem.detail.contains(words), "{url}: {problem:?}");
        }
    }

    #[test]
    fn every_filter_has_to_let_an_event_pass() {
        let wanted = target(WebhookSettings {
            events: Some(vec![EventKind::StateChanged, EventKind::ShareOpened]),
            modules: Some(vec!["web".to_owned().try_into().unwrap()]),
            level: Some(LogLevel::Normal),
            ..settings("http://a.example")
        })
        .unwrap();
        let event = |kind, module: Option<&str>, level| FeedEvent {
            level,
            module: module.map(ToOwned::to_owned),
            ..FeedEvent::new("node1", kind, "")
        };
        let (web, normal) = (Some("web"), LogLevel::Normal);
        assert!(wanted.wants(&event(EventKind::StateChanged, web, normal)));
        assert!(wanted.wants(&event(EventKind::EventsLost, None, normal)));
        for (kind, module, level) in [
            (EventKind::Drained, web, normal),
            (EventKind::StateChanged, Some("mail"), normal),
            (EventKind::StateChanged, None, normal),
            (EventKind::ShareOpened, web, LogLevel::Verbose),
            (EventKind::StreamOpened, web, normal),
        ] {
            assert!(!wanted.wants(&event(kind, module, level)), "{kind:?}");
        }
        let all = target(settings("http://a.example")).unwrap();
        assert!(all.wants(&event(EventKind::PeerLost, None, LogLevel::Verbose)));
    }
}
