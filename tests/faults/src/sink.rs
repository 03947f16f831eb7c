//! A mail server that records every mail it accepts.
//!
//! It parses SMTP (RFC 5321) and three headers by itself, so that a fault in Candor's own mail code can't hide.

use std::{
    collections::BTreeSet,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    runtime::Handle,
    time::sleep,
};

/// What the server does with a recipient; at the first attempt only, except for rejections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behavior {
    Accept,
    /// 451: rejects for now.
    Defer,
    /// 550: rejects permanently.
    Refuse,
    /// Closes the connection instead of accepting the mail.
    HangUp,
    /// Accepts the mail, and closes the connection instead of answering.
    AcceptAndHangUp,
    /// Delays its answer.
    Delay,
}

/// The behavior for a recipient.
type BehaviorOf = fn(&str) -> Behavior;

/// The delay.
const MAIL_DELAY: Duration = Duration::from_secs(3);

/// A mail that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// Its `Message-ID`.
    pub(crate) id: String,
    /// Its `Date`.
    pub(crate) date: String,
    /// The recipient of the envelope.
    pub(crate) to: String,
    /// The update in it: the number between `zq` and `qz`.
    pub(crate) update: Option<u64>,
    /// When it was accepted.
    pub(crate) at: Instant,
    /// Its length, as it came over the wire.
    pub(crate) bytes: usize,
    /// Whether the client went on after the 250, and so has read it.
    pub(crate) answer_was_read: bool,
}

/// The server; clones share it.
#[derive(Clone)]
pub(crate) struct Sink {
    shared: Arc<Shared>,
    runtime: Handle,
}

#[derive(Default)]
struct Shared {
    mails: Mutex<Vec<Mail>>,
    count: AtomicUsize,
    /// The delay between acceptance and 250, in microseconds.
    answers_after: AtomicU64,
    /// While set, nothing is accepted, and clients wait.
    holds: AtomicBool,
    behavior: Mutex<Option<BehaviorOf>>,
    /// Recipients that were seen before.
    known: Mutex<BTreeSet<String>>,
}

/// One address of the server, and how many messages are being sent to it.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    in_data: Arc<AtomicUsize>,
}

impl Door {
    /// Messages between `DATA` and the answer to their final dot.
    pub(crate) fn in_data(&self) -> usize {
        self.in_data.load(Ordering::Acquire)
    }
}

impl Sink {
    /// A server without an address yet.
    pub(crate) fn new(runtime: Handle) -> Self {
        Self { shared: Arc::default(), runtime }
    }

    /// Listens on one more port.
    pub(crate) fn door(&self) -> Door {
        let listener = self.runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let door = Door { address: listener.local_addr().unwrap(), in_data: Arc::default() };
        let (shared, in_data) = (self.shared.clone(), door.in_data.clone());
        self.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, in_data) = (shared.clone(), in_data.clone());
                tokio::spawn(async move {
                    // A client that is killed leaves a broken connection, as intended.
                    let _ = Dialogue { shared: &shared, in_data: &in_data }.hold(stream).await;
                });
            }
        });
        door
    }

    /// Sets how long a client waits for the 250 after its mail was accepted.
    pub(crate) fn answer_after(&self, pause: Duration) {
        let micros = u64::try_from(pause.as_micros()).unwrap();
        self.shared.answers_after.store(micros, Ordering::Release);
    }

    /// Stops or resumes accepting mails.
    pub(crate) fn hold(&self, holds: bool) {
        self.shared.holds.store(holds, Ordering::Release);
    }

    /// Sets the behavior for each recipient.
    pub(crate) fn behave(&self, behavior: BehaviorOf) {
        *self.shared.behavior.lock().unwrap() = Some(behavior);
    }

    /// How many mails were accepted.
    pub(crate) fn count(&self) -> usize {
        self.shared.count.load(Ordering::Acquire)
    }

    /// All accepted mails.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.shared.mails.lock().unwrap().clone()
    }
}

struct Dialogue<'a> {
    shared: &'a Shared,
    in_data: &'a AtomicUsize,
}

/// Increments the count while it lives.
struct InData<'a>(&'a AtomicUsize);

