//! Sources whose calls say the same few things in fields of other names: which alert, whether it fires, what it says, and
//! when. A shape names the fields; what a source needs beyond that is code in a module of its own.

use candor_core::Occurrence;

use super::{Change, Fields, Signal, SimulatedAlert, SourceCall, Statement, UnreadableAlert};

/// Where a source's calls say what. A field is a path such as `data.attributes.status`; of several, the first that has a
/// value counts.
pub(super) struct Shape {
    /// Which alert it is: the values of the fields of the first group whose first field is there.
    pub(super) id: &'static [&'static [&'static str]],
    /// Whether an id is used again for the next problem.
    pub(super) ids_return: bool,
    /// What happened.
    pub(super) state: &'static [&'static str],
    /// The words for it that raise an alert; the first is the usual one.
    pub(super) raises: &'static [&'static str],
    /// Those that clear it. All others are recorded without effect.
    pub(super) clears: &'static [&'static str],
    /// What the alert says: the first title, or else the id; and the first detail.
    pub(super) title: &'static [&'static str],
    /// See `title`.
    pub(super) detail: &'static [&'static str],
    /// When the problem began; the same in both calls about it.
    pub(super) since: &'static [&'static str],
    /// When what the call says happened.
    pub(super) at: &'static [&'static str],
    /// What a call without a state means.
    pub(super) without_state: Change,
    /// The field and value of a test, which is about no alert.
    pub(super) test: Option<(&'static str, &'static str)>,
    /// A call that has one of these fields but names no alert, such as a test, is fine.
    pub(super) no_alert: &'static [&'static str],
    /// A call, with `<id>`, `<state>`, `<title>`, `<since>` and `<at>` in the places of the values: for `candor simulate`.
    pub(super) sample: &'static str,
}

impl Shape {
    /// Nothing but what most have in common: ids are those of monitors, which have many problems.
    pub(super) const OF_A_MONITOR: Self = Self {
        id: &[],
        ids_return: true,
        state: &[],
        raises: &[],
        clears: &[],
        title: &[],
        detail: &[],
        since: &[],
        at: &[],
        without_state: Change::Note,
        test: None,
        no_alert: &[],
        sample: "",
    };

    /// Reads one call.
    ///
    /// # Errors
    /// It is no JSON object, or names no alert.
    pub(super) fn read(&self, call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
        let fields = call.body.fields()?;
        if self.test.is_some_and(|(path, value)| fields.text(path).as_deref() == Some(value)) {
            return Ok(Vec::new());
        }
        let id = match self.alert_id(&fields) {
            Err(_unnamed) if self.no_alert.iter().any(|path| fields.has(path)) => {
                return Ok(Vec::new());
            }
            id => id?,
        };
        let state = fields.first(self.state);
        let (since, at) = (fields.time(self.since), fields.time(self.at));
        let title = fields.first(self.title).unwrap_or_else(|| id.clone());
        let message = match fields.first(self.detail) {
            Some(detail) if detail.starts_with(&title) => detail,
            Some(detail) => format!("{title}: {detail}"),
            None => title,
        };
        let statement = Statement {
            id,
            change: state.as_deref().map_or(self.without_state, |word| self.change(word)),
            action: state.unwrap_or_else(|| "unnamed".to_owned()),
            message,
            occurrence: match self.ids_return {
                true => Occurrence::OneOfMany { since, at },
                false => Occurrence::Only,
            },
            happened_at: at.or(since),
        };
        Ok(statement.signal(call, &fields)?.into_iter().collect())
    }

    fn alert_id(&self, fields: &Fields<'_>) -> Result<String, UnreadableAlert> {
        let group = self.id.iter().find_map(|group| {
            let values: Vec<_> = group.iter().map(|path| fields.text(path)).collect();
            values.first()?.as_ref()?;
            Some(values.into_iter().flatten().collect::<Vec<_>>().join("/"))
        });
        let missing = self.id.first().and_then(|group| group.first()).unwrap_or(&"id");
        group.ok_or(UnreadableAlert::NoAlertId(missing))
    }

    /// What this word for a state means.
    fn change(&self, word: &str) -> Change {
        let is_in = |words: &[&str]| words.iter().any(|one| one.eq_ignore_ascii_case(word.trim()));
        match () {
            () if is_in(self.raises) => Change::Raise,
            () if is_in(self.clears) => Change::Clear,
            () => Change::Note,
        }
    }

    /// The body of a call about an alert that doesn't exist.
    pub(super) fn simulate(&self, alert: &SimulatedAlert) -> String {
        let usual = |words: &[&'static str]| words.first().copied().unwrap_or_default();
        simulated(self.sample, alert, [usual(self.raises), usual(self.clears)])
    }
}

/// A sample call about this alert. The words are the source's own for an alert that fires, and for one that is over.
pub(super) fn simulated(sample: &str, alert: &SimulatedAlert, [fires, over]: [&str; 2]) -> String {
    let at = alert.cleared_at.unwrap_or(alert.raised_at);
    let ended =
        alert.cleared_at.map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), |at| at.to_string());
    fill(
        sample,
        &[
            ("id", &alert.id),
            ("state", if alert.cleared_at.is_some() { over } else { fires }),
            ("title", &alert.message),
            ("since", &alert.raised_at.to_string()),
            ("at", &at.to_string()),
            ("at-seconds", &at.as_second().to_string()),
            ("ended", &ended),
        ],
    )
}

/// Puts values into the places `<name>` of a JSON document.
pub(super) fn fill(sample: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sample.to_owned(), |body, (name, value)| {
        let json = serde_json::Value::from(*value).to_string();
        let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
        body.replace(&format!("<{name}>"), inside.unwrap_or(&json))
    })
}
