//! Fields of work told in several words, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Construction, Consulting, CustomerSuccess, Data, Design, Education, Engineering, Finance,
    Healthcare, Hospitality, It, Legal, Logistics, Manufacturing, Marketing, Media, Operations, People, Product,
    ProjectManagement, Research, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Narrow fields: whoever works in one is of its kind, unless a role is named.
pub(super) const DOMAINS: &[(JobFunction, &str)] = &[
    (Administration, "records management|executive assistance"),
    (
        Construction,
        "property management|facility management|pest control|pest management|civil works|site supervision|\
         real estate development|commercial construction",
    ),
    (
        Consulting,
        "digital transformation|professional services|forensic services|competition practice|sciences practice|\
         property practice",
    ),
    (
        CustomerSuccess,
        "tenant success|student success manager|contractor success|seller success|user success|patient success|\
         creator success",
    ),
    (Data, "data privacy engineering|customer analytics|decision sciences|operations research"),
    (
        Design,
        "product design|graphic design|design system|design systems|user experience|motion graphics|\
         creative services|communication design|visual development|product visualization",
    ),
    (Education, "student experience"),
    (
        Engineering,
        "systems engineering|research engineering|value engineering design|web technologies|quantum networking|\
         quantum computing|autonomous driving|autonomous systems|flight dynamics|flight controls|vehicle dynamics|\
         chip design|deep learning|natural language processing|game development|app development|mobile development|\
         backend development|functional safety|systems test|robot intelligence|internet of things|\
         distributed systems|power systems|cpu architecture|computer architecture|gpu architecture|\
         connectivity solutions|quality assurance|chiplet design",
    ),
    (
        Finance,
        "capital markets|investor services|finance systems|fp a|financial planning|accounts payable|\
         accounts receivable|internal audit|external audit|investment banking|credit risk|procure to pay|\
         investor relations|fund accounting|private equity|wealth management|equity research|financial systems|\
         strategic finance|corporate development|mergers and acquisitions|hedge fund|venture capital|\
         revenue accounting|retail banking|asset management|commercial lending|equity capital|real assets|\
         third party capital|institutional services|revenue recognition",
    ),
    (
        Healthcare,
        "mental health|health information|physical therapy|home health|personal care|behavioral health|patient care|\
         patient access|social work|home care|medical affairs|case management|internal medicine|family medicine|\
         emergency medicine|sports medicine|senior living|assisted living|substance use|crisis services|\
         operating room|labor and delivery|labor delivery|med surg|radiation oncology|disability support|\
         disability services|child welfare|child protection|injury services|brain injury|animal welfare|\
         provider network|provider relations|provider services|drug safety|pharmacovigilance",
    ),
    (Hospitality, "guest operations|in flight|table games"),
    (
        It,
        "desktop services|enterprise technology|corporate technology|end user services|network services|\
         revenue systems",
    ),
    (Legal, "criminal defense|human rights|contract management|external affairs|corporate governance|policy design"),
    (
        Logistics,
        "supply chain|strategic sourcing|demand planning|distribution center|cdl a|merchandise planning|\
         collaborative planning|flight operations|ground operations|airport operations|vendor management|\
         supplier management",
    ),
    (Manufacturing, "quality control|operations manufacturing|drug product manufacturing"),
    (
        Marketing,
        "developer marketing|commercial marketing|community relations|donor engagement|major gifts|planned giving|\
         search engine optimization|consumer engagement|retail media|retail marketplace",
    ),
    (Media, "technical writing|technical documentation|live production|studio production|original programming"),
    (
        Operations,
        "store operations|business excellence|business continuity|business performance|business planning|\
         strategic planning|content moderation|emergency management|capacity planning|resource planning|post award",
    ),
    (
        People,
        "employer branding|global mobility|leadership development|organizational effectiveness|human capital|\
         executive search|early careers|total reward|employee engagement|employee services|employee communications|\
         workforce development",
    ),
    (Product, "product management|product operations|product strategy"),
    (ProjectManagement, "programme management|portfolio delivery"),
    (
        Research,
        "market research|clinical research|ai research|ml research|machine learning research|r d|user research|\
         translational medicine|scientific affairs|scientific programs|drug discovery|vaccine development|\
         process chemistry|early discovery|clinical pharmacology|nonclinical development|field trial|\
         field trials",
    ),
    (
        Sales,
        "strategic accounts|client relations|relationship management|client development|client coverage|\
         partner management|partner ecosystem|channel partners|technology alliances|channel development|\
         lead generation|go to market|brand sales|fx sales|major accounts",
    ),
    (
        Security,
        "security compliance|infrastructure security|hardware security|offensive operations|incident response|\
         identity management|risk and fraud|safety compliance|emergency preparedness|all source|\
         public figure protection|data security|trust and safety|trust safety",
    ),
    (Support, "customer assistance|technical assistance|consumer care|product support"),
];
