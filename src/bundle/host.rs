//! Settings for the hosts that serve a site: a `_headers` file, snippets for nginx and Apache. In: the pages as they were made. Out: files with one
//! Content-Security-Policy for each top folder, which allows exactly the styles of the pages in it. What a page says of itself in its meta element
//! holds as well; the header adds what only a header can, and holds for pages whose meta element somebody removed.

use crate::path::OutputPath;
use base64::Engine;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Where a page's own policy stands at the latest.
const HEAD: usize = 4096;

const OTHERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];
/// Files whose name changes with their content.
const KEPT: &str = "public, max-age=31536000, immutable";

/// The styles that pages use, by top folder; the empty folder is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styles(BTreeMap<String, BTreeSet<String>>);

impl Styles {
    /// Takes in the style of one output, if it is a page.
    pub fn add(&mut self, path: &OutputPath, bytes: &[u8]) {
        if path.as_str().ends_with(".html") {
            let folder = path.as_str().split_once('/').map_or("", |(top, _)| top);
            self.0.entry(folder.to_owned()).or_default().extend(sources(bytes));
        }
    }

    /// Takes in all of another.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (folder, sources) in other.0 {
            self.0.entry(folder).or_default().extend(sources);
        }
        self
    }

    /// The host files. `policy` writes the policy of pages with these styles; `base_url` says below which path the site lies; without one it is the root of its host.
    pub fn files(&self, base_url: Option<&str>, policy: &dyn Fn(&str) -> String) -> BTreeMap<OutputPath, Vec<u8>> {
        let base = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        let base = base.unwrap_or("/");
        // Servers compare with the path as it is meant, not as it is written in an address.
        let decoded = percent_encoding::percent_decode_str(base).decode_utf8_lossy();
        // The page for addresses that do not exist lies in the root and is shown anywhere.
        let root = self.0.get("").cloned().unwrap_or_default();
        let policies: Vec<(String, String)> =
            self.0.iter().map(|(folder, own)| (folder.clone(), framed(policy, &own.union(&root).cloned().collect()))).collect();
        let files = [
            ("_headers", headers(base, &policies)),
            ("hosting/nginx.conf", nginx(&decoded, &policies)),
            ("hosting/apache.conf", apache(base, &decoded, &policies)),
        ];
        files.into_iter().map(|(path, text)| (OutputPath::new(path), text.into_bytes())).collect()
    }
}

/// `'sha256-…'` of a page's style: as its own policy says, else of what stands in its `style` elements.
fn sources(page: &[u8]) -> Vec<String> {
    const MARK: &[u8] = b"style-src ";
    let head = &page[..page.len().min(HEAD)];
    if let Some(at) = memchr::memmem::find(head, MARK) {
        let own = &head[at + MARK.len()..];
        // A page of another encoding has no list that could be read.
        let own = std::str::from_utf8(&own[..memchr::memchr(b';', own).unwrap_or(own.len())]).unwrap_or_default();
        let list = own.split(' ');
        return list.filter(|source| source.starts_with("'sha256-")).map(str::to_owned).collect();
    }
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = memchr::memmem::find(rest, b"<style>") {
        let text = &rest[at + 7..];
        let end = memchr::memmem::find(text, b"</style>").unwrap_or(text.len());
        found.push(format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&text[..end]))));
        rest = &text[end..];
    }
    found
}

/// What a page says of itself, and that nobody may frame it, which only a header can say.
fn framed(policy: &dyn Fn(&str) -> String, styles: &BTreeSet<String>) -> String {
    let list: Vec<&str> = styles.iter().map(String::as_str).collect();
    format!("{}; frame-ancestors 'none'", policy(&list.join(" ")))
}

/// For hosts that read `_headers`. Rules that match together add up there, so no two that name a policy do.
fn headers(base: &str, policies: &[(String, String)]) -> String {
    let mut out = String::from("# For hosts that read this file. Other hosts: hosting/nginx.conf, hosting/apache.conf.\n");
    let _ = writeln!(out, "{base}*");
    for (name, value) in OTHERS {
        let _ = writeln!(out, "  {name}: {value}");
    }
    let _ = writeln!(out, "{base}assets/*\n  Cache-Control: {KEPT}");
    for (folder, policy) in policies {
        let places = match folder.as_str() {
            "" => vec![base.to_owned(), format!("{base}index.html"), format!("{base}404.html"), format!("{base}blank.html")],
            folder => vec![format!("{base}{folder}/*")],
        };
        for place in places {
            let _ = writeln!(out, "{place}\n  Content-Security-Policy: {policy}");
        }
    }
    out
}

