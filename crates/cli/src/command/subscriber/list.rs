//! Lists of addresses as people have them: one a line, out of an address book, or out of a spreadsheet.

use candor_core::EmailAddress;

/// What stands above the column of addresses in a spreadsheet.
const HEADINGS: &[&str] =
    &["email", "e-mail", "mail", "email address", "e-mail address", "address"];

/// What looks like an address in each line that has something in it, with the line's number.
///
/// A byte order mark, line ends of any system, empty lines and lines that begin with `#` mean nothing. In a line with
/// several cells (separated by commas, semicolons or tabs; quoted as in RFC 4180) it is the cell that has an address,
/// and a first line that has none is the heading.
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
        let cells = cells(line);
        let is_heading = index == 0
            && is_table
            && (cells.len() > 1 && !line.contains('@')
                || cells.iter().any(|cell| HEADINGS.contains(&cell.to_lowercase().as_str())));
        if !is_heading {
            found.push((number, chosen(line, &cells)));
        }
    }
    found
}

/// The address of a line: of the first cell that has one, else the whole line, about which a sentence is said then.
fn chosen(line: &str, cells: &[String]) -> String {
    let whole = bare(line);
    if EmailAddress::parse(&whole).is_ok() {
        return whole;
    }
    let cell = cells.iter().map(|cell| bare(cell)).find(|cell| EmailAddress::parse(cell).is_ok());
    cell.or_else(|| cells.iter().find(|cell| cell.contains('@')).map(|cell| bare(cell)))
        .unwrap_or(whole)
}

/// The address in `"Ann" <ann@example.org>`, `<ann@example.org>` or `mailto:ann@example.org`.
pub(super) fn bare(raw: &str) -> String {
    let raw = raw.trim().trim_end_matches([',', ';']);
    let inside =
        raw.strip_suffix('>').and_then(|raw| raw.rsplit_once('<')).map(|(_, inside)| inside);
    let address = inside.unwrap_or(raw).trim();
    let scheme = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    scheme.map_or(address, |scheme| address.get(scheme.len()..).unwrap_or_default()).to_owned()
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
            // Quotes around a name that is followed by an address are no quotes of the cell.
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
