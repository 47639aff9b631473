//! The names of roles, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Construction, Consulting, CustomerSuccess, Data, Design, Education, Engineering, Finance,
    Healthcare, Hospitality, It, Legal, Logistics, Manufacturing, Marketing, Media, Operations, People, Product,
    ProjectManagement, Research, Retail, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Names of several words, which say most.
pub(super) const ROLES: &[(JobFunction, &str)] = &[
    (
        Administration,
        "executive assistant|administrative assistant|personal assistant|office manager|office coordinator|\
         office assistant|office administrator|administrative coordinator|administrator assistant|\
         document controller|data entry|business support|executive business partner|office management|\
         assistante de direction|assistant de direction|assistante administrative|assistant administratif|\
         asistente administrativo|auxiliar administrativo|auxiliar administrativa|assistente administrativo|\
         assistente administrativa|analista administrativo|kaufmann fur buromanagement|front desk|\
         facilities coordinator|workplace coordinator|chief of staff|office administration|admin assistant|\
         administrative officer|executive support|team assistant",
    ),
    (
        Construction,
        "hvac technician|hvac installer|hvac service|construction manager|construction superintendent|\
         maintenance technician|maintenance mechanic|maintenance manager|maintenance worker|facilities technician|\
         facilities manager|facility manager|facilities engineer|building engineer|building maintenance|\
         diesel technician|automotive technician|service technician|field service technician|field technician|\
         installation technician|line worker|quantity surveyor|architect landscape|heavy equipment operator|\
         equipment operator|crane operator|kfz mechatroniker|technicien de maintenance|conducteur de travaux|\
         tecnico de manutencao|auxiliar de limpeza|agent d entretien|property manager|solar installer|\
         bus mechanic|property maintenance|environmental services|technische dienst|equipment technician|\
         make ready technician|reliability technician",
    ),
    (
        Consulting,
        "management consultant|strategy consultant|value consultant|business consultant|consulting manager|\
         consulting director|engagement manager|senior consultant|associate consultant|principal consultant|\
         strategy consulting",
    ),
    (
        CustomerSuccess,
        "client services|client experience|succes client|customer success|client success|\
         technical account manager|customer success manager|customer success engineer|customer onboarding|\
         onboarding specialist|implementation manager|implementation specialist|implementation consultant|\
         customer experience manager|customer engagement manager|client services manager|client service manager|\
         sucesso do cliente|exito del cliente|reussite client|renewals manager|renewal manager|customer advocate|\
         customer outcomes|member success|dealer success|developer success|merchant success|partner success",
    ),
    (
        Data,
        "reporting analyst|gis analyst|geospatial analyst|data labeler|data capture|data engineer|data engineers|\
         data engineering|data scientist|data scientists|data science|data analyst|data analysts|data analytics|\
         data architect|data platform manager|data modeler|analytics engineer|analytics engineering|\
         analytics manager|business intelligence|bi developer|bi analyst|bi engineer|product analyst|\
         marketing analytics|people analytics|quantitative analyst|data steward|data governance|data strategy|\
         data management|data annotator|data labeling|data quality|cientista de dados|engenheiro de dados|\
         analista de dados|analista de datos|cientifico de datos|ingeniero de datos|ingenieur data|\
         ingenieure data|analyste de donnees|data warehouse|decision scientist|insights analyst|web analytics|\
         ai trainer|data entry analyst|ai scientist|ml scientist|machine learning scientist|research data analyst|\
         crm analyst|data intern|growth analyst|pricing scientist|fraud data scientist|marketing analyst|\
         marketing data analyst|artificial intelligence",
    ),
    (
        Design,
        "production artworker|production artist|product designer|product design|ux designer|ui designer|\
         ux researcher|user researcher|graphic designer|graphic design|visual designer|interaction designer|\
         brand designer|content designer|creative director|art director|design system|design systems|\
         user experience|ux writer|motion designer|motion graphics|industrial designer|interior designer|\
         fashion designer|3d artist|game designer|level designer|environment artist|concept artist|\
         technical artist|creative designer|creative lead|service designer|web designer|floral designer|\
         design director|design manager|head of design|design lead",
    ),
    (
        Education,
        "student success|school principal|instructional designer|instructional design|teaching assistant|\
         education specialist|early childhood|child care|academic advisor|substitute teacher|swim coach|\
         coach academy|learning designer|training specialist|head teacher|school counselor|tutor coordinator|\
         course instructor|academic coach|instructional aide|technical trainer|training manager|sales trainer|\
         assistant principal|vice principal|deputy principal|head of school|principal in residence|\
         swim instructor|ski instructor|charge de formation|responsable formation",
    ),
    (
        Engineering,
        "automation technician|satellite operator|software engineer|software engineers|software engineering|\
         software developer|software development|software developers|web developer|web development|\
         frontend engineer|front end engineer|frontend developer|front end developer|backend engineer|\
         back end engineer|backend developer|full stack|machine learning engineer|machine learning|ml engineer|\
         ai engineer|ai engineers|devops engineer|site reliability|solutions architect|solution architect|\
         software architect|cloud engineer|cloud architect|platform engineer|infrastructure engineer|\
         systems engineer|system engineer|network engineer|network architect|qa engineer|qa automation|\
         test engineer|test automation|quality engineer|quality assurance engineer|mechanical engineer|\
         electrical engineer|civil engineer|structural engineer|hardware engineer|mechanical designer|\
         electrical designer|design engineer|design verification|process engineer|project engineer|field engineer|\
         product engineer|product development engineer|research engineer|engineering manager|engineering director|\
         director of engineering|head of engineering|vp of engineering|vp engineering|forward deployed engineer|\
         implementation engineer|integration engineer|field service engineer|maintenance engineer|\
         data center technician|data center engineer|data centre|computer vision|android developer|ios developer|\
         mobile developer|game developer|technical lead|tech lead|engineering technician|developpeur full stack|\
         pessoa desenvolvedora|pessoa engenheira|architecte logiciel|webflow developer|ai developer|\
         salesforce developer|quality assurance|qa analyst|qa tester|chief technology officer|chief architect|\
         enterprise architect|technical architect|member of technical staff|qa lead|test lead|engineering intern|\
         engineering lead|controls engineer|automation engineer|validation engineer|application engineer|\
         applications engineer|reliability engineer|simulation engineer|software intern|\
         software engineering intern|web engineer|growth engineer|security software engineer|technical staff|\
         test technician|structural analyst|guidance navigation|quality engineering|test analyst|c++|\
         application developer|qa leader|test manager|ingenieur d etudes|bureau d etudes",
    ),
    (
        Finance,
        "claims adjuster|capital markets|investor services|gestionnaire sinistres|collections manager|\
         portfolio analyst|insurance producer|finance systems|financial analyst|finance manager|finance director|\
         fp a|financial planning|accounting manager|staff accountant|accounts payable|accounts receivable|\
         tax manager|tax analyst|internal audit|internal auditor|external audit|investment banking|\
         investment analyst|investment associate|financial advisor|financial adviser|financial controller|\
         credit analyst|credit risk|risk analyst|risk manager|pricing analyst|procure to pay|investor relations|\
         revenue accountant|fund accountant|fund accounting|private equity|wealth management|loan officer|\
         collections specialist|finance analyst|assessoria de investimentos|analista financeiro|\
         analista financiero|analista contabil|analista de cobranca|controleur de gestion|financial consultant|\
         personal banker|bank teller|quantitative trader|equity research|financial systems|\
         quantitative researcher|strategic finance|corporate development|mergers and acquisitions|\
         financial services representative|cost accountant|credit manager|portfolio manager|analise de credito|\
         asset manager|investment manager|hedge fund|venture capital|financial reporting|revenue accounting|\
         financial services associate|billing specialist|billing analyst|payroll specialist|payroll manager|\
         claims specialist|claims analyst|claims manager|treasury analyst|treasury manager|fund manager|\
         loan processor|analista contable|analyste financier|gestionnaire de paie|charge de recouvrement|\
         chargee de recouvrement|m a integration",
    ),
    (
        Healthcare,
        "advanced practice provider|mental health|health information|physical therapy|registered nurse|\
         licensed practical nurse|nurse practitioner|physician assistant|physical therapist|\
         occupational therapist|speech language pathologist|speech therapist|respiratory therapist|\
         radiologic technologist|medical assistant|medical director|dental assistant|dental hygienist|\
         pharmacy technician|home health aide|home health|personal care|direct support professional|\
         behavior technician|behavioral health|behavior analyst|patient care|patient access|\
         ultrasound technologist|care coordinator|case worker|social worker|social work|health coach|home care|\
         care assistant|care worker|support worker|aide soignant|aide soignante|aide a domicile|auxiliaire de vie|\
         assistant de vie|assistante de vie|aide a la personne|a la personne|sage femme|tecnico de enfermagem|\
         medical affairs|behavioral specialist|case manager|case management|care manager|\
         clinical research associate|clinical research coordinator|medical science liaison|pharmacy tech|\
         clinical specialist|nurse manager|home care aide|treatment coordinator|ultrasound technician|\
         peer support|peer specialist|assistants de vie|auxiliaire de soins|aide aux personnes agees|\
         auxiliar de enfermagem|auxiliar de enfermeria|direct care|field medical|sozialarbeiter|\
         travailleur social|trabajador social|assistente social|ob gyn",
    ),
    (
        Hospitality,
        "valet attendant|flex valet|sous chef|line cook|restaurant manager|food service|food and beverage|\
         food beverage|guest service|guest services|guest relations|crew member|team member restaurant|\
         room attendant|commis de cuisine|chef de partie|chef de rang|femme de chambre|valet de chambre|\
         travel agent|flight attendant|cabin crew|front office hotel|food runner|kitchen manager|kitchen porter|\
         catering assistant|catering manager|hotel manager|guest experience|tour guide|travel consultant|\
         event server|restaurant general manager|lift operator|front of house|back of house|auxiliar de cozinha|\
         ayudante de cocina",
    ),
    (
        It,
        "it support|it specialist|it manager|it administrator|it technician|it engineer|it director|it operations|\
         it generalist|it analyst|it service|it infrastructure|it systems|it project|it business|help desk|\
         service desk|desktop support|systems administrator|system administrator|network administrator|\
         database administrator|salesforce administrator|information technology|information systems|\
         systems analyst|system analyst|workday analyst|netsuite administrator|analista de sistemas|\
         technicien informatique|enterprise applications|business applications|business systems|\
         end user computing|it consultant|collaboration engineer|it intern|it lead|it support engineer|\
         network technician|head of it|sap consultant|erp consultant|administrateur systeme|\
         administrador de sistemas",
    ),
    (
        Legal,
        "rights management|general counsel|legal counsel|corporate counsel|legal assistant|legal support|\
         legal operations|compliance officer|compliance analyst|compliance manager|compliance specialist|\
         vendor compliance|regulatory affairs|privacy counsel|contracts manager|contract manager|\
         contract administrator|contracts administrator|data protection officer|privacy manager|public policy|\
         government affairs|policy manager|anti money laundering|financial crime|commercial counsel|\
         product counsel|ip counsel|corporate secretary|legal secretary|trade compliance|legal intern|law clerk",
    ),
    (
        Logistics,
        "supply chain|supply manager|forklift operator|delivery driver|truck driver|sourcing manager|\
         strategic sourcing|material handler|material planner|materials manager|demand planner|demand planning|\
         distribution center|order picker|fleet manager|fachkraft fur lagerlogistik|lkw fahrer|chauffeur livreur|\
         supply planner|production planner|vendor manager|category buyer|cdl a|delivery associate|\
         warehouse associate|warehouse manager|warehouse operator|warehouse worker|supply chain manager|\
         logistics coordinator|logistics manager|inventory specialist|procurement manager|procurement specialist|\
         category manager|forklift driver|delivery partner|warehouse operative|atendimento logistico|\
         auxiliar de logistica|auxiliar logistico|operador logistico|operador de logistica|agent logistique|\
         preparateur de commandes|reach truck operator|inventory control|auxiliar de atendimento logistico",
    ),
    (
        Manufacturing,
        "manufacturing engineer|manufacturing engineering|manufacturing technician|production operator|\
         production associate|production manager|production supervisor|production technician|production worker|\
         machine operator|quality control|quality inspector|quality technician|quality assurance technician|\
         process technician|press operator|tool and die|maintenance planner|packaging operator|process operator|\
         plant manager|plant operator|chemical operator|food production|operateur de production|\
         operador de produccion|operador de producao|auxiliar de producao|operatore di produzione|\
         lean manufacturing|painter production|coating technician|production planner assistant|\
         manufacturing associate|manufacturing operator|manufacturing manager|manufacturing supervisor|\
         qa inspector|assembly technician|assembly operator|weld technician|operador de maquinas|\
         operador de maquina|operario de produccion|agent de production|conducteur de ligne|sanitation associate|\
         canning operator",
    ),
    (
        Marketing,
        "user acquisition|campaign strategist|visual manager|product marketing|growth marketing|content marketing|\
         brand manager|brand marketing|performance marketing|digital marketing|marketing manager|\
         marketing operations|field marketing|social media|community manager|public relations|paid media|\
         paid search|paid social|ad operations|ads operations|content specialist|content strategist|\
         content manager|email marketing|demand generation|demand gen|event manager|events manager|\
         event marketing|brand ambassador|marketing specialist|partner marketing|customer marketing|\
         growth manager|head of growth|growth strategist|crm manager|media planner|planificador de medios|\
         media buyer|campaign manager|public affairs|press officer|trade marketing|marketing coordinator|\
         marketing director|ad ops|media manager|brand strategist|creative strategist|marketing intern|\
         marketing associate|marketing assistant|marketing analyst lead|brand designer lead|pr manager|\
         communications manager|communications specialist|head of marketing|marketing lead|seo specialist|\
         seo manager|event coordinator|events coordinator|event planner|social media manager|\
         marketing communications|charge de communication|chargee de communication|google ads manager",
    ),
    (
        Media,
        "lesson editor|voice acting|video editor|technical writer|content creator|content producer|\
         localization specialist|photo editor|content editor|managing editor|video producer|revisor de texto",
    ),
    (
        Operations,
        "strategic initiatives|analista de negocios|business operations|operations manager|ops manager|\
         operations associate|operations analyst|operations director|operations coordinator|operations lead|\
         operations specialist|operations supervisor|chief operating officer|chief operation officer|\
         head of operations|director of operations|strategy and operations|strategy operations|business analyst|\
         process manager|process improvement|operational excellence|continuous improvement|general manager|\
         branch manager|site manager|chief executive officer|revenue strategy|city manager|biz ops|\
         business process|fleet operations|launch operations|sport workforce|workforce planning|\
         workforce management|head of strategy|chief executive|site lead|country manager|operations intern|\
         area manager|regional manager|district manager|managing director|business manager|general director|\
         business intern|country lead|country head|country director|head of country|business transformation",
    ),
    (
        People,
        "recruiting ops|recruiting operations|recruiting specialist|human resources|people operations|\
         people partner|people coordinator|talent acquisition|talent partner|talent business partner|\
         talent consultant|talent specialist|talent manager|talent sourcer|recruiting coordinator|\
         technical recruiter|recruitment consultant|technical sourcer|people business partner|people team|\
         chief people officer|head of people|people manager|people director|total rewards|\
         learning and development|learning development|employee relations|employee experience|talent development|\
         talent management|organizational development|recursos humanos|ressources humaines|charge de recrutement|\
         chargee de recrutement|risorse umane|people culture|people and culture|workplace experience|\
         people generalist|people ops|hr business partner|hr manager|hr generalist|hr coordinator|hr assistant|\
         hr director|hr administrator|payroll and hr|people analyst|compensation business partner|\
         talent attraction|compensation analyst|benefits manager|analista de rh|asistente de rh|charge de rh|\
         assistant rh|gestor de personas",
    ),
    (
        Product,
        "product manager|product managers|product management|product owner|product owners|product lead|\
         product director|head of product|chief product officer|vp of product|vp product|product operations|\
         product strategy|product associate|product specialist|product analyst associate|director of product|\
         director product|gerente de produto|product strategist|chef de produit|chief product|\
         technical product manager|product partner",
    ),
    (
        ProjectManagement,
        "project manager|project managers|project management|project coordinator|project lead|project director|\
         project administrator|project controls|program manager|programme manager|program managers|\
         program management|program coordinator|program lead|program director|technical program manager|\
         scrum master|agile coach|delivery manager|chef de projet|cheffe de projet|gerente de projetos|\
         gestor de projetos|analista de projetos|jefe de proyecto|project officer|programme coordinator|\
         release manager|release train engineer|project planner|project scheduler|e projetos|programme director|\
         programme lead|project assistant|chargee de projet|charge de projet|chargee de projets|charge de projets|\
         coordinador de proyectos|coordenador de projetos|analista de proyectos|gestionnaire de projet|\
         gestionnaire de projets|gestion de projet",
    ),
    (
        Research,
        "research scientist|research engineer scientist|research associate|research fellow|research assistant|\
         research intern|research manager|research director|research analyst academic|principal investigator|\
         postdoctoral fellow|lab technician|laboratory technician|lab manager|market research|clinical research|\
         wissenschaftlicher mitarbeiter|wissenschaftliche mitarbeiterin|r d|applied scientist|user research|\
         clinical scientist",
    ),
    (
        Retail,
        "floor lead|floor leader|seasonal associate|shift lead|team leader retail|store manager|store associate|\
         store supervisor|store leader|assistant store manager|sales associate|sales associates|retail associate|\
         retail sales|visual merchandiser|visual merchandising|stock associate|key holder|shop assistant|\
         shop manager|beauty advisor|team member|conseiller de vente|conseillere de vente|responsable de magasin|\
         vendedor de loja|atendente de loja|operador de caixa|addetto vendite|floor manager|retail manager|\
         retail assistant|retail supervisor|store clerk|shop supervisor|sales advisor retail|optical keyholder",
    ),
    (
        Sales,
        "account development|sales trader|development representative|enterprise development representative|\
         solutions consultant|solution consultant|value engineering|franchise manager|account executive|\
         account executives|account manager|accounts manager|account management|account director|sales engineer|\
         sales engineering|sales engineers|solution engineer sales|pre sales|business development|\
         sales development|sales operations|sales ops|revenue operations|client partner|insurance agent|\
         sales representative|sales executive|sales manager|inside sales|outside sales|field sales|\
         sales associate director|sales consultant|sales specialist|channel manager|partner manager|\
         alliance manager|real estate agent|deal desk|key account|key accounts|leasing consultant|leasing agent|\
         mortgage loan officer|sales enablement|sales programs|executivo de contas|ejecutivo de cuentas|\
         account strategist|relationship manager|sales director|customer engineer sales|partner account manager|\
         account specialist|partnerships manager|partnerships director|partnership manager|strategic partnerships|\
         head of partnerships|sales operations analyst|gestionnaire de comptes|account coordinator|channel sales|\
         partner acquisition|partner development|partner lead|partner executive|partner relations|\
         partner specialist|partner technical manager|strategic partner manager|client executive|\
         alliance director|alliances director|alliance lead|channel development|channel development specialist|\
         bd manager|bd director|head of outbound|relationship management|dealer development|sales coordinator|\
         sales assistant|sales support|territory manager|charge d affaires|chargee d affaires|\
         ingenieur commercial|attache commercial|gerente de negocios|executivo de negocios|ejecutivo comercial|\
         asesor comercial|asesor de ventas|representante de vendas|representante de ventas|consultor comercial|\
         sales leader",
    ),
    (
        Security,
        "security engineer|security engineering|security architect|security analyst|security operations|\
         information security|cyber security|application security|product security|cloud security|\
         network security|security researcher|security consultant|security officer|security guard|\
         security incident|offensive security|penetration tester|red team|threat intelligence|threat hunter|\
         soc analyst|incident responder|detection engineer|security specialist|security manager|it security|\
         identity and access management|iam engineer|trust and safety|agent de securite|loss prevention|\
         fraud analyst|fraud investigator|surveillance officer|safety manager|safety specialist|ehs manager|\
         ehs specialist|environmental health|health and safety|health safety|executive protection|\
         information assurance|security lead|chief information security officer|protective intelligence|\
         threat analyst",
    ),
    (
        Support,
        "customer support|customer service|customer care|technical support|product support|support engineer|\
         support engineers|support engineering|support specialist|support agent|support representative|\
         support manager|support analyst|support technician|service client|servicio al cliente|\
         atencion al cliente|atendimento ao cliente|call center|contact center|call centre|contact centre|\
         member services|client services representative|service advisor|customer experience|player support|\
         analista de suporte|assistenza clienti|servizio clienti|community support|customer happiness|\
         customer advisor|member experience|consumer experience|guest support|auxiliar de atendimento|\
         agente de atendimento|supervisor de atendimento|assistente de atendimento|analista de atendimento|\
         charge de clientele|chargee de clientele|conseiller clientele|conseillere clientele|support lead|\
         support advisor",
    ),
];
