//! Whole phrases of a body that tell where the work is done, made of what they have in common: offices, days, weeks.

use crate::ingest::normalize::phrase::Phrases;

/// Being where the others are.
const THERE: &str = r"(?:on[-‐‑ ]?site|in[-‐‑ ](?:the[- ])?offices?|in[-‐‑ ]person)";
/// The same, or the office that is meant.
const OFFICE: &str = r"(?:on[-‐‑ ]?site|in[-‐‑ ](?:the[- ])?offices?|in[-‐‑ ]person|(?:in|at|from|out of|to|into) [^.;:\n]{0,32}(?:offices?|hq|headquarters|hub|studio)\b)";
/// Their names alone, which are found faster than what stands before them.
const OFFICE_NAME: &str = r"(?:on[-‐‑ ]?site|in[-‐‑ ]person|offices?|hq|headquarters|hub|studio)\b";
/// Days that are not all of a week.
const DAYS: &str = r"\b(?:[1-4]|one|two|three|four|several|few)(?:\+| or more| ?(?:[-‐‑–—/]|to|or) ?(?:[2-5]|two|three|four|five))?(?:[-‐‑ ]?(?:full |working )?days?|x| times)(?: \([^)\n]{0,24}\))?";
const WEEK: &str =
    r"(?:[- ,]*(?:(?:an?|per|each|every|of the|in a)[- ]|/ ?|p/)(?:working )?(?:weeks?|wk|w)\b|[- ]weekly)";
/// All days of a working week.
const ALL_DAYS: &str =
    r"\b(?:[5-7]|five|six|seven)(?: ?(?:[-‐‑–]|to) ?[67])?[-‐‑ ]?(?:full |working )?(?:days?|x)(?: \([^)\n]{0,24}\))?";
/// Two weekdays or more, one after the other.
const WEEKDAYS: &str = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:days?)?(?:(?:,? (?:and|or) |, ?|/| ?[&+] ?)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:days?)?\b)+|\b(?:mon|tues)days? ?(?:[-–]|to|through) ?(?:wednes|thurs)days?";
/// What is said to be hybrid, remote or on site.
const ROLE: &str =
    r"(?:role|position|job|opportunity|internship|contract|vacancy|post|traineeship|apprenticeship|placement)";

fn phrases(alternatives: &[String]) -> Phrases {
    Phrases::new(&alternatives.join("|"))
}

pub(super) fn hybrid() -> Phrases {
    phrases(&[
        r"hybrid[- ](?:roles?|positions?|jobs?|opportunity|internship|contract|work(?:ing|place|week|style)?|model|schedule|set[- ]?up|environment|arrangements?|policy|office|capacity|basis|team|setting|mode|format|approach|structure|culture|pattern|fashion|way|rhythm|company|organi[sz]ation|location)"
            .to_owned(),
        r"hybrid(?: ?[,/|+–(-] ?| and | or | with | from | in our | in the | at our | out of | based )(?:remote|on[- ]?site|in[- ](?:office|person)|offices?|home|working|work|the office|our|[1-5]|one|two|three|four)".to_owned(),
        r"(?:roles?|positions?|jobs?|opportunity|internship|schedule|work|we|team|company|this)(?: is| are| will be|['’]re|['’]s) (?:currently |primarily |mostly |predominantly |fully )?(?:an? )?hybrid".to_owned(),
        r"(?:work|working|operate) hybrid(?:ly)?|work(?:ing)? from home or (?:from )?the office|remote (?:and|or|/) hybrid".to_owned(),
        r"(?:mix|blend|combination|balance) of (?:working )?(?:remote(?:ly)?|in[- ](?:office|person)|on[- ]?site|home|office|from home|wfh)".to_owned(),
        // One sentence that names both.
        r"in[- ]person[^.\n]{0,60}work(?:ing)? from home".to_owned(),
        r"(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace|environment|schedule|setting|status) ?[:–-] ?\(?hybrid|location ?[:–-] ?[^.\n]{0,40}\bhybrid".to_owned(),
        r"hybride?s? (?:arbeit\w*|werk\w*|modell?|arbeitsmodell|arbete)|(?:travail|mode|modèle|rythme|poste|format|organisation) hybride|hybridarbete|hybrydow\w+".to_owned(),
        r"(?:modelo|trabajo|modalidad|formato|esquema|puesto|jornada|trabalho|regime|vaga|modalidade)(?: de trabajo| de trabalho)?:? (?:es |é )?h[íi]brid[oa]|(?:lavoro|modello|formato) ibrido|modalità ibrida|télétravail partiel".to_owned(),
    ])
}

