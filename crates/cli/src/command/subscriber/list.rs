//! Lists of addresses as people have them: one a line, out of an address book, or out of a spreadsheet.

use candor_core::EmailAddress;

/// Headers of the column of addresses in a spreadsheet.
const HEADINGS: &[&str] =
    &["email", "e-mail", "mail", "email address", "e-mail address", "address"];

/// Every address of each line that has something in it, with the line's number.
///
/// A byte order mark, line ends of any system, empty lines and lines that begin with `#` mean nothing, and a first line
/// that has no address is the heading.
pub(super) fn addresses(text: &str) -> Vec<(usize, String)> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<_> = (1..)
        .zip(text.split('\n'))
        .map(|(number, line)| (number, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let is_table = lines.len() > 1;
    let mut found = Vec::new();
    for (index, (number, line)) in lines.into_iter().enumerate() {
        let is_heading = index == 0 && is_table && is_heading(line);
        if !is_heading {
            found.extend(of_line(line).into_iter().map(|address| (number, address)));
        }
    }
    found
}

fn is_heading(line: &str) -> bool {
    let cells = cells(line);
    let is_named = |cell: &String| HEADINGS.contains(&cell.to_lowercase().as_str());
    !has_address(line) && (cells.len() > 1 || cells.iter().any(is_named))
}

/// Every address of a line: of each cell that has one (separated by commas, semicolons or tabs; quoted as in RFC 4180).
///
/// A cell that holds more than an address stays unchanged, and so does a line without an address: neither is an
/// address, so the reader refuses it, and nothing is left out silently.
pub(super) fn of_line(line: &str) -> Vec<String> {
    let whole = bare(line);
    if EmailAddress::parse(&whole).is_ok() {
        return vec![whole];
    }
    let cells = cells(line).into_iter().filter(|cell| has_address(cell));
    let found: Vec<_> = cells.map(|cell| bare(&cell)).collect();
    if found.is_empty() { vec![whole] } else { found }
}

/// Whether a part of this may be meant as an address: a word with an @ inside.
fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(['<', '>', '(', ')', '"', '\'']);
        word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
    })
}

/// The address in `"Ann" <ann@example.org>`, `<ann@example.org>` or `mailto:ann@example.org`; all of it where the name
/// may be another address.
fn bare(raw: &str) -> String {
    let raw = raw.trim().trim_end_matches([',', ';']);
    let address = match raw.strip_suffix('>').and_then(|raw| raw.rsplit_once('<')) {
        Some((name, inside)) if !has_address(name) || is_same(name, inside) => inside,
        Some(_) | None => raw,
    };
    let address = address.trim();
    let scheme = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    scheme.map_or(address, |scheme| address.get(scheme.len()..).unwrap_or_default()).to_owned()
}

/// Whether the name is the address once more, as many mail programs write it.
fn is_same(name: &str, address: &str) -> bool {
    name.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(address.trim())
}

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            // Quotes around a name before an address do not quote the cell.
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        addresses(text).into_iter().map(|(_, address)| address).collect()
    }

    #[test]
    fn a_list_is_read_as_people_have_it() {
        let cases = [
            ("ann@example.org\nbo@example.org\n", vec!["ann@example.org", "bo@example.org"]),
            (
                "\u{feff}ann@example.org\r\n\r\nbo@example.org\r\n",
                vec!["ann@example.org", "bo@example.org"],
            ),
            ("ann@example.org\rbo@example.org", vec!["ann@example.org", "bo@example.org"]),
            (
                "# ours\n\"Ann, B.\" <ann@example.org>,\nBo <bo@example.org>;",
                vec!["ann@example.org", "bo@example.org"],
            ),
            (
                "name,address\nAnn,ann@example.org\n\"B, Bo\",bo@example.org",
                vec!["ann@example.org", "bo@example.org"],
            ),
            ("Email\nann@example.org", vec!["ann@example.org"]),
            ("Name;E-Mail;Since\nAnn;ann@example.org;2025", vec!["ann@example.org"]),
            ("Ann\tann@example.org", vec!["ann@example.org"]),
            ("<ann@example.org>\nMAILTO:bo@example.org", vec!["ann@example.org", "bo@example.org"]),
            ("nobody", vec!["nobody"]),
            (
                "Ann <ann@example.org>, Bo <bo@example.org>",
                vec!["ann@example.org", "bo@example.org"],
            ),
            (
                "\"A, Ann\" <ann@example.org>; <bo@example.org>;",
                vec!["ann@example.org", "bo@example.org"],
            ),
            ("ann@example.org\tbo@example.org", vec!["ann@example.org", "bo@example.org"]),
            (
                "ann@example.org,bo@example.org,cy@example.org\ndi@example.org",
                vec!["ann@example.org", "bo@example.org", "cy@example.org", "di@example.org"],
            ),
            (
                "Email,ann@example.org\nEmail,bo@example.org",
                vec!["ann@example.org", "bo@example.org"],
            ),
            ("'Ann@example.org' <ann@example.org>", vec!["ann@example.org"]),
            ("Ann,ann@example.org,writes as @ann", vec!["ann@example.org"]),
            // What isn't exactly one address is refused as a whole by the reader.
            ("ann@example.org bo@example.org", vec!["ann@example.org bo@example.org"]),
            (
                "Ann <ann@example.org> Bo <bo@example.org>",
                vec!["Ann <ann@example.org> Bo <bo@example.org>"],
            ),
            (
                "Ann,ann@example.org,or (bo@example.org)",
                vec!["ann@example.org", "or (bo@example.org)"],
            ),
            ("Ann,ann@nowhere\n", vec!["ann@nowhere"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text:?}");
        }
        assert_eq!(
            addresses("\n\nann@example.org\n\nx").last().unwrap().0,
            5,
            "lines are counted as they stand"
        );
    }
}
