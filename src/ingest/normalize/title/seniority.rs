//! The level that a title names. Of several the one by which the work is meant: an intern of a manager is an intern, a
//! senior director a director, a senior product manager a senior.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{Found, Phrases, Word, words};
use crate::vocabulary::Seniority;

use Seniority::{Director, Entry, Executive, Intern, Lead, Manager, Mid, Principal, Senior, Staff, Vp};

static LEVELS: LazyLock<Phrases<Seniority>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            Intern,
            "intern|interns|internship|internships|trainee internship|co op|coop|apprentice|apprentices|apprenticeship",
        ),
        (
            Intern,
            "인턴|praktikum|praktikant|praktikantin|pflichtpraktikum|werkstudent*|werkstudium|working student|student assistant",
        ),
        (
            Intern,
            "azubi|azubis|auszubildende|auszubildender|ausbildung|lehrling|lehrstelle|duales studium|dualer student",
        ),
        (Intern, "stagiaire|alternance|alternant|alternante|apprenti|apprentie|stagista|tirocinio|tirocinante"),
        (Intern, "becario|becaria|practicas|practicante|pasante|estagio|estagiario|estagiaria|aprendiz|jovem aprendiz"),
        (
            Intern,
            "stageplaats|stagiair|stagiaire|afstudeerstage|meewerkstage|praktikplats|larling|elev|stazysta|praktykant",
        ),
        (
            Entry,
            "junior|jr|jnr|entry level|entry|new grad|new grads|new graduate|new college grad|new college graduate",
        ),
        (
            Entry,
            "graduate|grad|graduates|university grad|early career|early careers|trainee|trainees|campus hire|fresher|freshers",
        ),
        (
            Entry,
            "absolvent|absolventin|berufseinsteiger|berufseinsteigerin|quereinsteiger|quereinsteigerin|debutant|debutante",
        ),
        (
            Entry,
            "comeco de carreira|inicio de carreira|recien graduado|recien egresado|nyexaminerad|starter|mlodszy|juniorn*",
        ),
        (
            Mid,
            "mid|mid level|midlevel|mid weight|midweight|medior|intermediate|pleno|confirme|confirmee|semi senior|semisenior",
        ),
        (
            Mid,
            "middle developer|middle engineer|middle php|middle java|middle python|middle frontend|middle backend|middle qa|middle devops",
        ),
        (Senior, "senior|sr|snr|seniors|seniora|senior level|starszy|experimente|experimentee|erfahrener|erfahrene"),
        (Staff, "staff"),
        (Principal, "principal|senior principal|distinguished"),
        (
            Lead,
            "lead|leads|leader|team lead|tech lead|supervisor|supervisora|foreman|forewoman|shift lead|vorarbeiter|vorarbeiterin",
        ),
        (
            Lead,
            "schichtfuhrer|*teamleiter|*teamleiterin|*teamleitung|*schichtleiter|*schichtleitung|*schichtfuhrer|teamleiter|teamleiterin|teamleitung",
        ),
        (
            Lead,
            "schichtleiter|schichtleiterin|schichtleitung|gruppenleiter|gruppenleiterin|gruppenleitung|teamleider|teamledare",
        ),
        (
            Lead,
            "chef d equipe|lider|lider de equipe|encarregado|encarregada|capo|superviseur|superviseure|arbetsledare|polier",
        ),
        (
            Manager,
            "manager|managers|mgr|manageress|superintendent|responsable|responsabile|gerant|gerante|gerente|gestor|gestora",
        ),
        (
            Manager,
            "encargado|encargada|jefe|jefa|*leiter|*leiterin|*leitung|leiter|leiterin|leitung|*chef|*manager|*managerin",
        ),
        (
            Manager,
            "chef de projet|chef de produit|cheffe de projet|chef de service|chef de secteur|chef de chantier|hoofd|kierownik|sjef",
        ),
        (
            Director,
            "director|directors|directeur|directrice|direktor|direktorin|direttore|direttrice|diretor|diretora|directora",
        ),
        (
            Director,
            "head of|head|global head|bereichsleiter|bereichsleiterin|bereichsleitung|abteilungsleiter|abteilungsleiterin|dyrektor",
        ),
        (Vp, "vp|svp|evp|avp|rvp|vice president|vice presidents|vice presidente|vizeprasident"),
        (
            Executive,
            "ceo|cto|cfo|coo|cmo|cro|ciso|chro|president|founder|co founder|cofounder|managing director|managing partner",
        ),
        (
            Executive,
            "geschaftsfuhrer|geschaftsfuhrerin|geschaftsfuhrung|geschaftsleitung|vorstand|directeur general|director general",
        ),
        (Executive, "foretagsledare|verkstallande direktor|vd|prezes|presidente|diretor executivo"),
    ])
});

