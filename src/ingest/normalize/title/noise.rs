//! Words of a title that are about this one posting, not about the work: for whom it is, when, for how long, for what pay.

use std::sync::LazyLock;

use regex::Regex;

use super::spot::{self, Known};
use crate::ingest::normalize::employment::COVER;

/// What one person is called in a marker of genders: letters of several languages, and words.
const GENDER: &str = r"(?:gn|nb|div(?:ers|\.)?|all|[mwfdxhivkžn])";

/// What parts words of noise.
const BETWEEN: [char; 9] = ['-', '–', ',', '/', '&', ';', '.', '+', '|'];

pub(super) struct Patterns {
    /// `(m/w/d)`, `(all genders)`, anywhere.
    pub(super) bracketed_genders: Regex,
    /// `m/w/d`, `H/F`, anywhere.
    pub(super) bare_genders: Regex,
    /// Pictures and signs that are no words.
    pub(super) signs: Regex,
    /// What is said before the title itself.
    pub(super) calls: Regex,
    /// Words at the beginning that say how one is employed or where one works.
    pub(super) first: Regex,
    /// Whole parts that say how, how long or at what times one is employed.
    pub(super) employment: Regex,
    /// Where one works, before the place that it is in.
    pub(super) workplace_in: Regex,
    /// What an intern's employment is called, where it stands in brackets.
    pub(super) training: Regex,
    /// Words at the end of a part that say the same.
    pub(super) last: Regex,
    /// Whole parts.
    part: Regex,
    /// Words that are noise beside noise only.
    filler: Regex,
    code: Regex,
    pay: Regex,
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    let season = r"(?:spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4]|été|hiver|automne|printemps|sommer|frühjahr|herbst|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar[iy]?|februari?|märz|maart|juni|juli|augustus|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)";
    let seasons = format!(r"{season}(?: ?(?:[/&–-]|to|and|through) ?{season})?");
    let end = r"(?:[\s,;/&+.\-–]|$)";
    let days = r"(?:(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:days?|nesdays?|urdays?)?(?: ?(?:[-–,/&]|to|through|thru) ?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:days?|nesdays?|urdays?)?)*)";
    let length = r"(?:\d{1,2} ?[-–] ?\d{1,2}[- ]?months?|(?:\d{1,2}|six|twelve|three|nine|one|two)[- ]?(?:\+[- ]?)?(?:months?|mos?|monate?|mois|meses|weeks?|wochen|semaines?|years?|jahre?|ans?|yrs?))";
    let term = r"(?:contract[- ]to[- ]hire|temp[- ]to[- ](?:hire|perm)|freelance project|w-2|계약직|(?:\d{1,2} ?m[- ])?(?:ftc|(?:fixed|defined)[- ]?term(?: employment)?)|temporary|temp|seasonal|permanent|perm|full[- ]?time|part[- ]?time|f/t|p/t|freelance(?:r|rs)?|per[- ]?diem|prn|casual|contract|contractor|c2c|w2|1099|interim|vollzeit|teilzeit|minijob|befristet|unbefristet|werkvertrag|zeitvertrag|zeitarbeit|arbeitnehmerüberlassung|in vollzeit|in teilzeit|festanstellung|cdi|cdd|temps plein|temps partiel|temps complet|intérim|tempo pieno|tempo parziale|tiempo completo|media jornada|medio tiempo|indefinido|temporal|vaga temporária|temporári[oa]|efetiv[oa]|clt|pj|deltid|heltid|vikariat|fulltime|parttime|zero hours?|bank staff|as needed)";
    let cover = format!(r"(?:{COVER}|(?:maternity|paternity|parental)(?: leave)?|remplacement|substitui[çc][ãa]o)");
    let shift = r"(?:daytime(?: hours)?|(?:am|pm|days?|nights?|evenings?|overnights?|weekends?) ?(?:&|and|/|or) ?(?:am|pm|days?|nights?|evenings?|overnights?|weekends?)(?: shifts?)?|(?:1st|2nd|3rd|4th|first|second|third|fourth|day|night|evening|weekend|overnight|morning|afternoon|swing|graveyard|am|pm|rotating|late|early|split|[a-d]|nacht|früh|spät|tag)s?[- ]?(?:shifts?|schedules?|schicht(?:en)?)|(?:day|night)s?|weekends?|overnights?|evenings?|mornings?|mids|noc|[a-d] crew|crew [a-d]|nuits?|rotating shifts?|shifts?|3-schicht|schichtarbeit|\d{1,2}[- ]?h(?:ou)?rs?(?: shifts?)?|\d{1,2}(?::\d\d)? ?(?:am|pm)? ?(?:-|–|to) ?\d{1,2}(?::\d\d)? ?(?:am|pm)(?: ?(?:[ecmp][sd]?t|[bi]st|gmt))?|m(?:on)?[- ]?(?:-|–|to)[- ]?f(?:ri)?|monday ?(?:-|–|to|through) ?friday|weekday days?|up to \d+ hours|\d{1,2}(?:[.,]\d{1,2})? ?(?:-|–)? ?(?:\d{1,2} )?(?:hours?|hrs?|h|std\.?|stunden|horas|heures|uur)(?: ?(?:per|a|pro|/|par|por) ?(?:week|wk|woche|w|semaine|semana|month))?)";
    let of_work = r"(?:[- ](?:friendly|only|work(?:ing)?|eligible|based|possible|option(?:al)?|ok|role|position|opportunity|flexible|within|in))";
    // "Director, Virtual First" directs what is called so.
    let workplace = format!(
        r"(?:(?:fully |100 ?% ?|all |full |us |u\.s\. |eu |uk |partly |partially )?(?:virtual{of_work}?|(?:remote(?:ly)?|hybrid|on[- ]?site|in[- ]office|in[- ]person|home[- ]?based|home[- ]?office|homeoffice|im homeoffice|work from home|wfh|work from anywhere|télétravail(?: \d+ ?%)?|teletrabajo|remot[oa]|presencial|híbrid[oa]|hibrid[oa]|hybride|distributed|anywhere|field[- ]based|office[- ]based|zdalnie|distanz|à distance)(?:[- ]first|{of_work})?))"
    );
    let share = r"\d{1,3} ?(?:%|prozent)?(?: ?[-–] ?\d{1,3})? ?(?:%|prozent)";
    let year = r"(?:(?:19|20)\d\d(?: ?[-/] ?(?:(?:19|20)?\d\d))?)";
    let marketing = r"(?:urgent(?:ly)?|immediate(?:ly)?(?: start| joiners?| hire| hiring| opening| need)?|(?:we are |we're |now |urgently |actively )?hiring(?: now| immediately| event)?|apply (?:now|today|here)|join (?:us|our team)(?: today)?|hot job|great (?:pay|benefits|opportunity)(?: and benefits)?|(?:(?:includ(?:es|ing)|with|plus) (?:an? )?)?(?:\$?[\d,.]+k? )?sign[- ]?(?:on|ing) bonus(?: available| eligible)?|top pay|no experience(?: required| needed| necessary)?|(?:up to |\$)?[\d,]+ bonus|multiple (?:positions|openings|vacancies|locations|roles|levels|sites)|various locations|all locations|\d+ (?:positions|openings|vacancies|locations|postes)|ab sofort|sofort|zum nächstmöglichen zeitpunkt|asap|(?:inc(?:l\.?|luding)? )?relocation(?: (?:assistance|support|available|provided|offered|package|to \w+))*|visa sponsorship|open to relocation|vaga af(?:ir|ri)mativa.*|exclusiva? para .*|destinada para .*|vaga exclusiva.*|vaga inclusiva.*|pcd|evergreen|future (?:talent )?(?:opportunit(?:y|ies)|openings?|roles?)|competitive (?:salary|pay)|training provided|paid training|will train|easy apply|reposted|confidential|doe|backfill|req(?:uisition)?)";
    Patterns {
        bracketed_genders: compiled(&format!(
            r"(?i)[(\[{{]\s*(?:{GENDER}(?:\s*[/|,.\-–*:]\s*{GENDER})+\.?|all(?:e)? gender[s]?(?: welcome)?|alle geschlechter|any gender|gender[- ]neutral|all humans|humans?|mensch(?:en)?|gn\*?|mwd|mfd|wmd|h/f/x|divers|m/f/d/\w+|homme/femme|femme/homme|men/women|male/female|female/male|mann/frau|masculin/féminin|(?:she|he|they|her|him|them)(?:/(?:she|he|they|her|him|them))+)\s*[)\]}}]"
        )),
        bare_genders: compiled(
            r"(?i)(?:^|[\s,–\-|])(?:[hf]/[fh](?:/(?:x|nb|d))?|[mfwvkd]/[mfwvkd](?:/[dxig](?:iv\w*\.?)?)?|[mwfdx]/[mwfdx]/[mwfdx]|[mwf]\|[mwf]\|[dx]|all genders?|alle geschlechter|gn\*)(?:$|[\s,–\-|]|(\)))",
        ),
        signs: compiled(
            r"(?:^|\s)\*|\*(?:\s|$)|[\u{1F1E6}-\u{1F1FF}\u{1F300}-\u{1FAFF}\u{2600}-\u{27BF}\u{FE0F}\u{200D}★☆►▶●■◆✓✔➤✨]+|\*{2,}|!+|[\u{200B}-\u{200F}\u{FEFF}]",
        ),
        calls: compiled(
            r"(?i)^(?:(?:urgent(?:ly)?|now|we(?:['’]re| are)|immediate(?:ly)?|actively|currently)\s+(?:hiring|wanted|recruiting|opening|requirement)(?: now| for)?\b\s*[:\-–|!]?\s+|(?:hiring|wanted)\s*(?:now\s*)?[:|–-]\s+|urgent\b\s*[:\-–|]?\s*|new\s*[:\-–|]\s*|wir suchen\s*:?\s*|gesucht\s*:\s*|on recherche\s*:?\s*|recrutement\s*:?\s*|vaga\s*[:\-–|]\s*|seeking (?:an? )?|join our (?:talent )?(?:community|pool|network)\s*[:\-–|]\s*|job title\s*:\s*|title\s*:\s*|position\s*:\s*)",
        ),
        first: compiled(&format!(
            r"(?i)^(?:(?:(?:fully |100 ?% )?(?:remote(?:ly)?|on-?site|in-office|wfh|work from home|home[- ]based)|part[- ]?time|full[- ]?time|freelance|casual|temporary|temp[- ]to[- ](?:hire|perm)|temp|seasonal(?: to core)?|prn|per diem|(?:1st|2nd|3rd|first|second|third)[- ]shift|(?:emea|latam|apac|dach|apj|anz)|{season} {year}|{year}(?: {season})?)\s*(?:[:\-–—|/,]\s*)?\s|{workplace}\s*[:\-–—|]\s)"
        )),
        employment: compiled(&format!(r"(?i)^(?:(?:{term}|{shift}|{length}){end}[\s,;/&+.\-–]*)+$")),
        workplace_in: compiled(
            r"(?i)^(?:fully |100 ?% )?(?:remote|hybrid|on-?site|in[- ]office|wfh|home[- ]based)(?:\s+(?:in|within|from)\s+|\s*[-–—:|/]\s*)(?:the )?",
        ),
        training: compiled(
            r"(?i)\b(?:internships?|interns?|co-?op|apprentice(?:ship)?|(?:pflicht|schüler)?praktik(?:um|ant(?:[:*]?in)?)|werkstudent(?:[:*]?in)?|working student|stage(?: de fin d['’]études)?|stagiaire|stagista|tirocinio|alternan(?:ce|te?)|prácticas|practicas|pasant[ií]a|becari[oa]|est[áa]gio|estagiári[oa]|afstudeerstage|meewerkstage)\b",
        ),
        last: compiled(&format!(
            r"(?i)(?:-(?:temporary|full[- ]?time|part[- ]?time|contract[- ]to[- ]hire|freelance)|\s(?:(?:fully |100 ?% |us |eu |uk )?(?:remote(?:ly)?|hybrid|on-?site|wfh|work from home|im homeoffice|télétravail|remoto|teletrabajo|híbrido|presencial)|full[- ]?time|part[- ]?time|temporary|contract[- ]to[- ]hire|(?:in )?(?:voll|teil)zeit|cdi|cdd|prn|per diem|fixed[- ]term(?: contract)?|(?:\d{{1,2}}[- ]?m(?:onths?|ths?)? )?ftc|freelance|{cover}|(?:1st|2nd|3rd|first|second|third|night|weekend|overnight|evening|day) shift|(?-i:[ECMP][SD]?T(?:/[ECMP][SD]?T)+)|daytime hours|\d{{1,2}}(?::\d\d)? ?(?:am|pm) ?[-–] ?\d{{1,2}}(?::\d\d)? ?(?:am|pm)|[$€£]\s?\d[\d.,]*k?(?: ?[-–] ?[$€£]?\d[\d.,]*k?)? ?(?:/|per |an )(?:hr|hour|h|year|week)|(?:- )?{share}|{seasons} {year}|{year}|(?:[-–] )?store\s?(?:#|no\.?|number)\s?\d+|(?:req(?:uisition)?|job|ref(?:erence)?|id)\.?\s?(?:id|no|nr|#)?[.:#]*\s?[a-z]{{0,3}}-?\d{{3,}}|#\s?\w*\d+))$"
        )),
        part: compiled(&format!(
            r"(?i)^(?:{workplace}|{term}|{cover}|{shift}|{days}|{length}|{share}|{marketing}|(?:{season}|(?:class of|start(?:ing)?|cohort|batch|ab|dès|from)) ?,? ?{year}|{seasons} ?,? ?{year}|{season} (?:to|[-–]) {season}|{year}|2\d[-/][23]\d|summer|winter|autumn|est|cst|pst|mst|cet|gmt|edt|pdt|utc[+-]?\d*|(?:eastern|pacific|central|mountain) time(?: zone)?|(?:east|west) coast|midwest|mid[- ]atlantic|(?:north|south)(?:east|west)?|east|west|central|travel (?:required|up to)|\d{{1,2}} ?% travel|w/m/d|m/w/d|f/h|h/f){end}"
        )),
        filler: compiled(&format!(
            r"(?i)^(?:in|at|from|the|on|within|and|or|&|with|near|à|en|em|bei|im|um|oder|und|et|ou|e|o|y|regions?|locations?|office|role|position|hours?|days?|start|date|of|to|for|per|a|based|located|only|all|vaga|job|openings?|opportunity|cover|ab|am|standort|employee|basis|levels?|available|flexible|multiple|sites?|various|reside|resident|preferred|required|eligible|time ?zone){end}"
        )),
        code: compiled(
            r"(?i)^(?:(?:req(?:uisition)?|job|ref(?:erence)?|id|nr|no|kennziffer|pos|jr|r|vn)\.?[\s:#-]*)*(?:id|no|nr)?[.:#\s-]*(?:[a-z]{1,6}[-_ ]?)?(?:\d{3,}[\d\-_./]*|\d{2,}[-_./]\d{3,})[a-z]?$|^#\s?\w+$",
        ),
        pay: compiled(
            r"(?i)[$€£]\s?\d|\d\s?[€£$]|\b\d{2,3}k\b|\b(?:usd|eur|gbp|chf)\s?\d|\d+ ?(?:/|per |an )(?:hr|hour|stunde|year|annum)\b",
        ),
    }
});

