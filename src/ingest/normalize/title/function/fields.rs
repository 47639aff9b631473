//! Words for fields of work, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Construction, Consulting, CustomerSuccess, Data, Design, Education, Engineering, Finance,
    Healthcare, Hospitality, It, Legal, Logistics, Manufacturing, Marketing, Media, Operations, People, Product,
    ProjectManagement, Research, Retail, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Words that stand for a field where nothing names a role.
pub(super) const FIELDS: &[(JobFunction, &str)] = &[
    (
        Administration,
        "administrative|sachbearbeitung|administration|administrator|admin|office|verwaltung|administracao|\
         administracion|clerk|sachbearbeiter|sachbearbeiterin|burokraft",
    ),
    (
        Construction,
        "hvac|construction|facilities|landscape|maintenance|trades|building|instandhaltung|montage|bau|\
         mantenimiento|manutencao|installation|roofing|plumbing|electrical contractor|earthwork|carpentry|\
         welding construction|sanitation|groundwater|refrigeration|irrigation|sprinkler|fiber installation|\
         insulation|concrete|paving|remodeling|renovation|estimating|wartung|reinigung|gebaudetechnik|\
         haustechnik|baustelle|chantier|batiment|travaux|nettoyage|limpieza|limpeza|obra|obras|construccion|\
         construcao|edilizia|cantiere|manutenzione|pulizie|onderhoud|bouw|installatie|schoonmaak|underhall|\
         vedlikehold|vedligehold|bygg|refrigeracao|hochbau|tiefbau|bauleitung|install|solar|survey|preconstruction",
    ),
    (
        Consulting,
        "consulting|consultant|consultants|advisory|beratung|conseil|consultor|consultora|consultoria|advisor|\
         radgivare|radgiver|konsulent|konsult|konsulter|consulente|adviseur|asesor|asesora|asesoria|consulenza|\
         consultante|assessoria|conseillere|radgivning",
    ),
    (CustomerSuccess, "implementation|onboarding|customer|renewals|renewal|adoption|offboarding|customers success"),
    (
        Data,
        "gis|analytics|bi|data|ai|insights|datos|dados|donnees|daten|biostatistics|statistical|econometrics|\
         geospatial|database|databases|dataset|llm|annotation|analytical|analytic|forecasting|etl|estatistica|\
         estadistica|statistik",
    ),
    (
        Design,
        "ux|ui|design|studio|creative direction|animation|illustration|vfx|textile|jewelry|diseno|gestaltung|\
         grafik|arte|art|arts",
    ),
    (
        Education,
        "curriculum|teaching|childcare|preschool|academic|admissions|faculty|school|education|training|learning|\
         academy|students|bildung|trainers|instruction|instructional|pedagogy|literacy|youth|preschools|\
         coaching|schools|coaches|ausbildung|schulung|schule|kita|enseignement|pedagogico|pedagogica|\
         pedagogicas|pedagogique|periscolaire|petite enfance|puericulture|capacitacion|ensino|educacao|\
         educacion|treinamento|istruzione|onderwijs|opleiding|utbildning|undervisning|padagogik|unterricht|\
         ecole|escola|escuela|scuola|skole",
    ),
    (
        Engineering,
        "radar|powertrain|propulsion|firmware|embedded|ios|android|blockchain|aerospace|avionics|robotics|cad|\
         engineering|hardware|software|technology|technik|electronics|entwicklung|infrastructure|platform|\
         tecnologia|engenharia|ingenieria|r d engineering|mechanical|infraestrutura|infraestructura|\
         verification|silicon|automation|machine learning|computer vision|satellite|semiconductor|mechatronics|\
         software dev|front end|frontend|devsecops engineering|golang|react|typescript|javascript|php|node js|\
         electrical|backend|back end",
    ),
    (
        Finance,
        "underwriting|claims|collections|billing|finance|financial|accounts|credit|investment|investments|\
         banking|controlling|buchhaltung|finanzen|finanzas|financas|financeiro|finanza|kredit|contabilidad|\
         contabilidade|comptabilite|ekonomi|ekonom|facturacion|pricing|facturation|insurance|lending|securities|\
         credito|venture|budget|trading|fund|funds|investor|carteiras|seguros|bank|mortgage|loan|loans|risk|\
         financing|reimbursement|cash|cost|sec reporting|quantitative|rcm|expense|expenses|revenue assurance|\
         recoveries|recovery finance|escrow|invoicing|invoice|debt|equities|derivatives|hedge|hedging|\
         reinsurance|wealth|liquidity|receivables|payables|ledger|gaap|ifrs|sox|trust accounting|crypto trading|\
         rechnungswesen|steuer*|versicherung*|rechnungsprufung|inkasso|zahlungsverkehr|entgeltabrechnung|\
         entgelt|lohnbuchhaltung|vermogensverwaltung|banque|assurance|assurances|fiscalite|recouvrement|\
         tresorerie|paie|finances|financier|financiere|patrimoine|sinistres|banca|finanzas corporativas|\
         impuestos|tributario|tributos|tributaria|nomina|cobranza|cobranca|tesoreria|tesouraria|faturamento|\
         contabil|folha de pagamento|investimentos|inversiones|riscos|riesgos|seguro|bancario|contabilita|\
         finanziario|fatturazione|tributi|assicurazioni|boekhouding|financien|verzekeringen|belasting|regnskab|\
         regnskap|lonn|bokforing|redovisning|baufinanzierung|cfo|rmbs|taxation",
    ),
    (
        Healthcare,
        "nutrition|rehab|pharmacy|psychiatric|clinical|clinic|surgical|veterinary|vet|lactation|medical|patient|\
         hospital|hospice|health|healthcare|care|gesundheit|sante|salud|saude|therapy|dental|telehealth|\
         telemedicine|cardiology|radiology|neurology|dermatology|pediatrics|paediatric|orthopedics|orthopaedic|\
         ophthalmology|anesthesiology|surgery|dialysis|icu|pacu|nicu|ob gyn|gynecology|urology|psychology|\
         psychotherapy|counseling|credentialing|rehabilitation|physiotherapy|medicaid|medicare|immunology|\
         mammography|ultrasound|dermatologic|diabetes|hiv|nhs|homeless|biomedical|menopause|fertility|ivf|\
         krankenpflege|altenpflege|klinik|krankenhaus|medizin|medizinisch*|apotheke|therapie|rettungsdienst|\
         soins|medico social|handicap|psychiatrie|pharmacie|clinique|hopital|enfermeria|clinica|odontologia|\
         hospitalar|hospitalario|salute|sanita|sanitario|zorg|vard|omsorg|sykepleie|psykiatri|ehpad|ssiad|\
         psicologia|veterinar",
    ),
    (
        Hospitality,
        "pantry|hotel|restaurant|kitchen|catering|hospitality|pizza|pastry|food|beverage|culinary|gastronomie|\
         kuche|travel|dining|deli|bakery|banquets|spa|resort|resorts|casino|tourism|lodging|cruise|recreation|\
         restauration|hotellerie|gastronomia|cocina|cozinha|cucina|ristorazione|restaurante|hosteleria|turismo|\
         tourisme|tourismus|reisen|horeca|keuken|restaurang|hotelaria|lanchonete|voyage|voyages|viajes",
    ),
    (
        It,
        "sap|erp|it|systems|helpdesk services|workday|managed services|sharepoint|itsm|itil|vmware|citrix|d365|\
         linux|finops|informatik|informatique|informatica|edv|ti|sistemas|anwendungsbetreuung|ict|redes|cio|jira|plm|\
         network analyst",
    ),
    (
        Legal,
        "licensing|aml|kyc|patent|regulatory|law|recht|juridico|juridique|policy|ethics|contracts|grc|\
         government|federal affairs|global affairs|immigration|trademark|sanctions|paralegal studies|\
         datenschutz|vertragsrecht|juridiques|droit|reglementaire|cumplimiento|regulatorio|regulatorios|derecho|\
         direito|legale|normativa|juridisch|juridisk|governanca|legales|reglementaires|arbeitsrecht",
    ),
    (
        Logistics,
        "logistics|warehouse|purchasing|inventory|shipping|fulfillment|customs|freight|import|export|logistik|\
         einkauf|logistica|logistique|yard|parcel|postal|supply|transport|transportation|distribution|delivery|\
         fleet|lager|materials|sourcing|compras|carrier|fulfilment|material|trucking|hauling|cargo|shipments|\
         receiving|stocking|buying|replenishment|suppliers|depot|airline|dock|picking|packing|\
         distribution centre|courier services|warehousing|transit|versand|spedition|fuhrpark|beschaffung|zoll|\
         wareneingang|warenausgang|supply chain management|achats|entrepot|expedition|livraison|\
         approvisionnement|approvisionnements|transports|logistico|almacenes|bodega|suministro|suministros|\
         abastecimiento|suprimentos|estoque|expedicao|armazem|frota|transporte|transportes|importacion|\
         exportacion|importacao|exportacao|magazzino|acquisti|spedizioni|trasporti|inkoop|magazijn|vervoer|\
         inkop|innkjop|indkob|lagerverksamhet|distribucion|distribuicao|lieferkette|conducteurs",
    ),
    (
        Manufacturing,
        "manufacturing|assembly|production|fertigung|wafer|mold|molding|factory|plant|fabrik|produktion|\
         fabrication|producao|produccion|qc|packaging|deburr|qualidade|calidad|qualite|qualitat|kvalitet|\
         kwaliteit|qualita|operator|operators|inspection|inspections|sterilization|calibration|metrology|gmp|\
         haccp|sanitation production|foundry|machining|welding|weld|soldering|bottling|brewing|extrusion|\
         blending|canning|mill|refinery|mining|cultivation|composites|sterile manufacturing|nde|ndt|\
         qualitatsmanagement|qualitatskontrolle|*produktion|*fertigung|herstellung|usine|atelier|usinage|\
         soudage|industrialisation|conditionnement|fabricacion|manufactura|fabrica|fabricacao|montagem|\
         produzione|stabilimento|lavorazione|assemblaggio|productie|fabriek|tillverkning|produktionen|\
         produksjon|fremstilling|produkcji|produkcja|gyartas|valmistus",
    ),
    (
        Marketing,
        "seo|sem|ppc|communications|lifecycle|marketing|brand|growth|advertising|pr|communication|kommunikation|\
         mercadeo|mercadotecnia|publicidad|publicidade|publicite|content|creative|events|programmatic|audience|\
         copywriting|loyalty|acquisition|abm|crecimiento|ecommerce|e commerce|commerce|event|campaigns|\
         campaigning|personalization|creators|newsletter|advertisement|fan|marcom|marcomms|\
         marketing communication|publicity|retention|werbung|veranstaltung|veranstaltungen|\
         offentlichkeitsarbeit|evenementiel|evenements|eventos|eventi|contenu|conteudo|contenido|medios|\
         comunicacao|comunicacion|comunicazione|marknadsforing|markedsforing|marknad|kommunikasjon|marketing*|\
         communicatie|marque|marca|marcas|divulgacao|cmo|martech",
    ),
    (
        Media,
        "photography|broadcast|film|audio|sound|podcast|news|editorial|media|video|photo|publishing|\
         localisation|translation|interpreting|music|tv|television|theatre|journalism|filming|videos|\
         broadcasting|redaktion|redaction|redaccion|fotografia|traduction|traduccion|traducao|ubersetzung|\
         audiovisuel|audiovisual|imprensa|editorial*|redazione|vertaling",
    ),
    (
        Operations,
        "operations|strategy|operaciones|operacoes|betrieb|drift|operational|process|moderation|escalation|\
         dispute|disputes|processos|procesos|planeamiento|planeacion|planificacion|estrategico|strategie|\
         prozess*|processus|strategisk|bedrijfsvoering|nachhaltigkeit|sostenibilidad|sustentabilidade|\
         operazioni|ceo|coo|vd|quality",
    ),
    (
        People,
        "hrbp|compensation|benefits|talent|people|workforce hiring|hiring|rh|personalwesen|culture|hcm|dei|\
         staffing|rewards|belonging|rekrutierung|personalabteilung|recrutement|recrutamento|reclutamiento|rrhh|\
         rekrytering|rekruttering|remuneracao|remuneracion|talento|werving|rekrutacja|capital humano|\
         talentmanagement",
    ),
    (Product, "product|produkt|produto|producto|produit|prodotto|productos|produits|produkte|producten|productization"),
    (ProjectManagement, "project|projects|program|programs|projetos|proyectos|projets|projekte|programmes|scrum"),
    (
        Research,
        "laboratory|bioinformatics|research|science|forschung|recherche|investigacion|pesquisa|lab|biology|\
         chemistry|pharmacology|assay|antibody|bioanalytical|proteomics|microbiology|physics|formulation|\
         bioprocess|biotech|immunoassay|agronomy|geology|ecology|laboratories|laboratoire|laboratorio|\
         wissenschaft|wissenschaftlich*|quimica|biologie|chemie|physik|ricerca|onderzoek|forskning|tutkimus|\
         laboratorium|environnement|biologia",
    ),
    (
        Retail,
        "retail|merchandising|store|stores|grocery|shop|counter staff|merchandise|boutique|dispensary|\
         supermarket|checkout|einzelhandel|filiale|magasin|boutiques|caisse|rayon|tienda|tiendas|loja|lojas|\
         varejo|negozio|punto vendita|winkel|detailhandel|butikk|supermercado|sklep",
    ),
    (
        Sales,
        "commercial|ventes|sales|revenue|gtm|partnerships|partnership|alliances|partnerskap|vente|forsaljning|\
         verkoop|vendite|verkauf|business developer|customers|commercials|territory|enablement|account|deal|\
         proposal|prospecting|quotes|quotation|bids|bid|tender|tenders|pursuits|leasing|rental|brokerage|dealer|\
         dealers|franchise|accounts management|lead gen|channels|salg|comercializacion|atacado|myynti|sprzedaz|\
         innendienst|kundenakquise|cro",
    ),
    (
        Security,
        "vulnerability|security|seguridad|seguranca|securite|sicherheit|fraud|safety|cyber|threat|threats|ehs|\
         hse|iam|forensics|forensic|patrol|guarding|osint|sigint|geoint|pentest|rmf|arbeitssicherheit|\
         informationssicherheit|itsicherheit|surete|cybersecurite|ciberseguranca|sicurezza|sakerhet|sikkerhed|\
         sikkerhet|veiligheid|fraude|vigilancia|fraudes|investigations",
    ),
    (
        Support,
        "support|service|servico|success support|complaints|complaint|helpdesk support|warranty|kundenbeziehung|\
         clientele|reclamations|atendimento|atencion|reclamaciones|assistenza|clienti|klantcontact|klanten|\
         kundsupport",
    ),
];
