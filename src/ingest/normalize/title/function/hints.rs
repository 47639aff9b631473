//! Words that qualify work more often than they name it, in several languages: they count where a title tells no more.
//! In lower case and without accents.

use JobFunction::{
    Construction, CustomerSuccess, Data, Design, Education, Engineering, Finance, Healthcare, Hospitality, It, Legal,
    Logistics, Manufacturing, Marketing, Media, Operations, People, ProjectManagement, Research, Retail, Sales,
    Security, Support,
};

use crate::vocabulary::JobFunction;

/// Words by the kind of work that they hint at.
pub(super) const HINTS: &[(JobFunction, &str)] = &[
    (
        Construction,
        "carpentry|refrigeration|sprinkler|wastewater|earthwork|electrical installation|chantier|obra|obras|\
         hausmeisterei|garage door|plomberie|roofers",
    ),
    (CustomerSuccess, "client|clients|success|renewals|renewal|customer relationship"),
    (Data, "statistics|business analytics|machine learning|ki|ia|datenanalyse|estatistica"),
    (Design, "diseno|graphique|animation|cg"),
    (
        Education,
        "toddler|pedagogico|pedagogica|enseignement|ensino|docencia|kita|formacion|instructional|mathematics|\
         literacy|tutoria|universitaire|schule|grundschule|student affairs|student success|student services",
    ),
    (
        Engineering,
        "genie|flight test|vehicle test|web development|app development|application development|qa|\
         test automation|firmwareentwicklung|mechatronics|aeronautics|simulation|electronic|logiciel|informatique|\
         desarrollo|desenvolvimento|systementwicklung|data center|data centers",
    ),
    (
        Finance,
        "escrow|reconciliation|payments|payment|valuations|commissions|portfolio management|portfolio manager|\
         private equity|private markets|capital markets|m a|fp a|corporate actions|settlement|settlements|\
         financier|financiere|financiera|wealth|actuariat|impuestos|tesoreria|fiscalidad|ratings|fixed assets|\
         debt|debts|cobranca|cobranza|recouvrement|assurance vie|versicherung|rechnungswesen|steuern|banque|\
         kreditwesen|liquidity",
    ),
    (
        Healthcare,
        "oncology|cardiology|radiology|surgery|neurology|psychotherapy|psychology|ob gyn|telehealth|telemedicine|\
         aba|mental health|menopause|imaging|dermatology|physio|soins|personnes agees|krankenhaus|optical|\
         primary care|urgent care|pediatric|pediatrics|paediatric|triage|enfermagem|enfermeria|hebamme|praxis|\
         palliative|caregiving",
    ),
    (
        Hospitality,
        "concessions|guest services|guest service|hosteleria|restauration|hotellerie|cuisine|cocina|bar staff|\
         bakery|restaurants|hotels",
    ),
    (It, "oracle|netsuite|salesforce administrator|sharepoint|it operations|desktop|service desk"),
    (
        Legal,
        "governance|governanca|juridica|rechtsabteilung|internal control|internal controls|antitrust|regulations|\
         sanctions|trademark",
    ),
    (
        Logistics,
        "demand planning|supply planning|order management|trucking|truck|buying|last mile|pick pack|reach truck|\
         replenishment|expedition|entrepot|almacenes|armazem|lagerlogistik|supply chain planning|aduanas|zoll|\
         spedition|disposition|estoque|entregas|heavy haul|hub operations|achats",
    ),
    (
        Manufacturing,
        "sanitation|canning|composite|mfg|additive manufacturing|fsqa|ndt|nde|machine operator|machine builder|\
         cell processing|extruder|injection|laser|foundry|bottling|werkstatt|production planning|fabricacion|\
         fabricacao|weld|welding|machining",
    ),
    (
        Marketing,
        "campaign|campaigns|biddable|google ads|paid search|paid social|social media|sponsorship|sponsorships|\
         affiliate|affiliates|event|demand generation|demand gen|public relations|performance marketing|\
         email marketing|product marketing|comunicacion|comunicacao|redes sociais|redes sociales|evenementiel|\
         veranstaltungen|promotions|werbung|facebook|instagram|linkedin|tiktok",
    ),
    (Media, "music|journalism|redaktion|subtitling|livestream|streaming content|copy editing"),
    (
        Operations,
        "business transformation|operational risk|qualidade|calidad|qualite|qualitat|qualitatsmanagement|\
         operativo|operacional|exploitation|vendor|workforce|business continuity|processos|procesos",
    ),
    (
        People,
        "rewards|global mobility|workforce development|capital humano|gestao de pessoas|gente|personalabteilung|\
         employer branding|hr services",
    ),
    (ProjectManagement, "programme|programmes|project controls|projekt|projektbereich|proyecto|projeto|projet"),
    (Research, "genomics|forschungs|r d|laboratorio|laboratoire|scientific|preclinical|immunology|bioscience|assay"),
    (Retail, "tienda|loja|boutique|filiale|verkaufsflache|supermarket|supermercado|department store|magasin"),
    (
        Sales,
        "sale|pre sale|new business|biz dev|bd|deals|alliance|partner relations|partner sales|dealer|franchise|\
         comercio|comerciais|comerciales|neukundengewinnung|prospection|avant vente|b2b sales|b2b development|\
         client director|outbound|b2b",
    ),
    (
        Security,
        "information assurance|executive protection|public figure protection|physical security|threat|\
         identity access|ciberseguridad|seguridad fisica|cyber|surveillance",
    ),
    (
        Support,
        "atendimento|consumer care|helpdesk support|clientele|kundendienst|after sales|aftersales|sav|posventa|\
         pos venda",
    ),
];