struct Patterns {
    officer: Regex,
    assistant: Regex,
    stage: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    Patterns {
        officer: compiled(r"(?i)\bchief\b[\w &,/-]{2,40}\bofficer\b|\bchief operation officer\b"),
        // Whom they assist is not what they are.
        assistant: compiled(
            r"(?i)\b(?:executive|personal|administrative) assistant\b|\bassist(?:ant|ent)\w* (?:to|of|an|der|des|de|du|da|do)\b|\bsecretary to\b|\b(?:ea|pa) to\b|\bsecretári[oa]|\bassistent\w* der\b|\bchief of staff\b|\boffice of the\b|\bmember of the\b",
        ),
        // In French and Italian; elsewhere it is a stage of something.
        stage: compiled(
            r"(?i)^stage\s*(?:[-–—:|(/]|(?:de|en|d['’]|pfe|marketing|ingénieur\w*|assistant\w*|charg[ée]\w*|responsable|consultant\w*|juriste|communication|client|data|software)\b)|[-–—|(]\s*stage\s*(?:$|[-–—|):,(/]|(?:de|en|d['’]|pfe|\d+ mois)\b)",
        ),
    }
});

/// What follows makes another word of it; `|` is between words of one kind.
const NOT_BEFORE: [(&str, &[&str]); 10] = [
    (
        "mid",
        &[
            "market",
            "cap",
            "size",
            "sized",
            "enterprise",
            "atlantic",
            "west",
            "city",
            "town",
            "term",
            "office",
            "day",
            "shift",
            "training",
        ],
    ),
    ("senior", &["living", "care", "citizen", "citizens", "housing", "services", "home", "center", "helpers"]),
    (
        "staff",
        &[
            "nurse",
            "accountant",
            "physician",
            "attorney",
            "pharmacist",
            "therapist",
            "assistant",
            "writer",
            "member",
            "rn",
            "auditor",
            "psychologist",
            "developmentor",
        ],
    ),
    ("lead", &["generation", "gen", "qualification", "qualifier", "response", "conversion", "abatement"]),
    ("manager", &["analyst"]),
    // Whom a service or a program is for.
    ("ceo|cfo|coo|cro|cto", &["services", "specialist", "program", "office", "advisory"]),
    ("entry", &["clerk", "operator", "specialist", "technician", "control"]),
    ("head", &["start", "chef", "coach", "teller", "cashier", "nurse", "cook", "waiter", "lamp"]),
    ("founder", &["s", "associate", "office"]),
    ("graduate", &["school", "admissions", "studies", "program", "programs", "medical", "education", "research"]),
];
/// What is before makes another word of it.
const NOT_AFTER: [(&str, &[&str]); 6] = [
    (
        "staff",
        &[
            "of",
            "technical",
            "kitchen",
            "wait",
            "banquet",
            "teaching",
            "nursing",
            "warehouse",
            "bar",
            "support",
            "event",
        ],
    ),
    ("principal", &["school", "assistant", "vice"]),
    ("entry", &["data", "order", "market", "re"]),
    ("president", &["vice"]),
    ("graduate", &["post"]),
    ("leads", &["of", "qualified", "sales"]),
];
/// What stands beside "coop" where it is a student's work, and what is studied or learned next to it. Elsewhere it is a
/// chain of shops: "Stora Coop".
const COOP_BESIDE: &str = "student|students|term|work|position|placement|winter|spring|summer|fall|autumn";
const COOP_FIELDS: &str = "accounting|analyst|analytics|automation|business|chain|chemical|chemistry|civil|communications|\
    computing|cybersecurity|data|design|designer|developer|development|devops|electrical|engineer|engineering|finance|\
    hardware|hr|it|learning|management|manufacturing|marketing|mechanical|operations|qa|quality|research|science|\
    scientist|security|software|technology|testing";
