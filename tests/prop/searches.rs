//! Searches find the same on both databases: what a plain reading of words and phrases finds.

use jobgraph::search::{Phrase, Query, snippet, words};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::support::backends;
use crate::world::{Answer, World};

const SEED: u64 = 1_234;
const POSTINGS: usize = 90;
const SEARCHES: usize = 260;
/// Words of a posting that are indexed, and places of one word.
const WORDS_MAX: usize = 16_000;
const PLACES_MAX: usize = 255;

const WORDS: [&str; 74] = [
    "Rust",
    "rust",
    "RUST",
    "Café",
    "Cafe\u{301}",
    "naïve",
    "Straße",
    "STRASSE",
    "ß",
    "ẞ",
    "東京",
    "東",
    "エンジニア",
    "ガ",
    "カ\u{3099}",
    "개발자",
    "C++",
    "c++",
    "C#",
    "F#",
    "node.js",
    ".NET",
    "full-stack",
    "full",
    "stack",
    "O'Neil",
    "L’Oréal",
    "oreal",
    "🚑",
    "👩‍💻",
    "R&D",
    "401k",
    "2026",
    "Ω",
    "ΟΔΟΣ",
    "οδός",
    "Привет",
    "ПРИВЕТ",
    "שָׁלוֹם",
    "שלום",
    "مرحبا",
    "مُرَحَّب",
    "İstanbul",
    "ISTANBUL",
    "ıspanak",
    "zero\u{200b}width",
    "zerowidth",
    "soft\u{ad}hyphen",
    "joined\u{2060}word",
    "ﬁnance",
    "ﷺ",
    "½",
    "①",
    "ａｂｃ",
    "e\u{301}\u{302}x",
    "ǅ",
    "Å",
    "\u{212b}",
    "नमस्ते",
    "क्षि",
    "ไทย",
    "under_score",
    "a+b",
    "c++11",
    "#rust",
    "+1",
    "NOT",
    "NEAR",
    "\u{feff}bom",
    "\u{301}mark",
    "𝓡𝓾𝓼𝓽",
    "Ⅷ",
    "x²",
    "𠮷野",
];

fn phrase_of(dice: &mut Dice, least: usize, more: usize) -> String {
    let count = least + dice.below(more + 1);
    let mut text = String::new();
    for _ in 0..count {
        text.push_str(dice.word(&WORDS));
        text.push_str(dice.word(&[" ", " ", " ", ", ", "/", " - ", "", "\u{200d}", "·"]));
    }
    text.trim().to_owned()
}

fn posting(dice: &mut Dice, id: usize) -> Value {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut body = format!("<p>{}</p><p>{}</p>", escaped(&phrase_of(dice, 3, 30)), escaped(&phrase_of(dice, 0, 9)));
    // Words that come too often, and texts that are too long, to be kept in full.
    match id {
        7 => body = format!("<p>{} oftenmark rust</p>", "often word ".repeat(300)),
        8 => body = format!("<p>{} longend</p>", "one two three four five six seven ".repeat(2_300)),
        9 => body = format!("<p>{}</p>", "x".repeat(70)),
        _ => {}
    }
    let mut job = json!({ "id": id, "title": phrase_of(dice, 1, 3), "content": body, "first_published": format!("2026-01-0{}T00:00:00Z", 1 + id % 4) });
    if dice.percent(60) {
        job["departments"] = json!([{ "id": 2, "name": phrase_of(dice, 1, 1), "parent_id": null }]);
    }
    if dice.percent(60) {
        let place = dice.of(&[
            "Zürich, Switzerland",
            "San Francisco, CA, US; Remote, US",
            "東京, Japan",
            "Atlantis",
            "São Paulo, Brazil",
        ]);
        job["location"] = json!({ "name": place });
    }
    job
}

fn answers() -> Vec<Answer> {
    let mut dice = Dice::new(SEED);
    let mut jobs: Vec<Value> = (0..POSTINGS).map(|id| posting(&mut dice, id)).collect();
    let first =
        Answer { board: "straße-café".replace(['ß', 'é'], "s"), at: 1_767_225_600_000, jobs: Some(jobs.clone()) };
    // What postings no longer say is not found.
    for id in (10..POSTINGS).step_by(4) {
        jobs[id] = posting(&mut dice, id);
    }
    vec![first.clone(), Answer { at: first.at + 1, jobs: Some(jobs), ..first }]
}

