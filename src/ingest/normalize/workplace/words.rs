//! The words that tell where the work is done. Those for a body are whole phrases, as a word alone may be about customers,
//! products or other roles.

use std::sync::LazyLock;

use regex::Regex;

use super::phrases;
use crate::ingest::normalize::phrase::Phrases;

pub(super) struct Patterns {
    pub(super) remote: Phrases,
    pub(super) hybrid: Phrases,
    pub(super) on_site: Phrases,
    /// What a title names a workplace by: what is distributed or virtual in one is a system or a world.
    pub(super) title: Phrases,
    /// Such a word and the thing that it is said of instead.
    pub(super) title_thing: Regex,
    pub(super) hashtag: Regex,
    /// A part of any phrase for a body.
    pub(super) telling: Regex,
    /// What a line says that says nothing else.
    pub(super) line: Regex,
    pub(super) denial: Phrases,
    /// A denial that is one of working from elsewhere at times as well.
    pub(super) always_there: Phrases,
    /// Where remote work is denied, or what for, behind a denial that is none of remote work itself.
    pub(super) limited: Regex,
    /// What else than the office is offered, and what takes it back.
    pub(super) choice: Phrases,
    pub(super) not: Phrases,
    /// A part of any phrase of days.
    pub(super) counting: Regex,
    pub(super) some_days: Phrases,
    pub(super) all_days: Phrases,
    pub(super) body_hybrid: Phrases,
    pub(super) body_remote: Phrases,
    pub(super) body_on_site: Phrases,
    pub(super) body_there: Phrases,
    /// What has one come at times alone.
    pub(super) occasion: Phrases,
    /// What lasts some days and is not the work.
    pub(super) trial: Phrases,
    /// What a part of the time may be for instead.
    pub(super) travel: Phrases,
    /// What a benefit does not name.
    pub(super) role: Phrases,
    /// What else is hybrid, behind the word and in its sentence.
    pub(super) hybrid_of: Regex,
    pub(super) hybrid_vague: Phrases,
    pub(super) hybrid_thing: Phrases,
    /// A role that is made of two.
    pub(super) hybrid_mix: Regex,
    pub(super) certain: Phrases,
    /// A span that is longer than a week: some days of it are no rhythm of the work.
    pub(super) seldom: Regex,
    pub(super) perk: Phrases,
    pub(super) meal: Phrases,
    pub(super) offered: Regex,
    /// What else is mixed: where one works, and for how long.
    pub(super) mix_of_places: Phrases,
    /// Remote work beside hybrid work, of which either may be chosen.
    pub(super) either: Phrases,
    /// What makes "hybrid work" a matter of the world, not of the role, before and behind it.
    pub(super) world_before: Regex,
    pub(super) world_behind: Regex,
}