/// Whether a part of a title tells of this posting alone.
pub(super) fn is_noise(part: &str, known: &Known) -> bool {
    let part = part.trim().trim_matches(|it: char| matches!(it, '.' | '!' | ':' | '*' | '"' | '\'')).trim();
    if part.is_empty() || is_code(part) || PATTERNS.pay.is_match(part) {
        return true;
    }
    if PATTERNS.bracketed_genders.is_match(&format!("({part})"))
        || known.is_company(part)
        || spot::is_place(part, known)
    {
        return true;
    }
    is_words_of_noise(part, known)
}

/// Whether words are nothing but noise and places, one after the other.
fn is_words_of_noise(part: &str, known: &Known) -> bool {
    let (left, has_noise) = behind_noise(part);
    if left.is_empty() { has_noise } else { is_place_with_noise(left, has_noise, known) }
}

/// What is left behind the noise that words begin with, and whether there was any but fillers.
fn behind_noise(words: &str) -> (&str, bool) {
    let (mut left, mut has_noise) = (words, false);
    loop {
        let found = PATTERNS.part.find(left);
        has_noise |= found.is_some();
        let Some(found) = found.or_else(|| PATTERNS.filler.find(left)) else {
            return (left, has_noise);
        };
        left = left[found.end()..].trim_start_matches(|it: char| it.is_whitespace() || BETWEEN.contains(&it));
    }
}

/// A place may stand before noise or behind it: "Madrid based", "Remote US".
fn is_place_with_noise(words: &str, has_noise: bool, known: &Known) -> bool {
    let is_place = |it: &str| if has_noise { spot::is_place(it, known) } else { spot::is_sure(it, known) };
    if is_place(words) {
        return true;
    }
    let ends: Vec<usize> =
        words.match_indices(|it: char| it == ' ' || BETWEEN.contains(&it)).map(|(at, _)| at).collect();
    ends.into_iter().rev().any(|at| {
        let rest = words[at..].trim_start_matches(|it: char| it.is_whitespace() || BETWEEN.contains(&it));
        is_place(words[..at].trim()) && !rest.is_empty() && behind_noise(rest).0.is_empty()
    })
}

/// A number of the employer's: a requisition, a job code. A year is none.
pub(super) fn is_code(part: &str) -> bool {
    PATTERNS.code.is_match(part) && part.chars().any(|it| it.is_ascii_digit()) && !part.ends_with("365")
}
