//! Query parameters, read strictly: a misspelled filter is an error, since otherwise the client would take the answer
//! as filtered.

use std::str::FromStr;

use actix_web::HttpRequest;
use jiff::{Timestamp, civil::Date, fmt::temporal::Pieces, tz::TimeZone};

use crate::problem::{ParameterError, ParameterFault, Problem};

/// The highest integer that every JSON reader represents exactly.
pub(crate) const HIGHEST: u64 = (1 << 53) - 1;

/// The parameters that haven't been read yet.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        Self(form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect())
    }

    /// The one that is called `name`.
    fn take(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        let mut found = self.0.extract_if(.., |(known, _)| known == name).map(|(_, value)| value);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(wrong(name, ParameterFault::Repeated)),
            (value, _) => Ok(value),
        }
    }

    /// A number from `least` to `most`.
    pub(crate) fn number<T>(
        &mut self,
        name: &'static str,
        least: T,
        most: T,
    ) -> Result<Option<T>, Problem>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let Some(raw) = self.take(name)? else { return Ok(None) };
        let number = raw.parse().ok().filter(|number| (&least..=&most).contains(&number));
        number.map(Some).ok_or_else(|| {
            let (least, most) = (least.to_string(), most.to_string());
            wrong(name, ParameterFault::NotANumber { least, most })
        })
    }

    /// A comma-separated list; all values if it is absent.
    pub(crate) fn list<T: FromStr<Err = String>>(
        &mut self,
        name: &'static str,
    ) -> Result<Vec<T>, Problem> {
        let Some(raw) = self.take(name)? else { return Ok(Vec::new()) };
        let values: Result<Vec<T>, String> =
            raw.split(',').map(|word| word.trim().parse()).collect();
        values.map_err(|why| wrong(name, ParameterFault::NotAWord(why)))
    }

    /// A time with its offset, or a date, which means its beginning in UTC. A time without an offset is refused, since
    /// it would mean another moment for each reader.
    pub(crate) fn time(&mut self, name: &'static str) -> Result<Option<Timestamp>, Problem> {
        let Some(raw) = self.take(name)? else { return Ok(None) };
        let day = || {
            // The date parser ignores a time of day after the date.
            let day = raw.parse().ok().filter(|day: &Date| day.to_string() == raw)?;
            day.to_zoned_datetime(TimeZone::UTC).ok().map(|midnight| midnight.timestamp())
        };
        let moment = || {
            // No offset is a day or longer (RFC 3339, section 5.6).
            let offset = Pieces::parse(&raw).ok()?.to_numeric_offset()?;
            raw.parse().ok().filter(|_| offset.seconds().abs() < 24 * 60 * 60)
        };
        let time = moment().or_else(day);
        time.map(Some).ok_or_else(|| wrong(name, ParameterFault::NotATime))
    }

    /// Rejects parameters that weren't read; `known` lists those that could be.
    pub(crate) fn done(self, known: &'static str) -> Result<(), Problem> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => {
                let name: String = name.chars().take(50).collect();
                Err(wrong(&name, ParameterFault::Unknown { known }))
            }
        }
    }
}

fn wrong(name: &str, fault: ParameterFault) -> Problem {
    Problem::BadParameter(ParameterError { name: name.to_owned(), fault })
}