/// The words that name each kind wherever they stand.
const REMOTE: &str = r"remote(?:ly)?|telecommut\w+|work from home|wfh|home[- ]?office|home[- ]?based|télétravail|teletrabajo|remot[oa]|à distance|zdaln\w+|リモート|フルリモート|在宅勤務";
const HYBRID: &str = r"hybrid\w*|h[íi]brid[oa]|hybryd\w*|ibrid[oa]";
const ON_SITE: &str = r"on[- ]?site|in[- ](?:office|person)|vor ort|présentiel|presencial|stacjonarn\w+";

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns {
    remote: Phrases::new(&format!("{REMOTE}|distributed|virtual")),
    hybrid: Phrases::new(HYBRID),
    on_site: Phrases::new(ON_SITE),
    title: Phrases::new(&format!("{REMOTE}|{HYBRID}|{ON_SITE}")),
    title_thing: Regex::new(concat!(
        r"(?i)^(?:remote[ -](?:sensing|patient monitoring|monitoring|assist(?:ance)?|access(?:ioning)?|hands|control(?:s|led)?|operated|operations? cent(?:er|re)|handling|guidance|services|desktop|vehicles?)",
        r"|hybrid[ -](?:cloud\w*|powertrains?|electric|vehicles?|aircraft|infrastructures?|clusters?|systems?|search|retrieval)",
        r"|(?:on[- ]?site|in[- ](?:office|person))[ -](?:engagement|services|hiring|events?|experience)|home[- ]?office[ -]coverage)\b",
    ))
    .expect("the pattern is valid"),
    hashtag: Regex::new(r"(?i)#[A-Z]{2,4}-(REMOTE|HYBRID|ON-?SITE)\b").expect("the pattern is valid"),
    telling: Regex::new(
        r"(?i)remot|hybrid|h[íi]brid|ibrid|office|hq|headquarters|site|person|home|anywhere|virtual|telecommut|télétravail|teletrabajo|présentiel|presencial|thuis|smart ?working|hybryd|zdaln|stacjonarn|bureau|büro|oficina|kantoor|ufficio|escritório|biur|studio|hub",
    )
    .expect("the pattern is valid"),
    line: Regex::new(concat!(
        r"(?i)^(?:[a-z /-]{0,20}(?:location|arrangement|model|type|mode|place|policy|setting|environment|status|format|schedule|modalidade?|option)s? ?[:–|-] ?)?",
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
    limited: Regex::new(r"(?i)^[^,:(]{0,32}\b(?:outside|from (?:outside|abroad|other|another|any|certain|some|all|the (?:following|states?)|(?-i:\p{Lu}))|in (?:the following|other|certain|some|(?-i:\p{Lu}))|stipends?)")
        .expect("the pattern is valid"),
    choice: Phrases::new(r"(?:100 ?%|fully|completely|entirely)[- ]remote|hybrid"),
    not: Phrases::new(r"not|no|never|neither|without|instead|rather|than|\w+n['’]t"),
    counting: Regex::new(r"(?i)day|\dx|times|tues|wed|thu|\d ?%|jour|tage|dage|días|dias|giorn|dni").expect("the pattern is valid"),
    some_days: phrases::some_days(),
    all_days: phrases::all_days(),
    body_hybrid: phrases::hybrid(),
    body_remote: phrases::remote(),
    body_on_site: phrases::on_site(),
    body_there: phrases::there(),
    perk: Phrases::new(
        r"up to|weeks?|months?|days? (?:per|a) (?:week|month|year)|occasional\w*|flexib\w+ to|program\w*|scheme|certain roles|(?:if|when) you",
    ),
    occasion: Phrases::new(
        r"occasion\w*|as needed|(?:when|if|where) (?:needed|required|necessary)|from time to time|periodic\w*|(?:per|a|each) (?:month|quarter|year)|quarterly|monthly|customers?|clients?|partners?|interviews?|events?|travel\w*|trial|workshops?|meetings?|trainings?|hackathons?|off-?sites?|some|remote\w*",
    ),
    trial: Phrases::new(r"trials?|interviews?|workshops?|lasting|visits?|hackathons?|off-?sites?|final round"),
    role: Phrases::new(r"role|position|job|opportunity|internship|remote[- ](?:first|only)"),
    travel: Phrases::new(r"travel\w*"),
    hybrid_of: Regex::new(r"(?i)^(?:o|a|e|s|es)? ?[- ](?:of|between|entre|zwischen|cloud\w*|infra\w*|retrieval|search|vehicles?|systems?|apps?|data|mobile|architect\w*|connectivity|it|electric|identit\w*|athletes?)\b")
        .expect("the pattern is valid"),
    hybrid_vague: Phrases::new(r"hybrid[- ](?:environment|model|approach|set[- ]?up|team|setting|mode|structure|workplace|capacity|way|pattern|format|on[- ]?site)s?|hybrid[ ,/|+–(-]+(?:on[- ]?site|remote|or|with|and|in|from)[ \w-]*|(?:is|are|work|this) (?:an? )?hybrid|\w+,? \(hybrid"),
    hybrid_thing: Phrases::new(r"\w*cloud\w*|on[- ]?prem\w*|aws|azure|kubernetes|vmware|servers?|retriev\w*|vectors?|infrastructures?|deployments?|active directory|entra|intune|exchange"),
    hybrid_mix: Regex::new(r"(?i)hybrid (?:role|position|job|opportunity),?(?: that| which)? (?:will (?:begin|start) as|(?:blend|bridg|combin|merg|mix|span)(?:n?ing|e?s))\b")
        .expect("the pattern is valid"),
    certain: Phrases::new(r"(?:certain|some|select|many) (?:\w+ )?(?:roles|positions|teams)"),
    seldom: Regex::new(r"(?i)(?:\b(?:in a|a|per|each|every)|/) ?(?:month|quarter|year)\b")
        .expect("the pattern is valid"),
    offered: Regex::new(r"(?i)\bhybrid (?:is )?(?:available|optional|possible)\b").expect("the pattern is valid"),
    mix_of_places: Phrases::new(r"remote(?:ly)?|home|offices?|on[- ]?site|in[- ]person|days?|contract|temporary|\d+[- ]months?"),
    either: Phrases::new(r"remote(?:ly)?(?:,? or | and | ?[/|&+,] ?)(?:fully )?hybrid|hybrid(?:,? or | and | ?[/|&+,] ?)(?:fully )?remote(?:ly)?"),
    meal: Phrases::new(r"lunch(?:es)?|dinners?|breakfasts?|meals?|snacks?|catered|catering"),
    world_before: Regex::new(r"(?i)\b(?:world|future|era|rise|age) of (?:remote (?:and|or|&) )?$")
        .expect("the pattern is valid"),
    world_behind: Regex::new(r"(?i)^ (?:work(?:ing)? )?(?:(?:has|have|is|are) (?:become|becoming|here|the (?:new|future))|in the future)\b")
        .expect("the pattern is valid"),
}
});