fn search(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(4) {
        match dice.below(11) {
            0 => text.push_str("or "),
            1 => text.push('-'),
            2 => {
                text.push_str(&format!("\"{}\" ", phrase_of(dice, 2, 1)));
                continue;
            }
            3 => {
                let word: Vec<char> = dice.word(&WORDS).chars().collect();
                text.extend(&word[..1 + dice.below(word.len())]);
                text.push_str("* ");
                continue;
            }
            4 => {
                text.push_str(dice.word(&[
                    "'", "\\", "%", "(", ")", ":*", "&", "|", "!", "<->", "^", "{title}:", "\u{1}", "--", "\"", "*",
                    "NEAR(", "$1",
                ]));
            }
            _ => {}
        }
        text.push_str(dice.word(&WORDS));
        text.push(' ');
    }
    text
}

/// Searches that are about limits.
const SPECIAL: [&str; 14] = [
    "\"often word\"",
    "\"word oftenmark\"",
    "\"oftenmark rust\"",
    "often -rust",
    "longend",
    "\"six seven\"",
    "one two -three",
    "xxxxxxxxxxxxxxxxxxxxxxxx*",
    "zürich",
    "\"san francisco\"",
    "japan or switzerland",
    "\"US San\"",
    "straße -café",
    "\"brazil sao\"",
];

/// A posting's texts as words, each field by itself; nothing stands for a word that is not kept.
type Texts = Vec<Vec<Option<String>>>;

fn texts(job: &Value) -> Texts {
    let mut places = vec![job["locationText"].as_str().unwrap_or_default()];
    for place in job["locations"].as_array().expect("it is a list") {
        places.extend(["city", "region", "country"].map(|it| place[it].as_str().unwrap_or_default()));
    }
    let places = places.join("; ");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let fields = [
        text(&job["title"]),
        text(&job["org"]["name"]),
        text(&job["department"]),
        places,
        text(&job["descriptionText"]),
    ];
    let mut left = WORDS_MAX;
    let mut seen = std::collections::HashMap::new();
    let mut texts = Vec::new();
    for field in fields {
        let mut kept = Vec::new();
        for word in words(&field).take(left) {
            let count = seen.entry(word.text.clone()).or_insert(0);
            *count += 1;
            kept.push((*count <= PLACES_MAX).then_some(word.text));
        }
        left -= kept.len();
        texts.push(kept);
    }
    texts
}

fn says(fields: &[Vec<Option<String>>], phrase: &Phrase) -> bool {
    let is_hit = |window: &[Option<String>]| {
        window.iter().zip(&phrase.words).enumerate().all(|(index, (word, wanted))| {
            let Some(word) = word else { return false };
            let goes_on = phrase.is_prefix && index + 1 == phrase.words.len();
            if goes_on { word.starts_with(wanted) } else { word == wanted }
        })
    };
    fields.iter().any(|field| field.windows(phrase.words.len()).any(is_hit))
}

/// 3 where the title says it, 2 where the heading does, 1 where the posting does.
fn rank(query: &Query, texts: &Texts) -> Option<i64> {
    let matches = |fields: &[Vec<Option<String>>]| {
        let group = |it: &jobgraph::search::All| {
            it.with.iter().all(|it| says(fields, it)) && !it.without.iter().any(|it| says(texts, it))
        };
        query.any.iter().any(group)
    };
    [(3, &texts[..1]), (2, &texts[..4]), (1, &texts[..])]
        .into_iter()
        .find(|(_, fields)| matches(fields))
        .map(|(rank, _)| rank)
}

fn highlights(query: &Query, job: &Value) -> Value {
    let fields = [
        ("TITLE", "/title"),
        ("ORG", "/org/name"),
        ("DEPARTMENT", "/department"),
        ("PLACE", "/locationText"),
        ("DESCRIPTION", "/descriptionText"),
    ];
    let shown = fields.iter().filter_map(|(name, path)| {
        let (text, spans) = snippet(query, job.pointer(path).and_then(Value::as_str).unwrap_or_default())?;
        let characters: Vec<char> = text.chars().collect();
        assert!(characters.len() <= 200 && spans.len() <= 10, "{text:?} {spans:?}");
        for span in &spans {
            let hit: String = characters[span.start..span.end].iter().collect();
            let hit: Vec<Option<String>> = words(&hit).map(|it| Some(it.text)).collect();
            assert!(query.wanted().any(|it| says(std::slice::from_ref(&hit), it)), "{hit:?} in {text:?}");
        }
        let spans: Vec<Value> = spans.iter().map(|it| json!({ "start": it.start, "end": it.end })).collect();
        Some(json!({ "field": name, "text": text, "spans": spans }))
    });
    shown.collect::<Vec<_>>().into()
}

