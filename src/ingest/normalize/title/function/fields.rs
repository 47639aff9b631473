//! Single words by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Construction, Consulting, CustomerSuccess, Data, Design, Education, Engineering, Finance,
    Healthcare, Hospitality, It, Legal, Logistics, Manufacturing, Marketing, Media, Operations, People, Product,
    ProjectManagement, Research, Retail, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Nouns that name a role alone, whatever stands before them.
pub(super) const NOUNS: &[(JobFunction, &str)] = &[
    (
        Administration,
        "receptionist|secretary|clerk|secretaria|secretario|sekretar|sekretarin|sekretariat|sachbearbeiter|\
         sachbearbeiterin|burokraft|burokaufmann|burokauffrau|empfangsmitarbeiter|recepcionista|receptioniste|\
         assistenz|teamassistenz|receptionniste",
    ),
    (
        Construction,
        "electrician|electricians|plumber|carpenter|mechanic|mechanics|roofer|painter|mason|laborer|labourer|\
         estimator|superintendent|installer|lineman|pipefitter|surveyor|groundskeeper|janitor|custodian|cleaner|\
         elektriker|elektroniker|mechatroniker|anlagenmechaniker|servicetechniker|haustechniker|hausmeister|maler|\
         dachdecker|maurer|tischler|schreiner|bauleiter|bauleiterin|installateur|electricien|macon|plombier|\
         mecanicien|menuisier|electricista|mecanico|eletricista|reinigungskraft|glazier|ironworker|*mechaniker|\
         *mechanikerin|foreman|painters|plumbers|carpenters|*elektroniker|maintenance worker|handyman|locksmith|\
         bricklayer|scaffolder|plasterer|tiler|landscaper|gardener|couvreur|chaudronnier|frigoriste|albanil|\
         pedreiro|elektromonteur",
    ),
    (Consulting, "berater|beraterin"),
    (CustomerSuccess, "kundenerfolg"),
    (Data, "datenanalyst|datenanalystin|dataanalytiker|statistician"),
    (
        Design,
        "artworker|illustrator|mediengestalter|grafikdesigner|animator|designer|designers|artist|graphiste|graphic",
    ),
    (
        Education,
        "educator|educacional|teacher|teachers|tutor|tutors|professor|lecturer|instructor|paraprofessional|\
         daycare|nanny|librarian|lehrer|lehrerin|erzieher|erzieherin|padagoge|padagogin|sozialpadagoge|\
         padagogische|kinderpfleger|professeur|enseignant|enseignante|formateur|formatrice|educateur|educatrice|\
         profesor|profesora|docente|professora|maestro|maestra|insegnante|leraar|docent|larare|forskollarare|\
         dozent|dozentin|tutoring|enseignants|maestra jardinera|pedagogo|pedagoga|erzieherinnen|pedagog|\
         auxiliaire de puericulture|puericultrice|puericulteur",
    ),
    (
        Engineering,
        "fullstack|devops|sre|sdet|asic|fpga|rtl|vlsi|gameplay|autocad|bim|softwareentwickler|\
         softwareentwicklerin|softwareentwicklung|*entwickler|*entwicklerin|entwickler|entwicklerin|*ingenieur|\
         *ingenieurin|ingenieur|ingenieurin|developpeur|developpeuse|ingenieure|desarrollador|desarrolladora|\
         ingeniero|ingeniera|desenvolvedor|desenvolvedora|engenheiro|engenheira|programador|programadora|\
         sviluppatore|ingegnere|ontwikkelaar|utvecklare|ingenjor|udvikler|ingenior|ingenierie|programmer|\
         programmierer|tester|mlops|engineer|engineers|developer|developers|architect|architects|technologist|\
         devrel|sde|arquiteto|arquiteta|arquitecto|*mechatronik|programmers|architekt|software ingenieur|inzynier|\
         programista|desarrolladores|developpeurs|automatisierungstechniker|*techniker|*zeichner|konstrukteur|\
         konstrukteurin|dessinateur|projeteur|proyectista|projetista|inginer|drafter|draughtsman",
    ),
    (
        Finance,
        "adjuster|adjusters|lohn*|gehaltsabrechner|controllership|underwriter|actuary|actuarial|bookkeeper|\
         buchhalter|buchhalterin|finanzbuchhalter|finanzbuchhalterin|bilanzbuchhalter|comptable|contador|\
         contabile|steuerberater|steuerfachangestellte|teller|trader|banker|accountant|accountants|auditor|\
         controller|comptroller|risiko*|finanz*|*kreditspezialist|bankkaufmann|bankkauffrau|loan officer|\
         accountancy|comptables|ksiegowy|ksiegowa|boekhouder|revisor|revisora|auditors|underwriters|actuaries|\
         bankers|bookkeepers",
    ),
    (
        Healthcare,
        "crna|*ologist|*iatrist|doula|ambulance|dvm|therapeutin|*therapeut|*therapeutin|nurse|nurses|rn|lpn|lvn|\
         cna|physician|physicians|therapist|therapists|dentist|hygienist|orthodontist|pharmacist|phlebotomist|\
         paramedic|emt|caregiver|caregivers|bcba|rbt|optometrist|optician|optometric|psychologist|psychiatrist|\
         psychotherapist|counselor|clinician|surgeon|anesthesiologist|cardiologist|veterinarian|dietitian|\
         nutritionist|midwife|sonographer|mri|pathologist|audiologist|chiropractor|pflegefachkraft|pflegefachmann|\
         pflegefachfrau|pflegehilfskraft|pflegehelfer|*pfleger|*pflegerin|pflege*|krankenschwester|altenpfleger|\
         altenpflegerin|arzt|arztin|*arzt|*arztin|zahnarzt|zahnmedizinische|medizinische|mfa|ergotherapeut|\
         physiotherapeut|physiotherapeutin|heilerziehungspfleger|infirmier|infirmiere|medecin|pharmacien|\
         kinesitherapeute|enfermero|enfermera|enfermeiro|enfermeira|medico|medica|farmaceutico|farmaceutica|\
         psicologo|psicologa|fisioterapeuta|cuidador|cuidadora|infermiere|verpleegkundige|verzorgende|\
         sjukskoterska|underskoterska|lakare|sykepleier|sygeplejerske|*dontist|*odontist|behavioral|behavioural|\
         *tologist|midwives|dosimetrist|infusion|autism|pharmacists|veterinarians|pediatrician|paediatrician|\
         pediatricians|hospitalist|laborist|lmhc|lcsw|lmft|lpc|lmsw|lcpc|np|fnp|pmhnp|whnp|crnp|aprn|arnp|slp|\
         bcbas|rbts|physiotherapist|physiotherapists|midwifery|nephrologist|*therapists|carer|carers|pcp|\
         dentistry|prosthodontist|infirmiers|medecins|aide soignant|aide soignante|kinesiologue|kine|\
         orthophoniste|ergotherapeute|enfermeiros|medicos|nutricionista|dentista|odontologo|odontologa|\
         veterinario|veterinaria|fonoaudiologo|psychologue|psicologos|lekarz|pielegniarka|fysiotherapeut|psykolog|\
         apotheker|apothekerin|pta|mtra|cota|opticien|audioprothesiste|optometrists|counselors|counsellor|\
         counsellors|clinicians|psychologists|psychiatrists|dentists|surgeons|esthetician|aesthetician|\
         echocardiographer|radiographer|mammographer",
    ),
    (
        Hospitality,
        "valet|attendant|chef|chefs|cook|cooks|barista|bartender|server|servers|host|hostess|waiter|waitress|\
         dishwasher|housekeeper|concierge|banquet|koch|kochin|kellner|kellnerin|servicekraft|kuchenhilfe|\
         hotelfachmann|hotelfachfrau|rezeptionist|rezeptionistin|cuisinier|cuisiniere|serveur|serveuse|plongeur|\
         cocinero|cocinera|camarero|camarera|mesero|cozinheiro|cozinheira|garcom|cuoco|cameriere|kok|kock|baker|\
         butcher|sommelier|croupier|bartenders|baristas|waitstaff|busser|kitchen hand|porters|bellman|bell person|\
         doorman|cocineros|camareros|kelner|kucharz|barman|barmaid|patissier|boulanger|commis|housekeepers|\
         attendants|steward|stewards",
    ),
    (
        It,
        "helpdesk|sysadmin|servicenow|systemadministrator|fachinformatiker|dba|sysadmins|systemadministratorin|\
         it techniker|informaticien|sysops",
    ),
    (
        Legal,
        "attorney|paralegal|lawyer|solicitor|rechtsanwalt|rechtsanwaltin|rechtsanwaltsfachangestellte|jurist|\
         juristin|juriste|abogado|abogada|advogado|advogada|notarfachangestellte|counsel|compliance|attorneys|\
         lawyers|paralegals|solicitors|barrister|notaire|notario|avocat|avocate|prawnik|jurista|conveyancer",
    ),
    (
        Logistics,
        "dispatchers|planners|forklift|driver|drivers|dispatcher|dispatch|buyer|buyers|picker|courier|logistiker|\
         lagerist|lagermitarbeiter|lagerhelfer|lagerlogistik|berufskraftfahrer|kraftfahrer|*fahrer|fahrer|\
         *disponent|disponent|einkaufer|einkauferin|acheteur|acheteuse|magasinier|cariste|chauffeur|\
         approvisionneur|conductor|repartidor|almacen|motorista|estoquista|comprador|magazzinieri|magazziniere|\
         planner|cdl|shipper|packer|packers|shippers|couriers|trucker|logistician|mailroom|livreur|livreuse|\
         preparateur de commandes|conducteur|conductrice|motorista entregador|entregador|motorboy|motofretista|\
         kierowca|magazynier|magasiniere|chauffeurs|loader|loaders|unloader|delivery driver",
    ),
    (
        Manufacturing,
        "machinist|cnc|assembler|fabricator|welder|toolmaker|produktionsmitarbeiter|produktionshelfer|\
         maschinenbediener|maschinenfuhrer|anlagenfuhrer|zerspanungsmechaniker|industriemechaniker|schweisser|\
         schweißer|monteur|operateur|operatrice|operario|soudeur|usineur|machinists|welders|assemblers|\
         fabricators|*monteur|*schweisser|*zerspaner|tokarz|spawacz|operator produkcji|operadora de producao|\
         operador de producao|soldador|soldadora|tornero|montador|prensista",
    ),
    (
        Marketing,
        "copywriter|influencer|marketer|publicist|copywriters|marketeer|smm|sem specialist|influencers|marketers",
    ),
    (
        Media,
        "correspondent|editor|editors|journalist|reporter|producer|producers|videographer|photographer|writer|\
         writers|anchor|translator|interpreter|redakteur|redakteurin|redacteur|redactrice|periodista|jornalista|\
         ubersetzer|fotograf|fotografin|redaktor|cinematographer|proofreader|translators|interpreters|linguist|\
         linguists|redactor|redactora|traducteur|traductrice|traductor|traductora|tradutor|tradutora|journaliste|\
         monteur video|reporters|journalists|videographers|photographers|cameraman",
    ),
    (Operations, "bizops"),
    (
        People,
        "recruiter|recruiters|sourcer|diversity|personalreferent|personalreferentin|personalsachbearbeiter|\
         personalberater|personalberaterin|rekryterare|rh recruteur|recruteur|recruteuse|reclutador|reclutadora|\
         recrutador|recrutadora|rekrutacja|rekruter|sourcers",
    ),
    (Product, "produktmanager|produktmanagerin|produktmanagement"),
    (
        ProjectManagement,
        "pmo|projektmanager|projektmanagerin|projektmanagement|projektleiter|projektleiterin|projektleitung|\
         projectleider|projektledare|tpm",
    ),
    (
        Research,
        "postdoctoral|postdoc|scientist|scientists|biologist|chemist|biochemist|physicist|researcher|researchers|\
         forscher|doktorand|doktorandin|chercheur|chercheuse|investigador|investigadora|pesquisador|pesquisadora|\
         ricercatore|forskare|geologist|epidemiologist|economist|laborant|laborantin|chemielaborant|\
         biostatistician|mathematician|chemists|biologists|toxicologist|toxicology|microbiologist|virologist|\
         biostatistics",
    ),
    (
        Retail,
        "cashier|cashiers|merchandiser|stocker|keyholder|stylist|verkaufer|verkauferin|verkaufsberater|\
         verkaufsberaterin|filialleiter|filialleiterin|filialleitung|storemanager|kassierer|kassiererin|vendeur|\
         vendeuse|dependiente|dependienta|cajero|cajera|commesso|verkoopmedewerker|winkelmedewerker|butikssaljare|\
         butiksmedarbetare|butikschef|jeweler|jeweller|vendeurs|vendeuses|merchandisers|stockers|caissier|\
         caissiere|balconista|dependientes|sprzedawca|kasjer",
    ),
    (
        Sales,
        "sdr|bdr|adr|presales|salesperson|seller|verkaufsleiter|vendedor|vendedora|saljare|selger|sælger|saelger|\
         venditore|verkoper|vertriebs*|vertrieb|aussendienst*|außendienst*|*vertrieb|gebietsleiter|\
         agente commerciale|technico commercial|closer|executivo de vendas|consultor de vendas|inside sales|\
         comercial|commerciale|vendas|ventas|telemarketing|telesales|telemarketer|*selger|*saljare|saljchef|\
         sellers|salesman|saleswoman|kundenakquise|handelsvertreter|vertriebler|sprzedaz|handlowiec|vendedores|\
         preventa|pre venda|teleoperador",
    ),
    (
        Security,
        "cybersecurity|appsec|devsecops|ciso|sicherheitsmitarbeiter|vigilante|cryptographer|pentester|\
         security guards|vigilantes|bodyguard",
    ),
    (
        Support,
        "kundenservice|kundenbetreuung|kundenberater|kundtjanst|klantenservice|suporte|soporte|kundenberaterin|\
         callcenter|teleconseiller|teleconseillere|kundeservice|klantenservicemedewerker|kundesupport",
    ),
];