/// What someone manages alone: of these a senior manager is a senior, of all else, as of people, a manager.
const MANAGED_ALONE: &str = "product|products|produkt|produit|produits|producto|productos|produto|produtos|prodotto|project|\
    projects|projekt|projet|projets|proyecto|proyectos|projeto|projetos|progetto|program|programs|programme|programmes|\
    programm|programa|programas|account|accounts|compte|comptes|cuenta|cuentas|conta|contas|success|\
    customer|customers|client|clients|kunden|relationship|relationships|relations|process|processes|prozess|engagement|engagements|delivery|\
    category|categories|brand|brands|marque|marca|partner|partners|partnership|partnerships|alliance|alliances|\
    channel|case|campaign|campaigns|community|social media|portfolio|release|contract|contracts|grant|grants|bid|\
    proposal|proposals|product marketing|business development|crm|seo|lifecycle|implementation|onboarding|adoption|renewals|trial|study|change";

/// The level, and the words that name it.
pub(super) fn read(title: &str) -> Option<(Seniority, String)> {
    let level = |level: Seniority, start: usize, end: usize| (level, title[start..end].to_owned());
    if let Some(found) = PATTERNS.stage.find(title) {
        return Some(level(Intern, found.start(), found.end()));
    }
    let meant = PATTERNS.assistant.find(title).map_or(title, |it| &title[..it.start()]);
    if let Some(found) = PATTERNS.officer.find(meant) {
        return Some(level(Executive, found.start(), found.end()));
    }
    let mut words = words(meant);
    for word in &mut words {
        // "Staff+": of that level or above.
        let least = word.folded.strip_suffix('+').filter(|it| matches!(*it, "staff" | "senior" | "sr" | "principal"));
        if let Some(least) = least {
            word.folded = least.to_owned();
        }
    }
    let found: Vec<Found<Seniority>> = LEVELS.find(&words).into_iter().filter(|it| is_level(it, &words)).collect();
    let (at, kind) = highest(&found, &words)?;
    Some(level(kind, words[at.from].start, words[at.to - 1].end))
}

fn is_level(found: &Found<Seniority>, words: &[Word]) -> bool {
    let word = words[found.from].folded.as_str();
    let last = words[found.to - 1].folded.as_str();
    let near = |word: &str, lists: &[(&str, &[&str])], near: Option<&Word>| {
        let is_meant = |names: &str, others: &[&str], near: &Word| {
            names.split('|').any(|it| it == word) && others.contains(&near.folded.as_str())
        };
        near.is_some_and(|near| lists.iter().any(|(names, others)| is_meant(names, others, near)))
    };
    let before = found.from.checked_sub(1).and_then(|it| words.get(it));
    let after = words.get(found.to).filter(|it| it.part == words[found.to - 1].part);
    !near(last, &NOT_BEFORE, after)
        && !near(word, &NOT_AFTER, before)
        && !is_of_interns(found, words)
        && (word != "coop" || is_of_students(found, words))
}

