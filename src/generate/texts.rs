//! The descriptions: a bounded pool of texts, made of sentences of ours, each with a word of its own. Many postings share
//! one, as employers' postings do.

use std::sync::Arc;

use super::chance::{Chance, Purpose};
use crate::ingest::normalize::language::{self, Found};
use crate::ingest::normalize::{Description, html};

/// Descriptions at most, however many postings there are.
const DESCRIPTIONS_MAX: i64 = 20_000;
const DESCRIPTIONS_MIN: i64 = 20;
/// Postings that share a description, on average, until there are as many descriptions as there may be.
const SHARED_BY: i64 = 10;

/// A description and what it tells by itself.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) description: Arc<Description>,
    pub(super) language: Option<Found>,
}

/// The pool for so many postings.
pub(super) fn pool(seed: u64, postings: i64) -> Vec<Text> {
    let count = (postings / SHARED_BY).clamp(DESCRIPTIONS_MIN, DESCRIPTIONS_MAX);
    (0..count).map(|number| text(seed, number)).collect()
}

fn text(seed: u64, number: i64) -> Text {
    let mut chance = Chance::new(seed, Purpose::Text, number);
    let words = match number % 10 {
        8 => &GERMAN,
        9 => &FRENCH,
        _ => &ENGLISH,
    };
    let html = words.html(&mut chance, &code_name(number));
    let description = html::describe(&html);
    let language = language::read(None, &description.text);
    Text { description: Arc::new(description), language }
}

/// The sentences of one language. `{}` stands for what is drawn.
struct Words {
    begin: &'static [&'static str],
    task: &'static [&'static str],
    skill: &'static str,
    offer: &'static [&'static str],
    project: &'static str,
    fields: &'static [&'static str],
}

impl Words {
    fn html(&self, chance: &mut Chance, code_name: &str) -> String {
        let begin = chance.of(self.begin).replace("{}", chance.word(self.fields));
        let (first, second) = (chance.of(self.task), chance.of(self.task));
        // Some skills are asked for often, most seldom.
        let mut skill = || SKILLS[usize::try_from(chance.low(SKILLS_COUNT)).unwrap_or(0)];
        let skills = self.skill.replace("{1}", skill()).replace("{2}", skill());
        let project = self.project.replace("{}", code_name);
        let offer = chance.of(self.offer);
        format!("<p>{begin} {project}</p><ul><li>{first}</li><li>{second}</li></ul><p>{skills} {offer}</p>")
    }
}

/// A word that no other description has.
fn code_name(number: i64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mi", "ru", "te", "vo", "sa", "ne", "po", "di", "fa", "gu", "ze", "bi", "ho", "ly"];
    let mut rest = number;
    let mut name = "Pro".to_owned();
    for _ in 0..4 {
        name.push_str(SYLLABLES[usize::try_from(rest % 16).unwrap_or(0)]);
        rest /= 16;
    }
    name
}

const SKILLS_COUNT: i64 = 32;
const SKILLS: [&str; 32] = [
    "SQL",
    "Python",
    "Excel",
    "Java",
    "TypeScript",
    "Kubernetes",
    "Salesforce",
    "AWS",
    "React",
    "Linux",
    "Go",
    "Rust",
    "C++",
    "Terraform",
    "PostgreSQL",
    "Figma",
    "Kotlin",
    "Swift",
    "C#",
    "Spark",
    "GraphQL",
    "Ruby",
    "SAP",
    "Docker",
    "Scala",
    "MATLAB",
    "AutoCAD",
    "Elixir",
    "Haskell",
    "Fortran",
    "COBOL",
    "Erlang",
];