/// Words for fields of work.
pub(super) const FIELDS: &[(JobFunction, &str)] = &[
    (
        Administration,
        "administrative|sachbearbeitung|administration|administrator|admin|office|verwaltung|administracao|\
         administracion",
    ),
    (
        Construction,
        "hvac|construction|facilities|landscape|maintenance|trades|building|instandhaltung|montage|bau|\
         mantenimiento|manutencao|installation|solar|survey|inspections|roofing|plumbing|electrical contractor",
    ),
    (
        Consulting,
        "consulting|consultant|consultants|advisory|beratung|conseil|consultor|consultora|consultoria|\
         professional services|advisor",
    ),
    (CustomerSuccess, "implementation|onboarding|customer"),
    (Data, "gis|analytics|bi|data|ai|insights|datos|dados|donnees|daten"),
    (Design, "ux|ui|design|studio"),
    (
        Education,
        "curriculum|teaching|childcare|preschool|academic|admissions|faculty|school|education|training|learning|\
         academy|students|bildung",
    ),
    (
        Engineering,
        "radar|powertrain|propulsion|firmware|embedded|ios|android|blockchain|aerospace|avionics|robotics|cad|\
         engineering|hardware|software|technology|technik|electronics|entwicklung|infrastructure|platform|\
         tecnologia|engenharia|ingenieria|r d engineering|mechanical|electrical|infraestrutura|infraestructura|\
         verification|silicon|systems integration|automation|fpga",
    ),
    (
        Finance,
        "underwriting|claims|collections|payroll|treasury|billing|finance|financial|accounting|accounts|audit|tax|\
         credit|investment|investments|banking|controlling|buchhaltung|finanzen|finanzas|financas|financeiro|\
         finanza|kredit|contabilidad|contabilidade|comptabilite|ekonomi|ekonom|facturacion|pricing|facturation|\
         asset management|controllership|insurance|lending|securities|credito|venture|budget|trading|fund|funds|\
         investor|carteiras|seguros|bank|mortgage|loan|loans|risk|financing|reimbursement|cash|cost|sec reporting|\
         quantitative|trader|revenue cycle|rcm|aktuar",
    ),
    (
        Healthcare,
        "nutrition|rehab|nursing|pharmacy|psychiatric|clinical|clinic|surgical|veterinary|vet|lactation|medical|\
         patient|hospital|hospice|health|healthcare|care|gesundheit|sante|salud|saude|therapy|dental",
    ),
    (
        Hospitality,
        "pantry|housekeeping|hotel|restaurant|kitchen|catering|hospitality|pizza|pastry|food|beverage|culinary|\
         gastronomie|kuche|travel",
    ),
    (It, "sap|erp|it|systems|helpdesk services|workday|managed services"),
    (
        Legal,
        "licensing|aml|kyc|patent|legal|regulatory|privacy|law|recht|juridico|juridique|policy|ethics|contracts|\
         grc|litigation|government|federal affairs|global affairs",
    ),
    (
        Logistics,
        "logistics|warehouse|procurement|purchasing|inventory|shipping|fulfillment|customs|freight|import|export|\
         logistik|einkauf|logistica|logistique|yard|parcel|postal|supply|transport|transportation|distribution|\
         delivery|fleet|lager|materials|sourcing|compras|carrier|fulfilment|material",
    ),
    (
        Manufacturing,
        "manufacturing|assembly|production|fertigung|wafer|mold|molding|factory|plant|fabrik|produktion|\
         fabrication|producao|produccion|qc|packaging|deburr",
    ),
    (
        Marketing,
        "seo|sem|ppc|communications|lifecycle|marketing|brand|growth|advertising|pr|communication|kommunikation|\
         mercadeo|mercadotecnia|publicidad|publicidade|publicite|content|creative|events|programmatic|influencer|\
         audience|copywriting|loyalty|acquisition|abm|crecimiento|ecommerce|e commerce|commerce",
    ),
    (Media, "photography|broadcast|film|audio|sound|podcast|news|editorial|media|video|photo|publishing"),
    (Operations, "operations|strategy|operaciones|operacoes|betrieb|drift|operational|process|quality"),
    (
        People,
        "hr|hrbp|recruiting|recruitment|compensation|benefits|talent|people|workforce hiring|hiring|rh|\
         personalwesen|culture|human resource|hris|hcm",
    ),
    (Product, "product|produkt|produto|producto|produit"),
    (ProjectManagement, "project|projects|program|programs|projetos|proyectos|projets|projekte"),
    (
        Research,
        "laboratory|bioinformatics|research|science|forschung|recherche|investigacion|pesquisa|lab|biology|\
         chemistry",
    ),
    (Retail, "retail|merchandising|store|stores|grocery|shop|counter staff"),
    (
        Sales,
        "commercial|ventes|sales|revenue|gtm|go to market|partnerships|partnership|alliances|partnerskap|vente|\
         forsaljning|verkoop|vendite|verkauf|business developer|customers|commercials|territory|enablement|account|\
         accounts executive|deal|proposal",
    ),
    (Security, "infosec|vulnerability|security|seguridad|seguranca|securite|sicherheit|fraud|safety"),
    (Support, "support|service|servico|helpline|success support"),
];