impl<'a> InData<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for InData<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Dialogue<'_> {
    async fn hold(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        let (mut line, mut to, mut last) = (Vec::new(), String::new(), None);
        let mut behavior = Behavior::Accept;
        write.write_all(b"220 sink.example.org ESMTP\r\n").await?;
        loop {
            line.clear();
            if read.read_until(b'\n', &mut line).await? == 0 {
                return Ok(());
            }
            if let Some(index) = last.take() {
                let mut mails = self.shared.mails.lock().unwrap();
                let mail: &mut Mail = &mut mails[index];
                mail.answer_was_read = true;
            }
            let command = String::from_utf8_lossy(&line).into_owned();
            let verb = command.get(..4).unwrap_or_default().to_ascii_uppercase();
            let refusal;
            let answer: &[u8] = match verb.as_str() {
                "EHLO" => b"250-sink.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                "DATA" => {
                    let _in_data = InData::begin(self.in_data);
                    write.write_all(b"354 go on\r\n").await?;
                    let message = message(&mut read).await?;
                    while self.shared.holds.load(Ordering::Acquire) {
                        sleep(Duration::from_millis(5)).await;
                    }
                    if behavior == Behavior::HangUp {
                        return Ok(());
                    }
                    last = Some(self.accept(&message, &to));
                    match behavior {
                        Behavior::AcceptAndHangUp => return Ok(()),
                        Behavior::Delay => sleep(MAIL_DELAY).await,
                        Behavior::Accept
                        | Behavior::Defer
                        | Behavior::Refuse
                        | Behavior::HangUp => {}
                    }
                    let pause = self.shared.answers_after.load(Ordering::Acquire);
                    if pause > 0 {
                        sleep(Duration::from_micros(pause)).await;
                    }
                    b"250 taken\r\n"
                }
                "RCPT" => {
                    let address =
                        command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
                    address.map_or("", |(address, _)| address).clone_into(&mut to);
                    behavior = self.behavior(&to);
                    match behavior {
                        Behavior::Defer => b"451 4.2.0 later\r\n",
                        Behavior::Refuse => {
                            refusal = format!("550 5.1.1 <{to}>: there is nobody\r\n");
                            refusal.as_bytes()
                        }
                        Behavior::Accept
                        | Behavior::HangUp
                        | Behavior::AcceptAndHangUp
                        | Behavior::Delay => b"250 ok\r\n",
                    }
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                "HELO" | "MAIL" | "RSET" | "NOOP" => b"250 ok\r\n",
                _ => b"500 what?\r\n",
            };
            write.write_all(answer).await?;
        }
    }

    fn behavior(&self, to: &str) -> Behavior {
        let Some(behavior) = *self.shared.behavior.lock().unwrap() else { return Behavior::Accept };
        let is_new = self.shared.known.lock().unwrap().insert(to.to_owned());
        let behavior = behavior(to);
        if is_new || behavior == Behavior::Refuse { behavior } else { Behavior::Accept }
    }

    fn accept(&self, message: &[u8], to: &str) -> usize {
        let text = String::from_utf8_lossy(message);
        let header = |name: &str| {
            text.lines()
                .take_while(|line| !line.is_empty())
                .find_map(|line| {
                    let (key, value) = line.split_once(':')?;
                    key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
                })
                .unwrap_or_default()
        };
        let update =
            text.split_once("zq").and_then(|(_, rest)| rest.split_once("qz")?.0.parse().ok());
        let mail = Mail {
            id: header("Message-ID"),
            date: header("Date"),
            to: to.to_owned(),
            update,
            at: Instant::now(),
            bytes: message.len(),
            answer_was_read: false,
        };
        let mut mails = self.shared.mails.lock().unwrap();
        mails.push(mail);
        self.shared.count.store(mails.len(), Ordering::Release);
        mails.len() - 1
    }
}

/// Reads up to the final dot.
async fn message(read: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<Vec<u8>> {
    let mut message = Vec::with_capacity(8 * 1024);
    loop {
        let begin = message.len();
        if read.read_until(b'\n', &mut message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if &message[begin..] == b".\r\n" {
            message.truncate(begin);
            return Ok(message);
        }
    }
}
