//! The words that tell where the work is done. Those for a body are whole phrases, as a word alone may be about customers,
//! products or other roles.

use std::sync::LazyLock;

use regex::Regex;

use crate::ingest::normalize::phrase::Phrases;

pub(super) struct Patterns {
    pub(super) remote: Phrases,
    pub(super) hybrid: Phrases,
    pub(super) on_site: Phrases,
    pub(super) hashtag: Regex,
    /// A part of any phrase for a body.
    pub(super) telling: Regex,
    /// What a line says that says nothing else.
    pub(super) line: Regex,
    pub(super) denial: Phrases,
    /// A denial that is one of working from elsewhere at times as well.
    pub(super) always_there: Phrases,
    pub(super) body_hybrid: Phrases,
    pub(super) body_remote: Phrases,
    pub(super) body_on_site: Phrases,
    pub(super) perk: Phrases,
    pub(super) meal: Phrases,
    pub(super) offered: Regex,
    /// What makes "hybrid work" a matter of the world, not of the role, before and behind it.
    pub(super) world_before: Regex,
    pub(super) world_behind: Regex,
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns {
    remote: Phrases::new(
        r"remote(?:ly)?|telecommut\w+|work from home|wfh|home[- ]?office|home[- ]?based|télétravail|teletrabajo|remot[oa]|à distance|zdaln\w+|distributed|virtual",
    ),
    hybrid: Phrases::new(r"hybrid\w*|h[íi]brid[oa]|hybryd\w*|ibrid[oa]"),
    on_site: Phrases::new(r"on[- ]?site|in[- ](?:office|person)|vor ort|présentiel|presencial|stacjonarn\w+"),
    hashtag: Regex::new(r"(?i)#[A-Z]{2,4}-(REMOTE|HYBRID|ON-?SITE)\b").expect("the pattern is valid"),
    telling: Regex::new(
        r"(?i)remot|hybrid|h[íi]brid|ibrid|office|hq|headquarters|site|person|home|anywhere|virtual|telecommut|télétravail|teletrabajo|présentiel|presencial|thuis|smart ?working",
    )
    .expect("the pattern is valid"),
    line: Regex::new(concat!(
        r"(?i)^(?:(?:work(?:ing)? )?(?:location|arrangement|model|type|mode|place|policy|setting)s? ?[:–-] ?)?",
        r"(?:(?:full[- ]time|fully|100 ?%|hybrid|remote|on[- ]?site|in[- ]office|in[- ]person)[ ,/|&+]*)+$"
    ))
    .expect("the pattern is valid"),
    denial: Phrases::new(concat!(
        r"(?:this|the) (?:role|position|job|opportunity) (?:is not|isn['’]t|cannot be|can['’]t be) (?:an? )?(?:fully )?(?:performed |done |currently )?(?:remote|eligible for remote|available for remote)\w*",
        r"|not (?:a|an?) (?:fully )?remote (?:role|position|job|opportunity)|(?:100 ?%|fully|strictly) (?:on[- ]?site|in[- ]office)",
        r"|no (?:remote|telecommut\w+) (?:work|option)\w*|no option (?:for|of) remote|remote work(?:ing)? (?:is|will) not (?:be )?(?:possible|available|an option|offered|permitted|considered|supported)",
        r"|remote (?:candidates|applicants|applications) (?:are not|aren['’]t|will not be|cannot be) \w+",
        r"|(?:do not|don['’]t|cannot|can['’]t|unable to|not able to) (?:currently )?(?:offer|support|accept|consider|accommodate|allow) (?:any |fully )?remote",
        r"|keine? (?:remote|home[- ]?office)\w*|pas de télétravail|sin teletrabajo",
    )),
    always_there: Phrases::new(r"(?:100 ?%|fully|strictly) (?:on[- ]?site|in[- ]office)"),
    body_hybrid: Phrases::new(concat!(
        r"hybrid (?:roles?|positions?|job|opportunity|work(?:ing|place)?|model|schedule|set[- ]?up|environment|arrangement|policy|office|capacity|basis|team|setting)",
        r"|(?:role|position) (?:is|will be) (?:a )?hybrid|work(?:ing)? from home or (?:from )?the office",
        r"|(?:[1-4]|one|two|three|four)(?:\+| ?[-–] ?[2-5]| to (?:[2-5]|three|four))? days(?: a| per| each|/) ?week,? (?:in|at|from|out of) (?:the|our)[\w ]{0,24} (?:office|hq|headquarters)",
        r"|(?:[1-4]|one|two|three|four)(?:\+| ?[-–] ?[2-5])? days (?:a|per|each) week (?:in[- ](?:the )?office|on[- ]?site|in[- ]person)",
        r"|(?:[1-4]|one|two|three|four)(?:\+| ?[-–] ?[2-5])? days in(?:[- ]| the | our )[\w ]{0,16}office",
        // The office first, then its days.
        r"|(?:in|at|from|out of) (?:the|our)[\w ]{0,24} (?:office|hq|headquarters)s?,? (?:at least |(?:a )?minimum (?:of )?)?(?:[1-4]|one|two|three|four)(?:\+| ?[-–] ?[2-5]| to (?:[2-5]|three|four))? days? (?:a|per|each) week",
        r"|on[- ]?site (?:at least |(?:a )?minimum (?:of )?)?(?:[1-4]|one|two|three|four)(?:\+| ?[-–] ?[2-5])? days? (?:a|per|each) week",
        r"|in[- ]person[\w ,]{0,40}\((?:at least|minimum|min) [1-4] days/week",
        r"|in[- ]person[\w ,]{0,40} [1-4](?: ?[-–] ?[2-5])? days (?:a|per|each) week",
        r"|in the office [1-4](?: ?[-–] ?[2-5])?(?:x| times) ?(?:/|a|per) ?week",
        r"|(?:mon|tues|wednes|thurs)days? (?:are|is) (?:our )?(?:required )?in[- ]office days?",
        // Days elsewhere, of each week.
        r"|(?:[1-4]|one|two|three)(?: ?[-–] ?[2-4])? (?:remote days?|wfh days?|days? (?:of )?(?:working from home|work from home|wfh|from home|remote(?:ly)?)) (?:a|per|each) week",
        r"|work(?:ing)? (?:from home|remotely) (?:[1-4]|one|two|three)(?: ?[-–] ?[2-4])? days? (?:a|per|each) week",
        // One sentence that names both.
        r"|in[- ]person[^.\n]{0,60}work(?:ing)? from home",
        r"|(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace) ?[:–-] ?hybrid",
        r"|location ?[:–-] ?[^.\n]{0,40}\(hybrid|work(?:ing)? remotely (?:[1-4]|one|two|three)(?:x| days)",
        r"|hybrides? (?:arbeit\w*|werk\w*)|(?:travail|mode|modèle|rythme|poste|format) hybride|(?:modelo|trabajo|modalidad|formato|trabalho|regime)(?: de trabajo| de trabalho)?:? h[íi]brid[oa]|lavoro ibrido|modalità ibrida",
        r"|(?:[1-4]|un|deux|trois|quatre)(?: (?:à|ou) (?:[2-4]|deux|trois))? jours? (?:de |en )?télétravail|[1-4](?: ?[-–] ?[2-4])? (?:tage?|dagen|días?|dias?|giorni) (?:die woche |pro woche |per week |a la semana |por semana |a settimana )?(?:de |di |im |in )?(?:home[- ]?office|teletrabajo|thuis|smart ?working|remoto)",
    )),
    body_remote: Phrases::new(concat!(
        r"(?:full|fully|100 ?%)[- ]remote|remote[- ](?:first|only)|(?:this|the) (?:role|position|job|opportunity) (?:is|can be|will be) (?:performed |done )?(?:an? )?(?:fully |100 ?% |based )?remote\w*",
        r"|this (?:fully |100 ?% )?remote (?:role|position|job|opportunity)|(?:full[- ]time|part[- ]time|fully|permanent),? remote (?:role|position|job|opportunity)",
        r"|work (?:remotely )?from anywhere|in a remote (?:setting|environment)|this is an? (?:fully |100 ?% )?remote[\w ,-]{0,24} (?:role|position|job|opportunity)",
        r"|you(?: can| may| will|['’]ll)(?: be able to)? work (?:fully |100 ?% )?remotely (?:from|within|in|anywhere)|(?:100 ?%|fully|entirely|completely) (?:from home|virtual(?:ly)?|remotely)",
        r"|(?:we are|we['’]re|as|operate(?: primarily)? as) an? (?:all[- ]|primarily |fully[- ])?remote (?:company|team|organi[sz]ation)",
        r"|(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace) ?[:–-] ?(?:fully |100 ?% )?remote(?:ly)?|location ?[:–-] ?[^.\n]{0,40}\((?:fully |100 ?% )?remote",
        r"|remote(?:ly)?,? (?:within|anywhere (?:in|within)|from anywhere (?:in|within)) (?:the )?(?-i:\p{Lu})\w+",
        r"|(?:vollständig|komplett|zu 100 ?%) remote|100 ?% (?:home[- ]?office|télétravail|teletrabajo|remoto)|full télétravail|télétravail (?:complet|total|à 100 ?%)|(?:totalmente|completamente|trabajo|trabalho|modalidad|modelo)(?: de trabajo| de trabalho)?:? remot[oa]",
    )),
    body_on_site: Phrases::new(concat!(
        r"(?:5|five) days (?:a|per) week (?:in|at|from) (?:the|our)[\w ]{0,24} office|performed on[- ]?site|100 ?% in[- ]person",
        r"|(?:on[- ]?site|in[- ](?:the )?office|in[- ]person),? (?:monday ?[-–] ?friday|mon ?[-–] ?fri|(?:5|five) days)",
        r"|(?:[5-6]|five|six)(?: ?[-–] ?[6-7])? days (?:(?:a|per|each) week )?(?:on[- ]?site|in[- ]person|in[- ](?:the |our )?office)",
        r"|(?:this|the) (?:role|position|job) (?:is|will be) (?:based |located |performed |fully )?(?:on[- ]?site|in[- ]office|in[- ]person)",
        r"|(?:an|this|fully) (?:full[- ]time )?(?:on[- ]?site|in[- ]office|in[- ]person) (?:role|position|job|opportunity)",
        r"|work (?:location|policy) (?:on[- ]?site|in[- ]person)|(?:location|policy|arrangement|setting|type|model|mode|commitment) ?[:–-] ?(?:on[- ]?site|in[- ]person|in[- ]office)|full[- ]time in[- ]office|in[- ]person (?:team|culture)",
        r"|we(?:['’]re| are) (?:all |fully )?in[- ]person|we (?:all )?work (?:together )?(?:fully |full[- ]time )?(?:in[- ]person|on[- ]?site)",
        r"|(?:ability|able|willing(?:ness)?|required|expected) to (?:work|be) (?:in[- ]person|on[- ]?site) (?:at|from|in|out of) [\w ]{0,30}(?:office|headquarters|hq|facility|plant|warehouse|site)",
        r"|(?:trabajo|trabalho|modalidad|modelo)(?: de trabajo| de trabalho)?:? presencial|(?:100 ?%|poste en) présentiel|100 ?% presencial",
    )),
    perk: Phrases::new(
        r"up to|weeks?|months?|days? (?:per|a) (?:week|month|year)|occasional\w*|flexib\w+ to|program\w*|scheme|certain roles|(?:if|when) you",
    ),
    offered: Regex::new(r"(?i)\bhybrid (?:is )?(?:available|optional|possible)\b").expect("the pattern is valid"),
    meal: Phrases::new(r"lunch(?:es)?|dinners?|breakfasts?|meals?|snacks?|catered|catering"),
    world_before: Regex::new(r"(?i)\b(?:world|future|era|rise|age) of (?:remote (?:and|or|&) )?$")
        .expect("the pattern is valid"),
    world_behind: Regex::new(r"(?i)^ (?:has|have|is|are) (?:become|becoming|here|the (?:new|future))\b")
        .expect("the pattern is valid"),
}
});