/// Days of each week in the office or elsewhere; asked of lines that count any.
pub(super) fn some_days() -> Phrases {
    phrases(&[
        // Days in the office, the days or the office first.
        format!(r"{DAYS}(?:{WEEK})?[^.;\n]{{0,20}} {OFFICE}"),
        format!(r"{OFFICE_NAME}[^.;\n]{{0,40}}{DAYS}{WEEK}|{THERE},? (?:(?:at least|min\w*(?: of)?|for) )?{DAYS}"),
        format!(r"{DAYS} in (?:our|the) [^.;:\n]{{0,24}}(?:office|hq|headquarters|hub)"),
        format!(r"(?:{WEEKDAYS})[^.;\n]{{0,24}} {OFFICE}|{OFFICE_NAME}[^.;\n]{{0,40}}(?:{WEEKDAYS})"),
        r"(?:mon|tues|wednes|thurs)days? (?:are|is) (?:our )?(?:required )?in[- ]office days?".to_owned(),
        format!(r"[2-8]\d ?% (?:of (?:the|your|their|working) [^.;:\n]{{0,16}})?{OFFICE}|{OFFICE_NAME}[^.;\n]{{0,24}} [2-8]\d ?% of (?:the|your|their) (?:time|week)"),
        // Days elsewhere, of each week.
        format!(r"{DAYS}(?:{WEEK})?(?: of| at| in| to)?(?: work\w*)? (?:from home|at home|remote(?:ly)?|wfh)(?: days?)?{WEEK}"),
        format!(r"{DAYS}{WEEK}(?: of| to)?(?: work\w*)? (?:from home|at home|remote(?:ly)?|wfh)|(?:from home|remotely|wfh)(?: for)?(?: up to)? {DAYS}{WEEK}"),
        r"work(?:ing)? remotely (?:[1-4]|one|two|three)(?:x| days)|[1-4](?: ?[-–] ?[2-4])? (?:remote|wfh|home[- ]?office) days? (?:a|per|each) week".to_owned(),
        r"(?:[1-4]|un|deux|trois|quatre)(?: ?(?:à|ou|-) ?(?:[2-4]|deux|trois))? jours? (?:par semaine )?(?:de |en )?(?:télétravail|remote)".to_owned(),
        r"(?:[1-4]|un|deux|trois|quatre)(?: ?(?:à|ou|-) ?(?:[2-5]|deux|trois))? jours? (?:par semaine )?(?:au bureau|sur site|en présentiel)".to_owned(),
        r"(?:[1-4]|ein|zwei|drei|een|twee|drie|dos|tres|dois|três|due|tre)(?: ?(?:[-–]|bis|tot|a|o) ?(?:[2-5]|zwei|drei|vier|twee|drie|tres|três|tre))? (?:tagen?|dag|dagen|días?|dias?|giorni|dni)(?: (?:die|pro|in der|per|a la|por|a|w) (?:woche|week|semana|settimana|tygodniu))?,? (?:de |di |im |in |en |op |na |no |w |z |am |vom |von )?(?:het |la |zu )?(?:home[- ]?office|hause|büro|teletrabajo|oficina|thuis|kantoor|smart ?working|ufficio|remoto|escritório|biur\w+|domu)".to_owned(),
    ])
}

/// All days of a week in the office.
pub(super) fn all_days() -> Phrases {
    phrases(&[format!(
        r"{ALL_DAYS}(?:{WEEK})?[^.;\n]{{0,30}} {OFFICE}|{OFFICE_NAME}[^.;\n]{{0,30}}{ALL_DAYS}(?:{WEEK}|\b)"
    )])
}

