//! The attributes of a tag, told before a library reads them: some compare each with all others.

/// Attributes of one tag at most. Employers write fewer than ten.
pub(in crate::ingest) const ATTRIBUTES_MAX: usize = 200;

/// Names and values, as browsers tell them apart (HTML, 13.2.5.32 to 13.2.5.40). Whatever XML allows is read alike.
pub(in crate::ingest) struct Attributes<'t> {
    rest: &'t str,
}

impl<'t> Attributes<'t> {
    /// The name of a tag, and its attributes, from what stands behind its "<" or "</".
    pub(in crate::ingest) fn of(tag: &'t str) -> (&'t str, Self) {
        let length = tag.find(|it: char| is_space(it) || matches!(it, '/' | '>')).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(length);
        (name, Self { rest })
    }

    /// What stands behind the tag, once all of them are read; nothing if the tag does not end.
    pub(in crate::ingest) fn behind(self) -> Option<&'t str> {
        self.rest.strip_prefix('>')
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(|it: char| is_space(it) || it == '/');
        let first = self.rest.chars().next().filter(|it| *it != '>')?.len_utf8();
        // A "=" that begins a name is a part of it.
        let length = self.rest[first..].find(|it: char| is_space(it) || matches!(it, '/' | '>' | '='));
        let (name, behind) = self.rest.split_at(length.map_or(self.rest.len(), |it| first + it));
        let (value, rest) = match behind.trim_start_matches(is_space).strip_prefix('=') {
            Some(behind) => value(behind.trim_start_matches(is_space)),
            None => ("", behind),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The value at the beginning, and what stands behind it.
fn value(text: &str) -> (&str, &str) {
    match text.chars().next().filter(|it| matches!(it, '"' | '\'')) {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(|it: char| is_space(it) || it == '>').unwrap_or(text.len())),
    }
}

fn is_space(it: char) -> bool {
    it.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_told_apart_as_browsers_do() {
        for (tag, name, expected, behind) in [
            ("a>b", "a", vec![], Some("b")),
            ("br/>", "br", vec![], Some("")),
            ("a b='1' c=\"2\"d = 3 e>x", "a", vec![("b", "1"), ("c", "2"), ("d", "3"), ("e", "")], Some("x")),
            ("a b='>' c>", "a", vec![("b", ">"), ("c", "")], Some("")),
            ("a =b c='d", "a", vec![("=b", ""), ("c", "d")], None),
            ("a b=c/d é=>f", "a", vec![("b", "c/d"), ("é", "")], Some("f")),
            ("a", "a", vec![], None),
        ] {
            let (found, mut attributes) = Attributes::of(tag);
            assert_eq!((found, attributes.by_ref().collect::<Vec<_>>()), (name, expected), "{tag}");
            assert_eq!(attributes.behind(), behind, "{tag}");
        }
    }
}
