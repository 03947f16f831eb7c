//! Which alerts may suspect: rules of the operator, the first one that matches an alert counts.
//!
//! ```text
//! ignore alertmanager alertname=Watchdog
//! note   any severity=info
//! note   opsgenie priority!=P1 message~"certificate expires"
//! ```
//!
//! A rule is what to do, a source or `any`, and conditions that all have to hold: `FIELD=VALUE`, `FIELD!=VALUE`, or
//! `FIELD~TEXT`, which the field contains. Case doesn't matter. A field is a path in the alert, such as `labels.severity`;
//! `labels.` and OpsGenie's `alert.` may be left out. `message` is what the alert says.

use std::str::FromStr;

use super::{AlertSource, Fields};

/// The operator's rules. Without any, every alert may suspect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertRules(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    effect: RuleEffect,
    /// None for any.
    source: Option<&'static str>,
    conditions: Vec<Condition>,
}

/// What becomes of an alert that fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RuleEffect {
    /// It may suspect.
    Suspect,
    /// It is kept for the team, and does nothing.
    Note,
    /// It isn't kept.
    Ignore,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    field: String,
    test: Comparison,
    /// In lower case.
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Is,
    IsNot,
    Contains,
}

/// Why a rule can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRule {
    /// It doesn't begin with what to do.
    #[error("rule {0} doesn't begin with suspect, note or ignore")]
    Effect(usize),
    /// There is no such source.
    #[error("rule {0} names no alert source; `any` stands for all of them")]
    Source(usize),
    /// A condition isn't one.
    #[error("rule {0} has a condition that is none of FIELD=VALUE, FIELD!=VALUE and FIELD~TEXT")]
    Condition(usize),
}

impl FromStr for AlertRules {
    type Err = InvalidRule;

    /// Reads rules, one on a line or several separated by semicolons. A line that begins with `#` is a comment.
    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let rules = lines.flat_map(|line| pieces(line, ';')).filter(|rule| !rule.is_empty());
        let rules = (1..).zip(rules).map(|(number, rule)| Rule::parse(number, &rule));
        rules.collect::<Result<_, _>>().map(Self)
    }
}

/// The parts of a text between these separators, trimmed; a separator between quotation marks separates nothing.
fn pieces(text: &str, separator: char) -> Vec<String> {
    let mut quoted = false;
    let parts = text.split(|c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    });
    parts.map(|part| part.trim().to_owned()).collect()
}

impl Rule {
    fn parse(number: usize, text: &str) -> Result<Self, InvalidRule> {
        let words = pieces(&text.replace('\t', " "), ' ');
        let mut words = words.iter().filter(|word| !word.is_empty());
        let effect = match words.next().map(String::as_str) {
            Some("suspect") => RuleEffect::Suspect,
            Some("note") => RuleEffect::Note,
            Some("ignore") => RuleEffect::Ignore,
            Some(_) | None => return Err(InvalidRule::Effect(number)),
        };
        let source = match words.next().map(String::as_str) {
            Some("any") => None,
            name => {
                let source = name.and_then(AlertSource::named);
                Some(source.ok_or(InvalidRule::Source(number))?.name)
            }
        };
        let conditions = words.map(|word| Condition::parse(word));
        let conditions = conditions.collect::<Option<_>>().ok_or(InvalidRule::Condition(number))?;
        Ok(Self { effect, source, conditions })
    }
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let at = text.find(['=', '~', '!'])?;
        let (field, rest) = text.split_at_checked(at)?;
        let (test, value) =
            [("!=", Comparison::IsNot), ("=", Comparison::Is), ("~", Comparison::Contains)]
                .into_iter()
                .find_map(|(sign, test)| Some((test, rest.strip_prefix(sign)?)))?;
        let value = value.trim_matches('"').to_lowercase();
        (!field.is_empty()).then(|| Self { field: field.to_owned(), test, value })
    }

    fn holds(&self, alert: &Fields<'_>, message: &str) -> bool {
        let field = &self.field;
        let given = match field.as_str() {
            "message" => Some(message.to_owned()),
            field => [field, &format!("labels.{field}"), &format!("alert.{field}")]
                .into_iter()
                .find_map(|path| alert.text(path)),
        };
        let given = given.unwrap_or_default().trim().to_lowercase();
        match self.test {
            Comparison::Is => given == self.value,
            Comparison::IsNot => given != self.value,
            Comparison::Contains => given.contains(&self.value),
        }
    }
}

impl AlertRules {
    /// What becomes of an alert, and the number of the rule that says so, from 1.
    pub(super) fn effect(
        &self,
        source: &str,
        alert: &Fields<'_>,
        message: &str,
    ) -> (RuleEffect, usize) {
        let matches = |rule: &Rule| {
            rule.source.is_none_or(|name| name == source)
                && rule.conditions.iter().all(|condition| condition.holds(alert, message))
        };
        let found = (1..).zip(&self.0).find(|(_, rule)| matches(rule));
        found.map_or((RuleEffect::Suspect, 0), |(number, rule)| (rule.effect, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(rules: &str, source: &str, alert: &str) -> (RuleEffect, usize) {
        let rules: AlertRules = rules.parse().unwrap();
        rules.effect(source, &Fields::of(alert).unwrap(), "The certificate expires soon")
    }

    #[test]
    fn first_rule_that_matches_counts() {
        let rules = "# What may suspect\nignore alertmanager alertname=Watchdog; note any severity=info\n\
                     suspect any severity=critical\nnote grafana team!=\"web shop\" message~\"certificate expires\"";
        let alertmanager =
            |labels: &str| effect(rules, "alertmanager", &format!(r#"{{"labels": {labels}}}"#));
        assert_eq!(
            alertmanager(r#"{"alertname": "watchdog", "severity": "info"}"#),
            (RuleEffect::Ignore, 1)
        );
        assert_eq!(alertmanager(r#"{"severity": "INFO"}"#), (RuleEffect::Note, 2));
        assert_eq!(alertmanager(r#"{"severity": "page"}"#), (RuleEffect::Suspect, 0));
        assert_eq!(
            effect(rules, "grafana", r#"{"severity": "critical"}"#),
            (RuleEffect::Suspect, 3)
        );
        assert_eq!(
            effect(rules, "grafana", r#"{"labels": {"team": "db"}}"#),
            (RuleEffect::Note, 4)
        );
        assert_eq!(
            effect(rules, "grafana", r#"{"labels": {"team": "Web Shop"}}"#),
            (RuleEffect::Suspect, 0)
        );
        assert_eq!(effect("note any", "pingdom", "{}"), (RuleEffect::Note, 1));
        assert_eq!(effect("", "pingdom", "{}"), (RuleEffect::Suspect, 0));
    }

    #[test]
    fn rule_that_cannot_be_read_is_named_by_its_number() {
        for (rules, expected) in [
            ("note any; drop any", InvalidRule::Effect(2)),
            ("note", InvalidRule::Source(1)),
            ("note nobody severity=info", InvalidRule::Source(1)),
            ("note any severity", InvalidRule::Condition(1)),
            ("note any =info", InvalidRule::Condition(1)),
            ("note any severity!info", InvalidRule::Condition(1)),
        ] {
            assert_eq!(rules.parse::<AlertRules>(), Err(expected), "{rules}");
        }
    }
}
