//! Walks over the site: renders each path that can be a file once, and follows its links.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use candor_content::language::Language;
use candor_core::{Board, IncidentNumber};

use super::{
    ExportError, assets,
    folder::{FileContent, Folder, is_inside},
    links::{rewrite, split},
};
use crate::{
    pages::of_path,
    problem::Problem,
    route::{DocumentKind, Export, Languages, RenderedContent, Route},
    routes,
    settings::WebSettings,
    view::{PageStyle, RenderSource, problem, sitemap},
};

/// The page that file servers show for unknown paths.
const NOT_FOUND: &str = "404.html";
const HEADERS: &str = "_headers";

/// The rendered pages of an export, which the next one reuses if they are unchanged.
#[derive(Debug)]
pub(super) struct ExportedBefore {
    board: Arc<Board>,
    /// The pages of incidents by path, each with the paths it links to.
    pages: BTreeMap<String, (FileContent, Vec<String>)>,
}

/// An export in progress.
pub(super) struct ExportWalk<'a> {
    source: &'a RenderSource,
    looks: BTreeMap<usize, PageStyle>,
    assets: BTreeMap<String, Vec<u8>>,
    before: Option<ExportedBefore>,
    seen: BTreeMap<String, (FileContent, Vec<String>)>,
    /// Paths to visit, with their content if it was already rendered.
    to_visit: VecDeque<(String, Option<RenderedContent>)>,
    /// The file of each path; none where only the site itself can answer.
    known: BTreeMap<String, Option<String>>,
    folder: Folder,
    types: Vec<(String, &'static str)>,
}

impl<'a> ExportWalk<'a> {
    pub(super) fn new(
        settings: &'a WebSettings,
        source: &'a RenderSource,
        before: Option<ExportedBefore>,
        folder: Folder,
    ) -> Self {
        // A change of the site's settings may change every page.
        let before = before.filter(|before| before.board.site == source.board.site);
        let assets = assets::assets(settings, &source.style.theme, source.now).into_iter();
        Self {
            source,
            looks: BTreeMap::new(),
            assets: assets.map(|asset| (asset.path, asset.body)).collect(),
            before,
            seen: BTreeMap::new(),
            to_visit: VecDeque::new(),
            known: BTreeMap::new(),
            folder,
            types: Vec::new(),
        }
    }

    /// Writes all files of the site into the folder; returns the rendered pages.
    pub(super) fn along(mut self) -> Result<(Folder, ExportedBefore), ExportError> {
        for path in self.begin() {
            self.file_of(&path);
        }
        let not_found = problem::page(&self.source.style, &Problem::NotFound, None);
        let not_found = rewrite(&not_found, |link| self.link(link));
        self.folder.put(NOT_FOUND, FileContent::new(not_found))?;
        while let Some((path, thing)) = self.to_visit.pop_front() {
            self.visit(&path, thing)?;
        }
        for (path, body) in std::mem::take(&mut self.assets) {
            self.folder.put(path.trim_start_matches('/'), FileContent::new(body))?;
        }
        let headers = assets::headers(&self.types);
        self.folder.put(HEADERS, FileContent::new(headers))?;
        let seen = ExportedBefore { board: Arc::clone(&self.source.board), pages: self.seen };
        Ok((self.folder, seen))
    }

    /// The paths from which the walk begins.
    fn begin(&self) -> Vec<String> {
        let rows = routes::table().prerendered().map(|(row, _)| row.route);
        let (pages, documents): (Vec<&Route>, Vec<&Route>) =
            rows.partition(|route| route.languages == Languages::Negotiated);
        let pages = pages.into_iter().map(|route| route.pattern.to_owned());
        let incidents = self.source.board.incidents().map(candor_core::Incident::path);
        let pages: Vec<String> = pages.chain(incidents).collect();
        let mut paths: Vec<String> =
            documents.into_iter().map(|route| route.pattern.to_owned()).collect();
        paths.push(sitemap::PATH.to_owned());
        let offered = &self.source.style.offered;
        let languages = offered.iter().filter(|_| offered.len() > 1);
        let languages = languages.map(|language| format!("/{}", language.tag()));
        for prefix in std::iter::once(String::new()).chain(languages) {
            paths.extend(pages.iter().map(|page| format!("{prefix}{page}")));
        }
        paths
    }

    fn visit(&mut self, path: &str, thing: Option<RenderedContent>) -> Result<(), ExportError> {
        if let Some((content, links)) = self.unchanged(path) {
            for link in &links {
                self.file_of(link);
            }
            self.folder.put(&file_of_page(path), content.clone())?;
            self.seen.insert(path.to_owned(), (content, links));
            return Ok(());
        }
        let Some(RenderedContent { kind, body, .. }) = thing.or_else(|| self.render(path)) else {
            return Ok(());
        };
        if kind != DocumentKind::Html {
            let content = FileContent::new(body);
            let name = path.trim_start_matches('/');
            if let Some(alias) = alias(kind, path) {
                self.types.push((path.to_owned(), kind.media_type()));
                self.folder.put(&alias, content.clone())?;
            }
            return self.folder.put(name, content);
        }
        let mut links = BTreeSet::new();
        let body = rewrite(&body, |link| {
            links.insert(split(link).0.to_owned());
            self.link(link)
        });
        let content = FileContent::new(body);
        if incident_of(path, &self.source.style.offered).is_some() {
            let links = links.into_iter().collect();
            self.seen.insert(path.to_owned(), (content.written(), links));
        }
        self.folder.put(&file_of_page(path), content)
    }

