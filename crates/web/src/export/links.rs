//! Rewrites the links of a page so that they lead to the exported files.

/// The attributes that hold links. Quotation marks in texts and attribute values are always escaped, so user-written
/// text can't contain these.
const ATTRIBUTES: [&str; 4] = [" href=\"", " src=\"", " action=\"", " data-href=\""];

/// Replaces each link that begins with `/` by what `lead` returns for it.
pub(super) fn rewrite(html: &str, mut lead: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    loop {
        let next = ATTRIBUTES
            .iter()
            .filter_map(|attribute| Some((rest.find(attribute)?, attribute.len())))
            .min();
        let Some((at, length)) = next else { break };
        let Some((before, link)) = rest.split_at_checked(at + length) else { break };
        out.push_str(before);
        let Some((link, after)) = link.find('"').and_then(|end| link.split_at_checked(end)) else {
            rest = link;
            break;
        };
        if link.starts_with('/') && !link.starts_with("//") {
            out.push_str(&lead(link));
        } else {
            out.push_str(link);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits a link into its path and the rest (query and fragment).
pub(super) fn split(link: &str) -> (&str, &str) {
    link.find(['?', '#']).and_then(|end| link.split_at_checked(end)).unwrap_or((link, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_within_the_site_are_rewritten() {
        let html = r##"<a href="/x?a=1&amp;b#c">/x</a> <a class="y" href="https://e.org/">e</a>
            <img src="/i.svg"> <a href="//e.org">e</a> <a href="#main">m</a> <p title="/x"> href=&quot;/no&quot;</p>"##;
        let rewritten = rewrite(html, |link| {
            let (path, rest) = split(link);
            format!("[{path}|{rest}]")
        });
        let expected = html
            .replace("href=\"/x?a=1&amp;b#c\"", "href=\"[/x|?a=1&amp;b#c]\"")
            .replace("src=\"/i.svg\"", "src=\"[/i.svg|]\"");
        assert_eq!(rewritten, expected);
    }
}