const ENGLISH: Words = Words {
    begin: &[
        "We build {} that people use every morning before they have had their coffee.",
        "Our {} keep small shops running, and we would like them to run better.",
        "For ten years we have made {} with care, and there is still much to do.",
        "Thousands of teams trust our {} with the work that matters to them.",
        "We are a young team that thinks {} can be simple, quiet and fair.",
        "Everything we know about {} we have learned from those who use them.",
    ],
    task: &[
        "You plan your own week and tell others early when plans change.",
        "You write down what you decide, so that those who come later understand it.",
        "You talk with customers and turn what they say into something that works.",
        "You find out why numbers differ, and you do not rest before you know.",
        "You help new colleagues to find their way in their first months.",
        "You keep machines, documents and promises in good order.",
        "You measure first and then make slow things fast.",
        "You look after quality from the first sketch to the last check.",
    ],
    skill: "You have worked with {1} before, and you would like to learn {2}.",
    offer: &[
        "We offer thirty days of leave and a budget for learning.",
        "There is a quiet room, a garden and very good bread.",
        "We pay the same for the same work and tell you how.",
        "Everyone here owns a small part of the company.",
    ],
    project: "You join the group behind {}.",
    fields: &[
        "tools",
        "machines",
        "maps",
        "payments",
        "clinics",
        "schools",
        "engines",
        "gardens",
        "deliveries",
        "robots",
    ],
};

const GERMAN: Words = Words {
    begin: &[
        "Wir bauen {}, die jeden Morgen von vielen Menschen genutzt werden.",
        "Seit zehn Jahren machen wir {} mit Sorgfalt, und es bleibt noch viel zu tun.",
        "Unsere {} helfen kleinen Betrieben, ihre Arbeit gut zu machen.",
    ],
    task: &[
        "Du planst deine Woche selbst und sagst früh, wenn sich etwas ändert.",
        "Du schreibst auf, was du entscheidest, damit es andere später verstehen.",
        "Du findest heraus, warum Zahlen nicht stimmen, und gibst vorher keine Ruhe.",
        "Du sorgst für gute Qualität vom ersten Entwurf bis zur letzten Prüfung.",
    ],
    skill: "Du hast schon mit {1} gearbeitet und möchtest {2} lernen.",
    offer: &[
        "Wir bieten dreißig Tage Urlaub und Zeit zum Lernen.",
        "Es gibt einen ruhigen Garten und sehr gutes Brot.",
    ],
    project: "Du gehörst zur Gruppe hinter {}.",
    fields: &["Werkzeuge", "Maschinen", "Karten", "Schulen", "Gärten", "Roboter"],
};

const FRENCH: Words = Words {
    begin: &[
        "Nous fabriquons des {} que beaucoup de gens utilisent chaque matin.",
        "Depuis dix ans nous faisons des {} avec soin, et il reste beaucoup à faire.",
        "Nos {} aident les petites entreprises à bien travailler tous les jours.",
    ],
    task: &[
        "Vous organisez votre semaine et vous prévenez tôt quand les choses changent.",
        "Vous écrivez ce que vous décidez, pour que les autres le comprennent plus tard.",
        "Vous cherchez pourquoi les chiffres sont différents, jusqu'à ce que vous le sachiez.",
        "Vous veillez à la qualité, du premier dessin à la dernière vérification.",
    ],
    skill: "Vous avez déjà travaillé avec {1} et vous aimeriez apprendre {2}.",
    offer: &[
        "Nous offrons trente jours de congé et du temps pour apprendre.",
        "Il y a un jardin calme et du très bon pain.",
    ],
    project: "Vous rejoignez le groupe derrière {}.",
    fields: &["outils", "machines", "cartes", "écoles", "jardins", "robots"],
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::pool;

    #[test]
    fn descriptions_differ_and_tell_their_language() {
        let pool = pool(3, 2_000);
        let texts: HashSet<&str> = pool.iter().map(|it| it.description.text.as_str()).collect();
        assert_eq!(texts.len(), pool.len());
        let languages: HashSet<Option<&str>> =
            pool.iter().map(|it| it.language.as_ref().map(|it| it.language.as_str())).collect();
        assert_eq!(languages, HashSet::from([Some("en"), Some("de"), Some("fr")]));
    }
}
