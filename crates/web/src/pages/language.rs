//! The language of a page: the one in its path, else the one that the reader prefers.

use candor_content::language::Language;

/// The language in the first segment of a path, and the rest of the path.
pub(crate) fn of_path<'a>(path: &'a str, offered: &[Language]) -> Option<(Language, &'a str)> {
    let rest = path.strip_prefix('/')?;
    let (tag, rest) = rest.find('/').and_then(|end| rest.split_at_checked(end))?;
    let language = offered.iter().find(|language| language.tag() == tag)?;
    Some((*language, rest))
}

/// The first language of `Accept-Language` (RFC 9110, section 12.5.4) that is offered, else the site's own, which is
/// the first one offered.
pub(super) fn negotiate(accepted: &str, offered: &[Language]) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for offer in accepted.split(',') {
        let mut parts = offer.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
        let Ok(weight) = weight else { continue };
        if weight <= 0.0 || best.is_some_and(|(sofar, _)| sofar >= weight) {
            continue;
        }
        let language = if tag == "*" { offered.first().copied() } else { Language::matching(tag) };
        if let Some(language) = language.filter(|language| offered.contains(language)) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language).or_else(|| offered.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reader_gets_the_preferred_language_among_those_offered() {
        let all: Vec<_> = Language::all().collect();
        for (accepted, tag) in [
            ("de", "de"),
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("en;q=0.5, fr;q=0.7", "fr"),
            ("tlh, nl;q=0.1", "nl"),
            ("zh-CN,zh;q=0.9", "zh-Hans"),
            ("zh-TW,ja;q=0.8", "ja"),
            ("de;q=0, pl", "pl"),
            ("*", "en"),
            ("", "en"),
            ("tlh", "en"),
            ("de;q=loud, es;q=0.2", "es"),
            ("pt-BR", "pt"),
        ] {
            assert_eq!(negotiate(accepted, &all).unwrap().tag(), tag, "{accepted}");
        }
        let two = [Language::of_tag("de").unwrap(), Language::ENGLISH];
        assert_eq!(negotiate("fr", &two), Some(two[0]), "the site's own");
    }

    #[test]
    fn path_selects_a_language_only_if_it_is_offered() {
        let two = [Language::of_tag("de").unwrap(), Language::ENGLISH];
        assert_eq!(of_path("/de/history", &two), Some((two[0], "/history")));
        assert_eq!(of_path("/en/", &two), Some((two[1], "/")));
        for path in ["/fr/history", "/history", "/de", "/", "", "/DE/history", "/2026-11-21/7"] {
            assert_eq!(of_path(path, &two), None, "{path}");
        }
    }
}
