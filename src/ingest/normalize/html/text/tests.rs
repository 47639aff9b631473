use super::of;

fn assert_texts(cases: &[(&str, &str)]) {
    for (html, text) in cases {
        assert_eq!(of(html), *text, "{html}");
    }
}

#[test]
fn elements_that_stand_apart_part_their_words() {
    assert_texts(&[
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<h2><strong>Tasks</strong></h2><p>Bake.</p>", "## Tasks\n\nBake."),
        ("<div>b<p>c</p>d</div>", "b\n\nc\n\nd"),
        ("<section>a</section><main>b</main><address>c</address>", "a\nb\nc"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>", "a\nb\nc"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("<blockquote>q<p>w</p></blockquote>e", "q\n\nw\n\ne"),
        ("x<hr>y", "x\n\ny"),
    ]);
}

#[test]
fn words_within_a_line_stand_as_they_were_written() {
    assert_texts(&[
        ("<b>a</b><i>b</i> <u>c</u>", "ab c"),
        ("<p>a<strong> b</strong>c</p>", "a bc"),
        ("a <a href=\"https://example.com\">link</a>, b", "a link, b"),
        ("<s>a</s><del>b</del>", "ab"),
        ("tea &amp; cake&nbsp;\n  &lt;b&gt;", "tea & cake <b>"),
        ("50,000<sup>1</sup> the 2<sup>nd</sup>", "50,000¹ the 2nd"),
        ("Ver\u{ad}kauf\u{200b}s\u{feff}", "Verkaufs"),
    ]);
}

#[test]
fn two_breaks_make_a_paragraph_and_no_more_than_that() {
    assert_texts(&[
        ("a<br>b<br><br>c<br><br><br>d", "a\nb\n\nc\n\nd"),
        ("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>a<br></p><p> </p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("<br><p>a</p><br>", "a"),
        ("<pre>a\n  b\n\n\nc</pre>", "a\nb\n\nc"),
    ]);
}

#[test]
fn headings_and_items_are_marked_and_items_are_counted() {
    assert_texts(&[
        ("<p>x</p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d", "x\n* a\n* b\n* c\nd"),
        ("<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul><p>c</p>", "* a\n* b\n\nc"),
        ("<ul><li></li><li><br>a</li></ul>", "* a"),
        ("<h3></h3><h1>a</h1>b", "# a\n\nb"),
        ("<h3>&nbsp;</h3><ul><li>&nbsp;</li><li>&nbsp;a</li></ul>", "###\n*\n* a"),
        ("<ul><li><h3>a</h3>b</li></ul>", "### a\n\nb"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol>", "1. a\n2. b\n* c\n3. d"),
        (
            "<ol start=\"9223372036854775807\"><li>a</li><li>b</li></ol>",
            "9223372036854775807. a\n9223372036854775807. b",
        ),
        ("<li>loose</li><li>too</li></ul></ol>", "loose\ntoo"),
    ]);
}