/// When the first answer was known alone: each posting had one event.
const THEN: &str = ", asOf: {seq: \"90\"}";
const FIELDS: &str = "jobId title department locationText locations { city region country } org { name } postedAt";

async fn check(world: &World, jobs: &[(Value, Texts)], text: &str, of: &str, case: &str) -> Value {
    let query = format!(
        "query ($text: String) {{ jobs(first: 100, search: $text{of}) {{ totalCount facets(fields: [TITLE], top: 100) {{ buckets {{ count }} }} edges {{ score highlights {{ field text spans {{ start end }} }} node {{ jobId postedAt }} }} }} }}"
    );
    let variables = json!({ "text": text }).as_object().cloned().expect("it is an object");
    let answer = world.answer(&query, variables).await;
    let query = match Query::parse(text) {
        Ok(query) => query,
        Err(_) => {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_FILTER", "{case}: {answer}");
            return answer;
        }
    };
    assert_eq!(answer.get("errors"), None, "{case}");
    let mut expected: Vec<(i64, &Value)> =
        jobs.iter().filter_map(|(job, texts)| Some((rank(&query, texts)?, job))).collect();
    let key = |(rank, job): &(i64, &Value)| (*rank, job["postedAt"].to_string(), job["jobId"].to_string());
    expected.sort_by_key(|it| std::cmp::Reverse(key(it)));
    let edges = answer["data"]["jobs"]["edges"].as_array().expect("it is a list");
    let shown: Vec<&Value> = edges.iter().map(|it| &it["node"]["jobId"]).collect();
    assert_eq!(shown, expected.iter().map(|it| &it.1["jobId"]).collect::<Vec<_>>(), "{case}");
    assert_eq!(answer["data"]["jobs"]["totalCount"], expected.len(), "{case}");
    let buckets = answer["data"]["jobs"]["facets"][0]["buckets"].as_array().expect("it is a list");
    let counted: Option<i64> = buckets.iter().map(|it| it["count"].as_i64()).sum();
    assert_eq!(counted, i64::try_from(expected.len()).ok(), "{case}");
    for (edge, (rank, job)) in edges.iter().zip(expected) {
        let score = edge["score"].as_f64().expect("it has a score") * 3.0;
        assert!((score - f64::from(i32::try_from(rank).expect("small"))).abs() < 1e-9, "{case}: {edge}");
        assert_eq!(edge["highlights"], highlights(&query, job), "{case}");
    }
    answer
}

/// All postings as they are, or were.
async fn all(world: &World, of: &str) -> Vec<(Value, Texts)> {
    let list = format!(
        "query ($after: String) {{ list: jobs(first: 50, after: $after{of}) {{ nodes {{ {FIELDS} descriptionText }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    world.all(&list, &json!({})).await.into_iter().map(|job| (job.clone(), texts(&job))).collect()
}

#[test]
fn searches_find_what_a_plain_reading_finds() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut answered: Vec<Value> = Vec::new();
    for backend in backends() {
        runtime.block_on(async {
            let world = World::of(backend, &answers()).await;
            let (jobs, then) = (all(&world, "").await, all(&world, THEN).await);
            assert_eq!((jobs.len(), then.len()), (POSTINGS, POSTINGS));
            let mut hits = 0;
            for number in 0..SEARCHES + SPECIAL.len() {
                let seed = SEED + u64::try_from(number).expect("small");
                let random = || search(&mut Dice::new(seed));
                let text = SPECIAL.get(number).map_or_else(random, |it| (*it).to_owned());
                let case = format!("{backend}, seed {seed}: {text:?}");
                let answer = check(&world, &jobs, &text, "", &case).await;
                if number % 5 == 0 {
                    check(&world, &then, &text, THEN, &format!("{case} then")).await;
                }
                hits += usize::from(answer["data"]["jobs"]["totalCount"].as_i64() > Some(0));
                match answered.get(number) {
                    Some(before) => assert_eq!(*before, answer, "{case}: both databases answer alike"),
                    None => answered.push(answer),
                }
            }
            assert!(hits > SEARCHES / 3, "{hits} searches find something");
        });
    }
}
