//! What may be asked for: the `Host` header and the path, checked before anything else is done.
//! In: header and path as they came over the wire. Out: a plain relative path, or a refusal. No network, no disk.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why a path is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no proper path: broken escapes, not UTF-8, control characters.
    Malformed,
    /// It leads elsewhere: `..`, `.`, empty parts, backslashes.
    Elsewhere,
}

/// Whether a `Host` header names this machine: `localhost`, a loopback address, or the `--host` that was asked for. Any other
/// name is a stranger's page that had its own name point here (DNS rebinding). A `--host` of `0.0.0.0` or `::` stands for all
/// addresses of the machine, so then any address in figures will do: rebinding needs a name.
pub(super) fn is_own_host(header: &str, own: &str) -> bool {
    let Some(name) = without_port(header) else { return false };
    let own = own.trim_start_matches('[').trim_end_matches(']');
    let own_is_any = own.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified());
    let is_own_address = match name.parse::<IpAddr>() {
        Ok(_) if own_is_any => true,
        Ok(IpAddr::V4(ip)) => ip.octets()[0] == Ipv4Addr::LOCALHOST.octets()[0],
        Ok(IpAddr::V6(ip)) => ip == Ipv6Addr::LOCALHOST,
        Err(_) => false,
    };
    is_own_address || name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(own)
}

/// `[::1]:4000` to `::1`, `localhost:4000` to `localhost`.
fn without_port(header: &str) -> Option<&str> {
    let (name, port) = match header.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => header.split_at(header.find(':').unwrap_or(header.len())),
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let plain = port.is_empty() || (port.starts_with(':') && digits.bytes().all(|b| b.is_ascii_digit()));
    (plain && !name.is_empty()).then_some(name)
}

/// The path without its first slash and its escapes: `en/%D8%B1/` to `en/ر/`. Empty for the top, ending in `/` for a folder.
pub(super) fn decode(path: &str) -> Result<String, Refusal> {
    let decoded = unescape(path).ok_or(Refusal::Malformed)?;
    let path = decoded.strip_prefix('/').ok_or(Refusal::Malformed)?;
    if path.chars().any(char::is_control) {
        return Err(Refusal::Malformed);
    }
    let folders = path.strip_suffix('/').unwrap_or(path);
    let is_plain = |name: &str| !matches!(name, "" | "." | "..") && !name.contains('\\');
    if path.is_empty() || folders.split('/').all(is_plain) { Ok(path.to_owned()) } else { Err(Refusal::Elsewhere) }
}

/// Percent-decoding that accepts no broken escape, so that what is checked is what is meant.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(if byte == b'%' { digit()? << 4 | digit()? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_a_host() {
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1", "127.3.2.1:80", "[::1]", "[::1]:4000", "desk.lan:4000"] {
            assert!(is_own_host(host, "desk.lan"), "{host}");
        }
        let strangers = [
            "",
            ":4000",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.5",
            "[::2]",
            "a@localhost",
            "localhost:x",
        ];
        for host in strangers {
            assert!(!is_own_host(host, "127.0.0.1"), "{host}");
        }
    }

    #[test]
    fn an_open_host_takes_any_address_but_no_name() {
        assert!(is_own_host("192.168.1.5:4000", "0.0.0.0"));
        assert!(is_own_host("[fe80::1]:4000", "::"));
        assert!(!is_own_host("evil.example:4000", "0.0.0.0"));
    }

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(decode("/"), Ok(String::new()));
        assert_eq!(decode("/en/law/"), Ok("en/law/".to_owned()));
        assert_eq!(decode("/ur/%D8%B1%DB%81/a%20b.html"), Ok("ur/رہ/a b.html".to_owned()));
        assert_eq!(decode("/a%2541"), Ok("a%41".to_owned()));
        assert_eq!(decode("/..a/b.."), Ok("..a/b..".to_owned()));
    }

    #[test]
    fn paths_that_climb_or_break_are_refused() {
        for path in
            ["/../x", "/a/../b", "/%2e%2e/x", "/.%2E/x", "/a%2f..%2fb", "/./a", "//evil.example", "/%2fetc", "/a//b", "/a\\b", "/..%5cx"]
        {
            assert_eq!(decode(path), Err(Refusal::Elsewhere), "{path}");
        }
        for path in ["", "x", "*", "/a%00", "/a%0d%0a", "/%zz", "/%4", "/%", "/%ff", "/%+1"] {
            assert_eq!(decode(path), Err(Refusal::Malformed), "{path}");
        }
    }
}
