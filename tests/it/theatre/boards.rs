//! Lists of postings in each provider's shape, as small as they can be.

use serde_json::{Value, json};

/// A list of `count` postings that says, if it can, that there are `total`.
pub(crate) fn list(provider: &str, count: u32, total: u32) -> String {
    let rows = |row: fn(u32) -> Value| (1..=count).map(row).collect::<Vec<_>>();
    match provider {
        "greenhouse" => {
            json!({ "jobs": rows(|it| json!({ "id": it, "title": title(it) })), "meta": { "total": total } })
        }
        "lever" => rows(|it| json!({ "id": key(it), "text": title(it) })).into(),
        "ashby" => json!({ "jobs": rows(|it| json!({ "id": key(it), "title": title(it) })) }),
        "smartrecruiters" => {
            json!({ "totalFound": total, "content": rows(|it| json!({ "id": key(it), "name": title(it) })) })
        }
        "workable" => json!({ "name": "Acme", "jobs": rows(|it| json!({ "shortcode": key(it), "title": title(it) })) }),
        "recruitee" => json!({ "offers": rows(|it| json!({ "id": it, "title": title(it) })) }),
        "bamboohr" => json!({
            "meta": { "totalCount": total },
            "result": rows(|it| json!({ "id": it, "jobOpeningName": title(it) })),
        }),
        "breezy" => rows(|it| json!({ "id": key(it), "name": title(it), "description": "<p>Work.</p>" })).into(),
        "rippling" => json!({ "items": rows(|it| json!({ "id": key(it), "name": title(it) })), "totalItems": total }),
        "pinpoint" => json!({ "data": rows(|it| json!({ "id": key(it), "title": title(it) })) }),
        "workday" => json!({
            "total": total,
            "jobPostings": rows(|it| json!({ "title": title(it), "externalPath": format!("/job/Leeds/Pilot_R{it}") })),
        }),
        "personio" | "teamtailor" | "jsonld" => return markup(provider, count),
        other => panic!("{other} has no board here"),
    }
    .to_string()
}

fn markup(provider: &str, count: u32) -> String {
    let (start, end) = match provider {
        "personio" => ("<?xml version=\"1.0\"?><workzag-jobs>", "</workzag-jobs>"),
        "teamtailor" => {
            ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Acme</title>", "</channel></rss>")
        }
        _ => ("<html><head>", "</head><body></body></html>"),
    };
    let row = |it: u32| match provider {
        "personio" => format!("<position><id>{it}</id><name>{}</name></position>", title(it)),
        "teamtailor" => format!(
            "<item><title>{}</title><link>https://acme.teamtailor.com/jobs/{it}-x</link><guid>{}</guid></item>",
            title(it),
            key(it)
        ),
        _ => {
            let posting = json!({ "@context": "https://schema.org", "@type": "JobPosting", "title": title(it),
                                  "identifier": { "@type": "PropertyValue", "value": key(it) },
                                  "url": format!("https://acme.example/jobs/{it}"), "description": "Work." });
            format!("<script type=\"application/ld+json\">{posting}</script>")
        }
    };
    format!("{start}{}{end}", (1..=count).map(row).collect::<String>())
}

fn key(number: u32) -> String {
    format!("k-{number}")
}

/// With a letter that other encodings write otherwise.
fn title(number: u32) -> String {
    format!("Caf\u{e9} manager {number}")
}