pub(super) fn remote() -> Phrases {
    phrases(&[
        r"(?:full|fully|100 ?%|completely|entirely|permanently|predominantly|primarily)[-‐‑ ](?:a )?remote|remote[-‐‑ ](?:first|only)".to_owned(),
        format!(r"(?:this|the) {ROLE} (?:is|can be|will be) (?:currently |performed |done )?(?:an? )?(?:fully |100 ?% |based |completely |entirely )?remote\w*"),
        format!(r"remote {ROLE}|remote(?:ly)? work(?:ing)? (?:arrangement|set[- ]?up|model|role|position|basis)|(?:full[- ]time|part[- ]time|fully|permanent|contract|freelance),? remote {ROLE}"),
        r"work (?:remotely )?from anywhere|in a (?:fully )?remote (?:work(?:ing)? )?(?:setting|environment)|this is an? (?:fully |100 ?% )?remote[\w ,-]{0,24} (?:role|position|job|opportunity)".to_owned(),
        r"you(?: can| may| will|['’]ll)(?: be able to| be)? work(?:ing)? (?:fully |100 ?% |entirely )?(?:remotely|from home)|(?:100 ?%|fully|entirely|completely|exclusively) (?:from home|virtual(?:ly)?|remotely)|work(?:ing)? from home in".to_owned(),
        r"(?:we are|we['’]re|as|operate(?: primarily)? as) an? (?:global(?:ly)? |small )?(?:all[- ]|primarily |fully[- ])?remote (?:company|team|organi[sz]ation|business|startup)|we(?: are|['’]re) (?:all |fully |a )?remote".to_owned(),
        r"(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace|environment|setting|status|schedule) ?[:–-] ?(?:fully |100 ?% )?remote(?:ly)?|location ?[:–-] ?[^.\n]{0,40}\bremote|location ?[:–-] ?(?:anywhere|worldwide|work from home)".to_owned(),
        r"remote(?:ly)?,? (?:work |working )?(?:within|across|throughout|anywhere (?:in|within)|from anywhere (?:in|within)) (?:the )?(?-i:\p{Lu})[^\s.,;()]*|remote ?(?:[-–,]|\() ?(?:us|usa|uk|eu|emea|apac|latam|europe|canada|india|global|worldwide|anywhere)|(?:remotely|remote) from (?:the )?(?-i:\p{Lu})[^\s.,;()]*|(?-i:US|USA|UK|EU|EMEA)[- ]remote".to_owned(),
        r"(?:vollständig|komplett|zu 100 ?%) (?:remote|im home[- ]?office)|100 ?% (?:home[- ]?office|télétravail|teletrabajo|remot[oa]|da remoto|zdaln\w+|thuiswerk\w*)|full télétravail|télétravail (?:complet|total|à 100 ?%)|(?:totalmente|completamente|trabajo|trabalho|modalidad|modalidade|modelo|puesto|vaga|posición|posição)(?: de trabajo| de trabalho)?:? (?:es |é )?(?:100 ?% )?remot[oa]|prac[aęy] zdaln\w+|w pełni zdaln\w+".to_owned(),
    ])
}

pub(super) fn on_site() -> Phrases {
    phrases(&[
        r"performed on[- ]?site|100 ?% in[- ]person".to_owned(),
        r"(?:on[- ]?site|in[- ](?:the )?office|in[- ]person),? (?:monday ?[-–] ?friday|mon ?[-–] ?fri|every day|daily|full[- ]time)".to_owned(),
        format!(r"{ROLE}s? (?:is|are|will be|must be)(?: an?| full[- ]time| fully| primarily| based| located| performed| required| expected| to be| exempt| role| position|,|;){{0,8}} {THERE}"),
        format!(r"{ROLE} (?:requires?|involves) (?:you to )?(?:be |being |work |working |daily |full[- ]time |regular ){{0,3}}{THERE}"),
        format!(r"{THERE}(?:[- ]based)?,? (?:full[- ]time )?{ROLE}|{THERE} work model|(?:on[- ]?site|in[- ]person|in[- ]office)[- ](?:company|startup|first)"),
        r"work (?:location|policy) (?:on[- ]?site|in[- ]person)|(?:location|policy|arrangement|setting|type|model|mode|commitment|environment|schedule) ?[:–-] ?\(?(?:on[- ]?site|in[- ]person|in[- ]office)|location ?[:–-] ?[^.\n]{0,40}\((?:on[- ]?site|in[- ]person|in[- ]office)".to_owned(),
        r"full[- ]time,? (?:and )?(?:in[- ]person,? )?(?:in|from|at) (?:the |our )?[^.;:\n]{0,24}office|in[- ](?:person|office) (?:team|culture|environment)|hiring (?:for )?(?:on[- ]?site|in[- ]person)".to_owned(),
        r"(?:trabajo|trabalho|modalidad|modelo|puesto|vaga|modalidade|regime|posición)(?: de trabajo| de trabalho)?:? (?:es |é )?(?:100 ?% )?presencial|(?:100 ?%|poste en) présentiel|100 ?% presencial|praca stacjonarna".to_owned(),
    ])
}

/// What tells of working where the others are, unless the sentence is about some occasion.
pub(super) fn there() -> Phrases {
    phrases(&[
        r"(?:we|teams?|everyone|everybody)(?:['’]re| are| all| both)? (?:all |fully )?(?:work|works|build|collaborate|working|in[- ]person)?(?: together| mostly| primarily| fully| full[- ]time| closely)*,? ?(?:in[- ]person|on[- ]?site)".to_owned(),
        format!(r"(?:ability|able|willing(?:ness)?|required|expected|excited|happy|eager|psyched|comfortable|ready|available|want|love|like|must|need|prefer\w*) (?:to|about|with|for)? ?(?:work|be|being|working) (?:fully |full[- ]time |primarily |together )?{THERE}"),
        r"(?:work|works|working|be|being|based|located) (?:fully |full[- ]time |primarily |together )?(?:on[-‐‑ ]?site|in[-‐‑ ](?:the[- ])?office|in[-‐‑ ]person) (?:in|at|from|out of) (?:the|our|(?-i:\p{Lu})[^\s.,;()]*)".to_owned(),
    ])
}