/// Whether "coop" without its hyphen is a student's work: where it is all that is left of a title, or by what is beside it.
fn is_of_students(coop: &Found<Seniority>, words: &[Word]) -> bool {
    let is_any = |list: &str, at: usize| words.get(at).is_some_and(|it| list.split('|').any(|name| name == it.folded));
    let is_either = |at: usize| is_any(COOP_BESIDE, at) || is_any(COOP_FIELDS, at);
    words.len() == 1 || is_either(coop.to) || coop.from.checked_sub(1).is_some_and(is_either)
}

/// Whether someone is meant who looks after interns.
fn is_of_interns(found: &Found<Seniority>, words: &[Word]) -> bool {
    const KEEPERS: [&str; 7] = ["manager", "coordinator", "recruiter", "lead", "supervisor", "director", "specialist"];
    let is_first = |at: usize| words[at].part == words[found.from].part;
    matches!(found.value, Intern | Entry)
        && matches!(
            words[found.to - 1].folded.as_str(),
            "intern" | "internship" | "apprenticeship" | "graduate" | "campus"
        )
        && (found.to..words.len()).any(|at| is_first(at) && KEEPERS.contains(&words[at].folded.as_str()))
        && words.get(found.to).is_some_and(|it| {
            matches!(
                it.folded.as_str(),
                "program" | "programs" | "recruiting" | "recruiter" | "manager" | "coordinator"
            )
        })
}

/// Whether one manages what needs no people below: a product, before the word in one's own part, or behind "de".
fn is_managing_alone(manager: &Found<Seniority>, words: &[Word]) -> bool {
    let is_alone = |name: &str| MANAGED_ALONE.split('|').any(|it| it == name);
    let word = |at: usize| words.get(at).filter(|it| it.part == words[manager.from].part).map(|it| it.folded.as_str());
    let before = |count: usize| manager.from.checked_sub(count).and_then(word);
    let one = before(1).unwrap_or_default();
    let two = before(2).map(|it| format!("{it} {one}")).unwrap_or_default();
    let of = word(manager.to).filter(|it| matches!(*it, "de" | "des" | "du" | "di" | "do" | "da"));
    let object = of.and_then(|_| word(manager.to + 1)).unwrap_or_default();
    // "Projektmanager" and "chef de projet" hold it themselves.
    let own = words[manager.to - 1].folded.as_str();
    let own = ["managerin", "manager", "leiterin", "leiter"].iter().find_map(|it| own.strip_suffix(it)).unwrap_or(own);
    [one, &two, object, own].into_iter().any(is_alone)
}

/// The level that counts, by the order of the rules.
fn highest<'f>(found: &'f [Found<Seniority>], words: &[Word]) -> Option<(&'f Found<Seniority>, Seniority)> {
    let first = |kind: Seniority| found.iter().find(|it| it.value == kind);
    let above =
        [Intern, Executive, Vp, Director, Principal, Staff].into_iter().find_map(|kind| Some((first(kind)?, kind)));
    if above.is_some() {
        return above;
    }
    let manager = first(Manager);
    if let Some(lead) = first(Lead) {
        // "Manager, Team Leads" and "Store Manager / Supervisor" are managers.
        return Some(manager.filter(|it| it.from < lead.from).map_or((lead, Lead), |it| (it, Manager)));
    }
    if let Some(entry) =
        first(Entry).filter(|entry| manager.is_none_or(|it| entry.from < it.from || words[entry.from].part > 0))
    {
        return Some((entry, Entry));
    }
    match (first(Senior), manager) {
        (Some(senior), Some(manager)) => {
            // "Senior Gardener, Bed Manager": of which tool or team comes behind the role.
            let is_behind = words[senior.from].part < words[manager.from].part;
            let is_senior = is_behind || is_managing_alone(manager, words);
            Some(if is_senior { (senior, Senior) } else { (manager, Manager) })
        }
        (Some(senior), None) => Some((senior, Senior)),
        (None, Some(manager)) => Some((manager, Manager)),
        (None, None) => first(Mid).map(|it| (it, Mid)).or_else(|| first(Entry).map(|it| (it, Entry))),
    }
}
