//! A real SMTP server that keeps a test's mails.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use candor_integrations::mail::catcher::{CaughtMail, ClientStage, MailCatcher, Policy, Reaction};
use tokio::runtime::Runtime;

use crate::until;

/// More mails than any test or benchmark sends.
const KEEP: usize = 100_000;

/// The server; it ends with the test.
pub struct MailSink {
    /// Where it listens.
    pub address: SocketAddr,
    catcher: MailCatcher,
    _runtime: Runtime,
}

impl MailSink {
    /// A server on a free port that accepts everything.
    pub fn open() -> Self {
        Self::behaving(Policy::obliging())
    }

    /// A server on a free port that gives each sender this answer.
    pub fn refusing(answer: &'static str) -> Self {
        Self::behaving(Policy::new(move |moment| match moment.stage == ClientStage::Sender {
            true => Reaction::Says(answer.to_owned()),
            false => Reaction::Obliges,
        }))
    }

    /// A server on a free port.
    pub fn behaving(policy: Policy) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let anywhere = (Ipv4Addr::LOCALHOST, 0);
        let catcher = runtime.block_on(MailCatcher::start_keeping(anywhere, policy, KEEP)).unwrap();
        Self { address: catcher.addr(), catcher, _runtime: runtime }
    }

    /// The mails so far, in order.
    pub fn mails(&self) -> Vec<Arc<CaughtMail>> {
        self.catcher.caught()
    }

    /// The number of mails so far.
    pub fn count(&self) -> usize {
        self.catcher.total()
    }

    /// All mails, once there are this many. More than that is a failure.
    pub fn exactly(&self, count: usize) -> Vec<Arc<CaughtMail>> {
        until(&format!("{count} mails"), || (self.count() >= count).then_some(()));
        let mails = self.mails();
        let what: Vec<_> = mails.iter().map(|mail| (to(mail), header(mail, "Subject"))).collect();
        assert_eq!(mails.len(), count, "{what:#?}");
        mails
    }
}

/// The only recipient of a mail.
pub fn to(mail: &CaughtMail) -> &str {
    assert_eq!(mail.to.len(), 1, "nobody's address is shown to others: {:?}", mail.to);
    &mail.to[0]
}

/// A header that must exist.
pub fn header(mail: &CaughtMail, name: &str) -> String {
    mail.header(name).unwrap_or_else(|| panic!("no {name} among {:?}", mail.headers()))
}

/// The first link of the text part that begins like this.
pub fn link(mail: &CaughtMail, begin: &str) -> String {
    let text = mail.text().unwrap();
    let mut words = text.split(|c: char| c.is_whitespace() || "<>()\"".contains(c));
    words
        .find(|word| word.starts_with(begin))
        .unwrap_or_else(|| panic!("no link {begin}… in {text}"))
        .to_owned()
}