    /// The page of an unchanged incident, from the last export.
    fn unchanged(&mut self, path: &str) -> Option<(FileContent, Vec<String>)> {
        let before = self.before.as_mut()?;
        let number = incident_of(path, &self.source.style.offered)?;
        let (old, new) = (before.board.incident(number)?, self.source.board.incident(number)?);
        // Boards share incidents that no event changed.
        if std::ptr::eq(old, new) { before.pages.remove(path) } else { None }
    }

    /// The target of a link with query and fragment.
    fn link(&mut self, link: &str) -> String {
        let (path, rest) = split(link);
        let unescaped = path.replace("&amp;", "&");
        match self.file_of(&unescaped) {
            Some(to) => format!("{to}{rest}"),
            None => format!("{}{link}", self.source.style.site_url),
        }
    }

    /// The file of a path, or none if it can't be a file. New paths are visited later.
    fn file_of(&mut self, path: &str) -> Option<String> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let file_of = self.is_there(path).map(|kind| match kind {
            None => path.to_owned(),
            Some(DocumentKind::Html) if path.ends_with('/') => path.to_owned(),
            Some(DocumentKind::Html) => format!("{path}/"),
            Some(kind) => {
                alias(kind, path).map_or_else(|| path.to_owned(), |alias| format!("/{alias}"))
            }
        });
        self.known.insert(path.to_owned(), file_of.clone());
        // Links in the site's own language have no language tag.
        let own = path.strip_prefix('/').and_then(|rest| {
            rest.strip_prefix(self.source.style.language.tag()).filter(|rest| rest.starts_with('/'))
        });
        if let Some(own) = own.filter(|_| file_of.is_some()) {
            self.file_of(own);
        }
        file_of
    }

    /// Whether the path exists, and the kind of its document if it is rendered from the log.
    fn is_there(&mut self, path: &str) -> Option<Option<DocumentKind>> {
        if self.assets.contains_key(path) {
            return Some(None);
        }
        let name = path.strip_prefix('/')?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
        let stays = name.is_empty() || is_inside(name.trim_end_matches('/'));
        if !stays || !name.chars().all(is_plain) {
            return None;
        }
        let (kind, thing) = self.render_if_needed(path)?;
        self.to_visit.push_back((path.to_owned(), thing));
        Some(Some(kind))
    }

    /// The kind of document at the path, and its content if it had to be rendered to know.
    fn render_if_needed(&mut self, path: &str) -> Option<(DocumentKind, Option<RenderedContent>)> {
        let route = routes::table().find(path)?.route;
        let content = route.content.filter(|_| route.export == Export::Rendered)?;
        let (source, offered) = (self.source, &self.source.style.offered);
        let rest = of_path(path, offered).map_or(path, |(_, rest)| rest);
        let is_incident =
            |number| source.board.incident(number).is_some_and(|incident| incident.path() == rest);
        let is_prerendered = content.is_prerendered && route.pattern == rest;
        if is_prerendered || incident_of(path, offered).is_some_and(is_incident) {
            return Some((content.kind, None));
        }
        self.render(path).map(|content| (content.kind, Some(content)))
    }

    fn render(&mut self, path: &str) -> Option<RenderedContent> {
        let source = self.source;
        let (language, rest) =
            of_path(path, &source.style.offered).unwrap_or((source.style.language, path));
        let style = self
            .looks
            .entry(language.index())
            .or_insert_with(|| source.style.in_language(language));
        routes::table().render(source, style, rest)
    }
}

/// The file that a web server serves for a page's path.
fn file_of_page(path: &str) -> String {
    let folder = path.trim_matches('/');
    if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") }
}

/// The file name that shows the type of a document; none if its path already does.
fn alias(kind: DocumentKind, path: &str) -> Option<String> {
    let name = path.trim_start_matches('/');
    let last = name.rsplit('/').next().unwrap_or_default();
    let extension = match kind {
        DocumentKind::Html => return None,
        DocumentKind::Json | DocumentKind::JsonFeed => "json",
        DocumentKind::Atom | DocumentKind::Rss | DocumentKind::Sitemap => "xml",
        DocumentKind::Calendar => "ics",
        DocumentKind::Css => "css",
        DocumentKind::Script => "js",
        DocumentKind::Svg => "svg",
    };
    (!last.contains('.')).then(|| format!("{name}.{extension}"))
}

/// The incident whose page (not post-mortem) is at `path`.
fn incident_of(path: &str, offered: &[Language]) -> Option<IncidentNumber> {
    let rest = of_path(path, offered).map_or(path, |(_, rest)| rest);
    let (day, number) = rest.strip_prefix('/')?.split_once('/')?;
    let is_day = day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (is_day && number.bytes().all(|b| b.is_ascii_digit()))
        .then(|| IncidentNumber::parse(number).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_match_their_content_types() {
        for (path, file) in
            [("/", "index.html"), ("/de/", "de/index.html"), ("/a/7", "a/7/index.html")]
        {
            assert_eq!(file_of_page(path), file);
        }
        assert_eq!(alias(DocumentKind::Atom, "/feed/atom").as_deref(), Some("feed/atom.xml"));
        assert_eq!(alias(DocumentKind::JsonFeed, "/feed/json").as_deref(), Some("feed/json.json"));
        assert_eq!(alias(DocumentKind::Calendar, "/calendar.ics"), None);
    }
}
