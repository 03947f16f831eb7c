//! One client's conversation.

use std::{io, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

use super::{CaughtMail, CaughtMails, ClientStage, Policy, PolicyMoment, Reaction};

/// The longest line and the longest message, in bytes.
const MAX_LINE: usize = 8 * 1024;
const MAX_MESSAGE: usize = 10 * 1024 * 1024;

/// How long a client may say nothing.
const IDLE: Duration = Duration::from_secs(300);

/// What the conversation does next.
enum NextStep {
    GoesOn,
    Ends,
}

struct Dialogue {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    connection: u64,
    policy: Policy,
    basket: Arc<CaughtMails>,
    sender: Option<String>,
    recipients: Vec<String>,
}

/// Talks with one client until it leaves.
pub(super) async fn hold(
    stream: TcpStream,
    connection: u64,
    policy: Policy,
    basket: Arc<CaughtMails>,
) {
    // Answers are single small packets, and a benchmark must not measure Nagle's algorithm.
    drop(stream.set_nodelay(true));
    let (reader, writer) = stream.into_split();
    let reader = BufReader::new(reader);
    let (sender, recipients) = (None, Vec::new());
    let mut dialogue = Dialogue { reader, writer, connection, policy, basket, sender, recipients };
    // A client that disconnects is not an error.
    drop(dialogue.talk().await);
}

impl Dialogue {
    async fn talk(&mut self) -> io::Result<()> {
        let mut next =
            self.react(ClientStage::Connect, "", "220 catcher ESMTP, keeps what it gets").await?;
        while let NextStep::GoesOn = next {
            let Some(line) = self.line().await? else { return Ok(()) };
            next = self.obey(&line).await?;
        }
        Ok(())
    }

    async fn obey(&mut self, line: &str) -> io::Result<NextStep> {
        let (verb, argument) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.reset();
                let answer = "250-catcher\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 10485760";
                self.react(ClientStage::Hello, "", answer).await
            }
            "HELO" => {
                self.reset();
                self.react(ClientStage::Hello, "", "250 catcher").await
            }
            "MAIL" => match address(argument, "FROM:") {
                Some(address) => {
                    self.reset();
                    self.sender = Some(address);
                    self.react(ClientStage::Sender, "", "250 2.1.0 sender noted").await
                }
                None => self.say("501 5.5.4 MAIL FROM:<address>").await,
            },
            "RCPT" if self.sender.is_none() => self.say("503 5.5.1 MAIL comes first").await,
            "RCPT" => match address(argument, "TO:") {
                Some(address) => self.recipient(address).await,
                None => self.say("501 5.5.4 RCPT TO:<address>").await,
            },
            "DATA" if self.recipients.is_empty() => self.say("503 5.5.1 RCPT comes first").await,
            "DATA" => self.data().await,
            "RSET" => {
                self.reset();
                self.react(ClientStage::Other, "", "250 2.0.0 forgotten").await
            }
            "NOOP" => self.react(ClientStage::Other, "", "250 2.0.0 here").await,
            "QUIT" => {
                self.react(ClientStage::Other, "", "221 2.0.0 goodbye").await?;
                Ok(NextStep::Ends)
            }
            _ => self.react(ClientStage::Other, "", "502 5.5.1 not known here").await,
        }
    }

    async fn recipient(&mut self, address: String) -> io::Result<NextStep> {
        self.recipients.push(address.clone());
        let before = self.policy.at(self.moment(ClientStage::Recipient, &address));
        if matches!(before, Reaction::Says(_) | Reaction::SaysAfter(..)) {
            self.recipients.pop();
        }
        self.carry_out(before, "250 2.1.5 recipient noted", None).await
    }

    async fn data(&mut self) -> io::Result<NextStep> {
        let recipient = self.recipients.last().cloned().unwrap_or_default();
        let reaction = self.policy.at(self.moment(ClientStage::Data, &recipient));
        let refused = matches!(reaction, Reaction::Says(_) | Reaction::SaysAfter(..));
        let next = self.carry_out(reaction, "354 go ahead, a dot ends it", None).await?;
        if refused || matches!(next, NextStep::Ends) {
            return Ok(next);
        }
        let Some(data) = read_message(&mut self.reader).await? else {
            return self.say("552 5.3.4 too much").await.map(|_| NextStep::Ends);
        };
        let mail = CaughtMail {
            from: self.sender.take().unwrap_or_default(),
            to: std::mem::take(&mut self.recipients),
            data,
            at: Timestamp::now(),
        };
        let reaction = self.policy.at(PolicyMoment {
            connection: self.connection,
            stage: ClientStage::Message,
            sender: &mail.from,
            recipient: &recipient,
        });
        self.carry_out(reaction, "250 2.0.0 kept", Some(mail)).await
    }

    async fn react(
        &mut self,
        stage: ClientStage,
        recipient: &str,
        usual: &str,
    ) -> io::Result<NextStep> {
        let reaction = self.policy.at(self.moment(stage, recipient));
        self.carry_out(reaction, usual, None).await
    }

    async fn carry_out(
        &mut self,
        reaction: Reaction,
        usual: &str,
        mail: Option<CaughtMail>,
    ) -> io::Result<NextStep> {
        match reaction {
            Reaction::Obliges => {}
            Reaction::ObligesAfter(delay) => tokio::time::sleep(delay).await,
            Reaction::Says(answer) => return self.say(&answer).await,
            Reaction::SaysAfter(delay, answer) => {
                tokio::time::sleep(delay).await;
                return self.say(&answer).await;
            }
            Reaction::HangsUp => return Ok(NextStep::Ends),
            Reaction::KeepsAndHangsUp => {
                self.keep(mail);
                return Ok(NextStep::Ends);
            }
            Reaction::ObligesAndHangsUp => {
                self.keep(mail);
                self.say(usual).await?;
                return Ok(NextStep::Ends);
            }
            Reaction::Stalls => std::future::pending().await,
        }
        // Kept before it is said, as a mail server has to.
        self.keep(mail);
        self.say(usual).await
    }

    fn keep(&self, mail: Option<CaughtMail>) {
        if let Some(mail) = mail {
            self.basket.put(mail);
        }
    }

    fn moment<'a>(&'a self, stage: ClientStage, recipient: &'a str) -> PolicyMoment<'a> {
        let sender = self.sender.as_deref().unwrap_or_default();
        PolicyMoment { connection: self.connection, stage, sender, recipient }
    }

    fn reset(&mut self) {
        self.sender = None;
        self.recipients.clear();
    }

    async fn say(&mut self, answer: &str) -> io::Result<NextStep> {
        self.writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
        // RFC 5321, section 3.8: after a 421, the server closes the connection.
        Ok(if answer.starts_with("421") { NextStep::Ends } else { NextStep::GoesOn })
    }

    /// The next line without its end; none when the client has gone or says nothing that makes sense.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(u64::try_from(MAX_LINE).unwrap_or(u64::MAX));
        let read = limited.read_until(b'\n', &mut line);
        let read = tokio::time::timeout(IDLE, read).await.map_err(io::Error::from)??;
        let whole = read > 0 && line.ends_with(b"\n");
        Ok(whole.then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }
}

/// The message up to its lonely dot, with dots unstuffed (RFC 5321, section 4.5.2); none if it is too long.
async fn read_message(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    loop {
        let start = message.len();
        let read = tokio::time::timeout(IDLE, reader.read_until(b'\n', &mut message));
        if read.await.map_err(io::Error::from)?? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = message.get(start..).unwrap_or_default();
        if line == b".\r\n" {
            message.truncate(start);
            return Ok(Some(message));
        }
        if line.starts_with(b".") {
            message.remove(start);
        }
        if message.len() > MAX_MESSAGE {
            return Ok(None);
        }
    }
}

/// The address of `FROM:<…>` or `TO:<…>`; the empty one is an address, too.
fn address(argument: &str, keyword: &str) -> Option<String> {
    let (head, rest) = argument.trim().split_at_checked(keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, _parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}