/// For the `server` block of nginx. A location's `add_header` replaces those above it, so each has all.
fn nginx(base: &str, policies: &[(String, String)]) -> String {
    let mut out = String::from("# Include this in the server block that has the site as its root.\n");
    let _ = writeln!(out, "index index.html;\nerror_page 404 {};\ncharset utf-8;", quoted(&format!("{base}404.html")));
    let lines = |out: &mut String, policy: &str| {
        for (name, value) in OTHERS.iter().copied().chain([("Content-Security-Policy", policy)]) {
            let _ = writeln!(out, "  add_header {name} \"{value}\" always;");
        }
    };
    for (folder, policy) in policies {
        let place = if folder.is_empty() { base.to_owned() } else { format!("{base}{folder}/") };
        let _ = writeln!(out, "location {} {{", quoted(&place));
        lines(&mut out, policy);
        out.push_str("}\n");
    }
    let _ = writeln!(out, "location {} {{", quoted(&format!("{base}assets/")));
    let _ = writeln!(out, "  add_header Cache-Control \"{KEPT}\" always;\n  add_header X-Content-Type-Options nosniff always;\n}}");
    out
}

/// For Apache with `mod_headers`, in the virtual host or as `.htaccess`. Later sections replace what earlier ones set.
fn apache(base: &str, decoded: &str, policies: &[(String, String)]) -> String {
    let mut out = String::from("# Include this in the virtual host, or copy it to .htaccess beside index.html. It needs mod_headers.\n");
    let _ = writeln!(out, "DirectoryIndex index.html\nErrorDocument 404 {base}404.html\nAddDefaultCharset utf-8");
    for (name, value) in OTHERS {
        let _ = writeln!(out, "Header always set {name} \"{value}\"");
    }
    for (folder, policy) in policies {
        let pattern = escaped(&if folder.is_empty() { decoded.to_owned() } else { format!("{decoded}{folder}/") });
        let _ =
            writeln!(out, "<If \"%{{REQUEST_URI}} =~ m#^{pattern}#\">\n  Header always set Content-Security-Policy \"{policy}\"\n</If>");
    }
    let _ = writeln!(out, "<If \"%{{REQUEST_URI}} =~ m#^{}assets/#\">\n  Header set Cache-Control \"{KEPT}\"\n</If>", escaped(decoded));
    out
}

/// A path as a word of nginx: bare where it is plain.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/-_.~".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// A path as a regular expression that matches only it, inside `m#…#` and quotes.
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if !c.is_alphanumeric() && !"/-_~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(styles: &Styles, base: Option<&str>, name: &str) -> String {
        String::from_utf8(styles.files(base, &|styles| format!("default-src 'none'; style-src {styles};"))[&OutputPath::new(name)].clone())
            .expect("text")
    }

    fn two() -> Styles {
        let mut styles = Styles::default();
        styles
            .add(&OutputPath::new("404.html"), b"<meta content=\"default-src 'none'; style-src 'self' 'sha256-root'; x\"><style>a</style>");
        styles.add(&OutputPath::new("en/a/index.html"), b"<meta content=\"style-src 'sha256-one='; script-src 'self'\">");
        styles.add(&OutputPath::new("assets/a.css"), b"style-src 'sha256-none'");
        styles
    }

    #[test]
    fn each_folder_allows_its_own_styles_and_those_of_the_root() {
        let headers = text(&two(), None, "_headers");
        let rule = headers.split("/en/*\n").nth(1).expect("a rule for the folder");
        assert!(rule.contains("style-src 'sha256-one=' 'sha256-root';"), "{headers}");
        assert!(!headers.contains("sha256-none") && !headers.contains("unsafe"), "{headers}");
        assert!(headers.contains("\n/404.html\n  Content-Security-Policy: default-src 'none'; style-src 'sha256-root';"), "{headers}");
    }

    #[test]
    fn a_page_without_a_policy_is_measured() {
        assert_eq!(sources(b"<style>p{}</style>"), ["'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"]);
        assert!(sources(b"<p>").is_empty());
    }

    #[test]
    fn a_site_below_a_path_has_its_rules_there() {
        for name in ["_headers", "hosting/nginx.conf", "hosting/apache.conf"] {
            let found = text(&two(), Some("https://example.org/library/"), name);
            assert!(found.contains("/library/en/") && !found.contains(" /en/"), "{found}");
        }
    }

    #[test]
    fn servers_get_a_path_as_they_compare_it() {
        let base = Some("https://example.org/%D8%B1%DB%81/a+b%20c/");
        assert!(text(&two(), base, "_headers").contains("\n/%D8%B1%DB%81/a+b%20c/en/*\n"));
        assert!(text(&two(), base, "hosting/nginx.conf").contains("location \"/رہ/a+b c/en/\" {"));
        let apache = text(&two(), base, "hosting/apache.conf");
        assert!(apache.contains("m#^/رہ/a\\+b\\ c/en/#") && apache.contains("404 /%D8%B1%DB%81/a+b%20c/404.html"), "{apache}");
    }
}
