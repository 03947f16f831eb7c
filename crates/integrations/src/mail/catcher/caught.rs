//! A mail that was caught, and a reader for it: as much of MIME as our own mails use.

use data_encoding::BASE64_MIME_PERMISSIVE;
use jiff::Timestamp;

/// A mail as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtMail {
    /// The sender's address of the SMTP dialogue.
    pub from: String,
    /// The recipients' addresses of the SMTP dialogue.
    pub to: Vec<String>,
    /// The message, byte for byte.
    pub data: Vec<u8>,
    /// When it was complete.
    pub at: Timestamp,
}

impl CaughtMail {
    /// Every header with its unfolded, undecoded value, in order.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        headers(&String::from_utf8_lossy(&self.data))
    }

    /// The first header of this name (in any case), with encoded words (RFC 2047) decoded.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        find(&self.headers(), name).map(decode_words)
    }

    /// The text part, decoded, with `\n` as line ends.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.part("text/plain")
    }

    /// The HTML part, decoded.
    #[must_use]
    pub fn html(&self) -> Option<String> {
        self.part("text/html")
    }

    fn part(&self, wanted: &str) -> Option<String> {
        let message = String::from_utf8_lossy(&self.data);
        let (_, body) = message.split_once("\r\n\r\n")?;
        let content_type = find(&headers(&message), "content-type")?.to_owned();
        let Some((_, boundary)) = content_type.split_once("boundary=\"") else {
            return content_type.starts_with(wanted).then(|| decode(&headers(&message), body));
        };
        let boundary = boundary.split('"').next()?;
        body.split(&format!("--{boundary}")).find_map(|part| {
            let (_, content) = part.split_once("\r\n\r\n")?;
            let own = headers(part.trim_start_matches("\r\n"));
            find(&own, "content-type")?
                .starts_with(wanted)
                .then(|| decode(&own, content.strip_suffix("\r\n").unwrap_or(content)))
        })
    }
}

/// The headers before the first empty line, unfolded.
fn headers(message: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in message.split("\r\n").take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    headers
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

fn decode(headers: &[(String, String)], content: &str) -> String {
    let encoding = find(headers, "content-transfer-encoding").unwrap_or("7bit");
    let bytes = match encoding.to_ascii_lowercase().as_str() {
        "quoted-printable" => unquote(&content.replace("=\r\n", "")),
        "base64" => base64(content),
        _ => content.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
}

/// `=E2=9C=93` as bytes (RFC 2045, section 6.7).
fn unquote(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend(before.as_bytes());
        match after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'=');
                rest = after;
            }
        }
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn base64(text: &str) -> Vec<u8> {
    BASE64_MIME_PERMISSIVE.decode(text.trim().as_bytes()).unwrap_or_default()
}

/// Decodes encoded words, and drops the space between two of them.
fn decode_words(value: &str) -> String {
    let mut decoded = String::new();
    let mut rest = value;
    while let Some((before, word, after)) = next_word(rest) {
        let between_words = !decoded.is_empty() && before.trim().is_empty();
        if !between_words {
            decoded.push_str(before);
        }
        decoded.push_str(&word);
        rest = after;
    }
    decoded + rest
}

fn next_word(text: &str) -> Option<(&str, String, &str)> {
    let (before, after) = text.split_once("=?")?;
    let mut fields = after.splitn(3, '?');
    let (_charset, encoding, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let (word, after) = rest.split_once("?=")?;
    let bytes = match encoding {
        "b" | "B" => base64(word),
        _ => unquote(&word.replace('_', " ")),
    };
    Some((before, String::from_utf8_lossy(&bytes).into_owned(), after))
}
