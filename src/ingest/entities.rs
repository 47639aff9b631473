//! Entities of HTML in texts that are escaped once more than they need.

use std::sync::LazyLock;

use regex::Regex;

use super::lenient::without_nul;

/// A text with its entities decoded, save those of NUL, which are left out.
pub(super) fn unescaped(text: &str) -> String {
    static NUL: LazyLock<Regex> = LazyLock::new(|| Regex::new("&#(?:0+|[xX]0+);").expect("the pattern is valid"));
    let decoded = html_escape::decode_html_entities(text);
    if !decoded.contains("&#") && !decoded.contains('\0') {
        return decoded.into_owned();
    }
    without_nul(&NUL.replace_all(&decoded, ""))
}
