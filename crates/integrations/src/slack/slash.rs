//! The arguments of `/candor`.

use candor_core::IncidentNumber;

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slash {
    /// How things stand.
    Status,
    /// Open an incident, perhaps with this title.
    Declare(Option<String>),
    /// Post an update, perhaps of this incident.
    Update(Option<IncidentNumber>),
    /// End an incident, perhaps this one.
    Resolve(Option<IncidentNumber>),
    /// What can be asked for.
    Help,
    /// None of these; what was written.
    Unknown(String),
}

/// Reads what was typed: any case, any spaces, and quotes as telephones make them.
#[must_use]
pub fn read(text: &str) -> Slash {
    let text = unquoted(text);
    let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = unquoted(rest);
    let unknown = || Slash::Unknown(text.to_owned());
    let about = |slash: fn(Option<IncidentNumber>) -> Slash| match rest {
        "" => slash(None),
        number => IncidentNumber::parse(number.trim_matches(|c| matches!(c, '(' | ')')))
            .map_or_else(|_not_a_number| unknown(), |number| slash(Some(number))),
    };
    match verb.trim_matches(is_quote).to_lowercase().as_str() {
        "" | "status" | "show" if rest.is_empty() => Slash::Status,
        "declare" | "new" => Slash::Declare(
            (!rest.is_empty())
                .then(|| rest.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")),
        ),
        "update" => about(Slash::Update),
        "resolve" => about(Slash::Resolve),
        "help" | "?" => Slash::Help,
        _ => unknown(),
    }
}

/// Without the quotes around it; one alone belongs to the words.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix(is_quote).and_then(|inner| inner.strip_suffix(is_quote));
    inner.map_or(text, str::trim)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`')
}
