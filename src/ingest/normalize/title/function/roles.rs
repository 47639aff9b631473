//! The names of roles, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Consulting, CustomerSuccess, Data, Design, Engineering, Finance, It, Legal, Marketing, Media,
    Operations, People, Product, ProjectManagement, Research, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Names of several words, which say most.
pub(super) const ROLES: &[(JobFunction, &str)] = &[
    (
        Administration,
        "executive assistant|administrative assistant|personal assistant|office manager|office coordinator|\
         office assistant|office administrator|administrative coordinator|administrator assistant|document controller|\
         data entry|business support|executive business partner|office management|assistante de direction|\
         assistant de direction|assistante administrative|assistant administratif|asistente administrativo|\
         auxiliar administrativo|auxiliar administrativa|assistente administrativo|assistente administrativa|\
         analista administrativo|kaufmann fur buromanagement|front desk|facilities coordinator|workplace coordinator|\
         chief of staff|office administration|admin assistant|administrative officer|health information|\
         medical records|executive support|team assistant|document control|document scanner|records manager|\
         patient scheduler assistant|executive coordinator|virtual assistant|ea to ceo|ea to the ceo|general affairs|\
         front office manager medical|word processor|departmental assistant|department assistant|program assistant|\
         reception manager|facilities assistant|mailroom|office support|workspace assistant|workspace coordinator",
    ),
    (
        Consulting,
        "management consultant|strategy consultant|value consultant|business consultant|consulting manager|\
         consulting director|engagement manager|senior consultant|associate consultant|principal consultant|\
         strategy consulting|delivery consultant|consulting practice",
    ),
    (
        CustomerSuccess,
        "client services|client experience|succes client|customer success|client success|\
         technical account manager|customer success manager|customer success engineer|customer onboarding|\
         onboarding specialist|implementation manager|implementation specialist|implementation consultant|\
         customer experience manager|customer engagement manager|client services manager|client service manager|\
         sucesso do cliente|exito del cliente|reussite client|renewals manager|renewal manager|\
         customer advocate|customer outcomes|member success|dealer success|developer success|merchant success|\
         partner success|client integration|trial success|portfolio success manager|technical success manager|\
         success associate|success specialist|success lead|success director|director of success|head of success|\
         success coordinator|deployment manager|customer relationship manager|client relationship specialist|\
         retention representative|implementation engineer customer|client delivery|success manager|\
         technical account management",
    ),
    (
        Data,
        "reporting analyst|gis analyst|geospatial analyst|data labeler|data capture|data engineer|\
         data engineers|data engineering|data scientist|data scientists|data science|data analyst|data analysts|\
         data analytics|data architect|data platform manager|data modeler|analytics engineer|\
         analytics engineering|analytics manager|business intelligence|bi developer|bi analyst|bi engineer|\
         product analyst|marketing analytics|people analytics|quantitative analyst|data steward|data governance|\
         data strategy|data management|data annotator|data labeling|data quality|cientista de dados|\
         engenheiro de dados|analista de dados|analista de datos|cientifico de datos|ingeniero de datos|\
         ingenieur data|ingenieure data|analyste de donnees|data warehouse|decision scientist|insights analyst|\
         web analytics|ai trainer|data entry analyst|ai scientist|ml scientist|\
         machine learning science|machine learning scientist|\
         research data analyst|crm analyst|data intern|growth analyst|pricing scientist|fraud data scientist|\
         marketing analyst|marketing data analyst|artificial intelligence|data product manager data|\
         imagery analyst data|mapping analyst|gis developer|insight analyst|web analyst|prompt engineer|\
         sports analyst|decision analyst|clinical data analyst|media analytics|commercial analytics",
    ),
    (
        Design,
        "production artworker|production artist|product designer|ux designer|ui designer|graphic designer|\
         visual designer|interaction designer|brand designer|content designer|creative director|art director|\
         ux writer|motion designer|industrial designer|interior designer|fashion designer|3d artist|\
         game designer|level designer|environment artist|concept artist|technical artist|creative designer|\
         creative lead|service designer|web designer|floral designer|design director|design manager|\
         head of design|design lead|head of product design|director of product design|vp of product design|\
         vp product design|director product design|model maker|environment modeler|3d modeler|3d modeller|\
         3d generalist|creative technologist|creative associate director|creative intern|pattern maker|\
         patternmaker|design researcher lead|design technologist|presentation specialist|artistic director|\
         cad designer interior|desktop publisher|ux architect|user researcher|ux researcher|matte painter",
    ),
    (
        Engineering,
        "automation technician|satellite operator|software engineer|software engineers|software engineering|\
         software developer|software development|software developers|web developer|web development|\
         frontend engineer|front end engineer|frontend developer|front end developer|backend engineer|\
         back end engineer|backend developer|full stack|machine learning engineer|ml engineer|ai engineer|\
         ai engineers|devops engineer|site reliability|solutions architect|solution architect|\
         software architect|cloud engineer|cloud architect|platform engineer|infrastructure engineer|\
         systems engineer|system engineer|network engineer|network architect|qa engineer|qa automation|\
         test engineer|test automation|quality engineer|quality assurance engineer|mechanical engineer|\
         electrical engineer|civil engineer|structural engineer|hardware engineer|mechanical designer|\
         electrical designer|design engineer|design verification|process engineer|project engineer|\
         field engineer|product engineer|product development engineer|research engineer|ai research engineer|\
         ml research engineer|machine learning research engineer|engineering manager|engineering director|\
         director of engineering|head of engineering|vp of engineering|vp engineering|forward deployed engineer|\
         implementation engineer|integration engineer|field service engineer|maintenance engineer|\
         data center technician|data center engineer|data centre|android developer|ios developer|\
         mobile developer|game developer|technical lead|tech lead|engineering technician|developpeur full stack|\
         pessoa desenvolvedora|pessoa engenheira|architecte logiciel|webflow developer|ai developer|\
         salesforce developer|qa analyst|qa tester|chief technology officer|chief architect|\
         enterprise architect|technical architect|member of technical staff|qa lead|test lead|\
         engineering intern|engineering lead|controls engineer|automation engineer|validation engineer|\
         application engineer|applications engineer|reliability engineer|simulation engineer|software intern|\
         software engineering intern|web engineer|growth engineer|security software engineer|technical staff|\
         test technician|structural analyst|guidance navigation|quality engineering|test analyst|c++|\
         manufacturing engineer|manufacturing engineering|device driver|device drivers|\
         head of product engineering|director of product engineering|vp of product engineering|\
         solution architecture|systems architecture|cloudops|cloud ops|test operator|engineering program lead|\
         application development|cloud specialist|cloud consultant|cloud lead|site autonomy|system integrator|\
         systems integration|robotic technician|instrumentation technician|electromechanical technician|\
         rf technician|lab technician electronics|prototype technician|r d technician|test coordinator|\
         qa manager|qa director|qa technician|qa intern|qa consultant|playtester|technical architecture|\
         technical program lead|cad designer|plumbing designer|pcb designer|mask designer|rtl designer|\
         asic designer|ic design|ic designer|circuit designer|circuit design|chip designer|piping designer|\
         civil designer|mixed signal|signal integrity|stress analyst|loads analyst|thermal analyst|\
         network planner|telecommunications technician|network designer|rf designer|spacecraft operator|\
         combustion devices|engine technician test|water resources|urban planner|urban designer|\
         transportation planner|web master|technical co founder|technical evangelist|simulation specialist|\
         data center technicians|data hall technician|application developer|ingenieur d etudes|qa leader|\
         test manager|radio frequency|physical design|nuclear engineering|r d engineer|r d engineers|\
         loads dynamics|product design engineer|civil 3d designer",
    ),
    (
        Finance,
        "claims adjuster|gestionnaire sinistres|collections manager|portfolio analyst|financial analyst|\
         finance manager|finance director|accounting manager|staff accountant|tax manager|tax analyst|\
         internal auditor|investment analyst|investment associate|financial advisor|financial adviser|\
         financial controller|credit analyst|risk analyst|risk manager|pricing analyst|revenue accountant|\
         fund accountant|loan officer|collections specialist|finance analyst|assessoria de investimentos|\
         analista financeiro|analista financiero|analista contabil|analista de cobranca|controleur de gestion|\
         financial consultant|personal banker|bank teller|quantitative trader|financial services representative|\
         cost accountant|credit manager|portfolio manager|analise de credito|asset manager|investment manager|\
         financial services associate|billing specialist|billing analyst|payroll specialist|payroll manager|\
         claims specialist|claims analyst|claims manager|treasury analyst|treasury manager|\
         mortgage loan officer|quantitative developer|record to report|source to pay|tax compliance|\
         payment specialist|payments analyst|payments manager|financial engineer|financial reporting|\
         collection specialist|collection officer|collection manager|loan closer|title officer|title examiner|\
         title agent|home equity|post closing|wealth planner|trust officer|trust administrator|equity analyst|\
         portfolio associate|portfolio optimization|portfolio operations|portfolio administrator|\
         portfolio director|asset and liability management|asset liability management|operational risk|\
         insurance broker|claim specialist|reserving analyst|revenue cycle|capital formation|corporate ratings|\
         corporates ratings|transaction services|transaction advisory|deals analyst|internal controls|\
         internal control|equity administrator|loss forecasting|stress testing|procurement to pay|\
         economic analyst|quant developer|valuation|trust associate|legal billing|analista contable|\
         analyste financier|charge de recouvrement|chargee de recouvrement|fund manager|gestionnaire de paie|\
         loan processor|m a integration|investor reporting|financial planner",
    ),
    (
        It,
        "it support|it specialist|it manager|it administrator|it technician|it engineer|it director|it operations|\
         it generalist|it analyst|it service|it infrastructure|it systems|it project|it business|help desk|\
         service desk|desktop support|systems administrator|system administrator|network administrator|\
         database administrator|salesforce administrator|information technology|information systems|systems analyst|\
         system analyst|workday analyst|netsuite administrator|analista de sistemas|technicien informatique|\
         enterprise applications|business applications|business systems|end user computing|it consultant|\
         collaboration engineer|it intern|it lead|it support engineer|network technician|head of it|sap consultant|\
         erp consultant|chief digital officer|server administrator|windows administrator|oracle dba|sql dba|\
         database administrators|desktop technician|desktop analyst|endpoint administrator|it procurement|it architect|\
         noc technician|noc operator|noc team lead|network support|computer technician|computer operator|\
         computer support|application analyst|applications analyst|application specialist|application manager|\
         applications manager|application management|applications management|applications specialist|\
         applications administrator|crm administrator|functional consultant|sap architect|oracle consultant|\
         oracle functional|salesforce manager|servicenow architect|dynamics 365 consultant|m365 administrator|\
         workday engineer|system support|system manager|system technician|system operator|system admin|sys admin|\
         incident manager|problem manager|configuration management|configuration analyst|telecom analyst|\
         collaboration specialist|digital workplace|plm specialist|epic analyst|ehr analyst|virtualization engineer|\
         storage administrator|backup administrator|vmware engineer|mainframe operator|active directory|\
         servicenow engineer|servicenow developer|administrador de sistemas|network operations|\
         desktop technical support|jira administrator|plm administrator|application administrator|workplace technology",
    ),
    (
        Legal,
        "rights management|general counsel|legal counsel|corporate counsel|legal assistant|legal support|\
         legal operations|compliance officer|compliance analyst|compliance manager|compliance specialist|\
         vendor compliance|regulatory affairs|privacy counsel|contracts manager|contract manager|\
         contract administrator|contracts administrator|data protection officer|privacy manager|public policy|\
         government affairs|policy manager|anti money laundering|financial crime|commercial counsel|\
         product counsel|ip counsel|corporate secretary|legal secretary|trade compliance|legal intern|law clerk|\
         legal researcher|corporate associate|1l summer associate|2l summer associate|patent engineer|\
         judicial assistant|court clerk|deputy clerk|compliance auditor|legislative|contract analyst|\
         contract negotiator|subcontracts manager|subcontract administrator|public defender|e discovery|\
         ediscovery|customer due diligence",
    ),
    (
        Marketing,
        "user acquisition|campaign strategist|product marketing|growth marketing|content marketing|brand manager|\
         brand marketing|performance marketing|digital marketing|digital media|marketing manager|marketing operations|\
         field marketing|social media|community manager|public relations|paid media|paid search|paid social|\
         ad operations|ads operations|content specialist|content strategist|content manager|email marketing|\
         demand generation|demand gen|event manager|events manager|event marketing|brand ambassador|\
         marketing specialist|partner marketing|customer marketing|growth manager|head of growth|growth strategist|\
         crm manager|media planner|planificador de medios|media buyer|campaign manager|public affairs|press officer|\
         trade marketing|marketing coordinator|marketing director|ad ops|media manager|brand strategist|\
         creative strategist|marketing intern|marketing associate|marketing assistant|marketing analyst lead|\
         brand designer lead|pr manager|communications manager|communications specialist|head of marketing|\
         marketing lead|seo specialist|seo manager|head of product marketing|director of product marketing|\
         vp of product marketing|vp product marketing|director product marketing|event planner|conference coordinator|\
         trade show|tradeshow|street team|promotional model|product demonstrator|campaign specialist|\
         campaign coordinator|campaign executive|campaign analyst|campaign director|campaign lead|\
         marketing technologist|marketing producer|affiliate manager|creator management|creator outreach|\
         creator relations|paid performance|google ads|search manager|search director|search strategist|\
         search executive|search optimization|social manager|social director|social strategist|social analyst|\
         social lead|social executive|social producer|social messaging|manager social|director social|\
         community specialist|community coordinator|community outreach|community intern|community ambassador|\
         community builder|engagement ambassador|corporate relations|external relations|media trader|adops|\
         ad trafficker|ads specialist|digital director|digital manager|digital strategist|digital lead|\
         digital executive|digital coordinator|digital associate|digital buyer|digital merchandiser|head of digital|\
         communications planner|connections planner|connections manager|comms planner|comms manager|press secretary|\
         spokesperson|copy director|copy lead|email manager|crm specialist|crm lead|crm executive|crm associate|\
         crm coordinator|crm director|head of crm|conversion rate|cro specialist|conversion specialist|seo writer|\
         organic search|organic discovery|web manager|web producer|website manager|web properties|\
         marketplace specialist|marketplace coordinator|amazon specialist|amazon marketplace|alumni engagement|\
         donor relations|strategist planning|account planner|visual manager|charge de communication|\
         chargee de communication|event coordinator|events coordinator|google ads manager|marketing communications|\
         social media manager|verbal identity|product communications|outreach manager|marketing planner",
    ),
    (
        Media,
        "lesson editor|voice acting|video editor|technical writer|content creator|content producer|\
         localization specialist|photo editor|content editor|managing editor|video producer|revisor de texto|\
         technical communicator|technical author|documentation manager|medical writing|tv host|podcast host|\
         show host|live host|multimedia specialist|camera operator|camera assistant|sound engineer|\
         audio engineer|lighting technician|stage manager|stage technician|theater technician|av technician|\
         av manager|av specialist|voice talent|voiceover artist|recording engineer|localization manager|\
         localization coordinator|translation project manager|subtitle|esports caster|post production|\
         content production|audio mixer",
    ),
    (
        Operations,
        "strategic initiatives|analista de negocios|business operations|operations manager|ops manager|\
         operations associate|operations analyst|operations director|operations coordinator|operations lead|\
         operations specialist|operations supervisor|chief operating officer|chief operation officer|\
         head of operations|director of operations|business analyst|process manager|process improvement|\
         operational excellence|continuous improvement|general manager|branch manager|site manager|\
         chief executive officer|revenue strategy|city manager|biz ops|business process|fleet operations|\
         launch operations|sport workforce|workforce planning|workforce management|head of strategy|\
         chief executive|site lead|country manager|operations intern|area manager|regional manager|\
         district manager|managing director|business manager|general director|business intern|\
         chief business officer|chief transformation officer|chief administrative officer|business planner|\
         business transformation lead|business improvement|business unit manager|business unit director|\
         business unit leader|business unit head|business owner|business support manager|business administrator|\
         center director|centre director|site director|site coordinator|branch supervisor|branch director|\
         office director|club manager|gym manager|field manager|global business services|\
         performance improvement|transformation office|country head|country director|country officer|\
         regional head|head of americas|head of asia|founders associate|founding associate|workforce manager|\
         workforce analyst|workforce specialist|workforce coordinator|real time analyst|real time associate|\
         capacity analyst|resource planner|scheduling manager|sustainability manager|sustainability specialist|\
         sustainability analyst|sustainability director|sustainability lead|sustainability coordinator|\
         esg analyst|esg manager|esg specialist|head of sustainability|launch manager|expansion manager|\
         content moderator|emergency manager|country lead|head of country|operations support|order processing",
    ),
    (
        People,
        "recruiting ops|recruiting operations|talent ops|talent operations|recruiting specialist|\
         human resources|people operations|people partner|people coordinator|talent acquisition|talent partner|\
         talent business partner|talent consultant|talent specialist|talent manager|talent sourcer|\
         recruiting coordinator|technical recruiter|recruitment consultant|technical sourcer|\
         people business partner|people team|chief people officer|head of people|people manager|people director|\
         total rewards|learning and development|learning development|employee relations|employee experience|\
         talent development|talent management|organizational development|recursos humanos|ressources humaines|\
         charge de recrutement|chargee de recrutement|risorse umane|people culture|people and culture|\
         workplace experience|people generalist|people ops|hr business partner|hr manager|hr generalist|\
         hr coordinator|hr assistant|hr director|hr administrator|payroll and hr|people analyst|human resource|\
         talent researcher|recruitment researcher|leave administrator|leave specialist|employee success|\
         labour relations|industrial relations|onboarding specialist hr|learning partner|learning lead|\
         learning coordinator|l d manager|l d specialist|l d partner|organisational development|\
         organization development|analista de rh|asistente de rh|assistant rh|benefits manager|charge de rh|\
         compensation analyst|compensation business partner|gestor de personas|talent attraction|\
         leave of absence|campus pipeline|campus recruiting|l d coordinator",
    ),
    (
        Product,
        "product manager|product managers|product owner|product owners|product lead|product director|\
         chief product officer|product associate|product specialist|product analyst associate|\
         gerente de produto|product strategist|chef de produit|chief product|technical product manager|\
         product partner|head of product|director of product|vp of product|vp product|director product|\
         product planner|feature owner|platform owner|monetization manager|game director|live ops manager",
    ),
    (
        ProjectManagement,
        "project manager|project managers|project management|project coordinator|project lead|project director|\
         project administrator|project controls|program manager|programme manager|program managers|\
         program management|program coordinator|program lead|program director|technical program manager|\
         scrum master|agile coach|delivery manager|chef de projet|cheffe de projet|gerente de projetos|\
         gestor de projetos|analista de projetos|jefe de proyecto|project officer|programme coordinator|\
         release manager|release train engineer|project planner|project scheduler|e projetos|\
         project engineer manager|program assistant manager|program planner|program operations manager|\
         programme officer|programme director|programme lead|programme assistant|agile specialist|agile lead|\
         agile manager|agile practitioner|iteration manager|release planning|release coordinator|\
         delivery director|delivery head|head of delivery|transition manager|traffic manager|task order manager|\
         analista de proyectos|charge de projets|chargee de projets|coordenador de projetos|\
         coordinador de proyectos|gestionnaire de projets|project assistant",
    ),
    (
        Research,
        "research scientist|research engineer scientist|research associate|research fellow|research assistant|\
         research intern|research manager|research director|research analyst academic|principal investigator|\
         postdoctoral fellow|lab technician|laboratory technician|lab manager|wissenschaftlicher mitarbeiter|\
         wissenschaftliche mitarbeiterin|applied scientist|clinical scientist|quantitative researcher|\
         research programmer|study coordinator|study participant|scientific manager|scientific associate|\
         scientific lead|scientific officer|scientific consultant|drug product|cell culture|protein engineering|\
         flow cytometry|preclinical|genomics analyst|phd intern|phd student|phd candidate|post doc|\
         post doctoral|stem fellow|ai resident|quantitative research|user insights|environmental specialist|\
         environmental technician|environmental analyst|environmental planner|wildlife technician|think tank|\
         interviewer survey|survey interviewer|field interviewer",
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
         sales enablement|sales programs|executivo de contas|ejecutivo de cuentas|account strategist|\
         relationship manager|sales director|customer engineer sales|partner account manager|account specialist|\
         partnerships manager|partnerships director|partnership manager|strategic partnerships|\
         head of partnerships|sales operations analyst|gestionnaire de comptes|account coordinator|\
         channel sales|partner acquisition|partner development|insurance producer|lines producer|\
         insurance advisor|licensed producer|producer insurance|benefits producer|client executive|\
         client advisory|client relationship|client representative|client leadership|client strategist|\
         client principal|client acquisition|enterprise executive|named accounts|account developer|\
         accounts executive|head of accounts|acount executive|kam|partner executive|partner associate|\
         partner representative|partner experience|head of partners|channel partner|channel director|\
         channel specialist|channel lead|channel executive|alliance director|alliance lead|isv alliance|\
         distributor manager|distribution sales|bd manager|bd associate|bd executive|bd director|bd lead|\
         biz dev|market development manager|market representative|area representative|\
         regional business director|field representative|medical sales|software sales|solar sales|\
         solar consultant|door to door|telesales agent|appointment setter|lead generator|lead qualification|\
         outbound representative|real estate advisor|new home|bid writer|capture manager|capture lead|\
         capture director|pursuit manager|presales engineer|sales solutions engineer|solution advisor|\
         solutions executive|solution executive|strategic deals|enterprise deals|revops manager|\
         insurance representative|benefits advisor|medicare sales|licensed insurance|licensed agent|quote desk|\
         merchant partner|supply partnerships|publisher development|relationship officer|relationship director|\
         relationship associate|membership advisor|membership consultant|catering sales|hotel sales|\
         events sales|event sales|wholesale manager|export sales|order desk|parts counter|parts manager|\
         fund sales|alliances director|asesor comercial|asesor de ventas|attache commercial|\
         channel development specialist|consultor comercial|dealer development|ejecutivo comercial|\
         gerente de negocios|head of outbound|partner lead|partner specialist|partner technical manager|\
         representante de vendas|representante de ventas|sales assistant|sales coordinator|sales leader|\
         sales support|strategic partner manager|territory manager|national accounts|channel business manager|\
         channel engagement|client leader|partner sales manager|partner sales director|technology partner director",
    ),
    (
        Security,
        "security engineer|security engineering|security architect|security analyst|security operations|\
         security researcher|security consultant|security officer|security guard|security incident|\
         penetration tester|red team|threat intelligence|threat hunter|soc analyst|incident responder|\
         detection engineer|security specialist|security manager|it security|identity and access management|\
         iam engineer|agent de securite|loss prevention|fraud analyst|fraud investigator|\
         surveillance officer|safety manager|safety specialist|ehs manager|ehs specialist|environmental health|\
         health and safety|health safety|threat researcher|detection and response|cyber engineer|\
         cyber architect|cybersecurity engineer|network defense|vulnerability researcher|penetration testers|\
         pen tester|ethical hacker|purple team|blue team|bug bounty|soc engineer|soc manager|soc lead|\
         soc operator|siem engineer|iam architect|identity engineer|identity architect|grc engineer|\
         security host|security program manager|security researchers|security dispatcher|close protection|\
         intelligence officer|intelligence specialist|humint|elint analyst|imagery analyst|exploitation analyst|\
         counterintelligence|counter intelligence|counterterrorism|signals intelligence|language analyst|\
         military analyst|forces analyst|fire fighter|fire marshal|fire watch|fire chief|police officer|\
         correctional officer|corrections officer|probation officer|parole officer|detention officer|\
         customs officer|peace officer|patrol driver|door supervisor|cctv operator|surveillance operator|\
         surveillance agent|fraud engineer|hse engineer|she manager|she advisor|qhse|rescue technician|\
         private investigator|special investigator|background investigator|fso|investigation officer|\
         insider risk|cryptography|devsecops engineer|soc team lead|chief information security officer|\
         protective intelligence|security lead|threat analyst|information systems security|\
         information system security|isso|issm|penetration testing|red teaming",
    ),
    (
        Support,
        "customer support|customer service|customer care|technical support|support engineer|support engineers|\
         support engineering|support specialist|support agent|support representative|support manager|\
         support analyst|support technician|service client|servicio al cliente|atencion al cliente|\
         atendimento ao cliente|call center|contact center|call centre|contact centre|member services|\
         client services representative|service advisor|customer experience|player support|analista de suporte|\
         assistenza clienti|servizio clienti|customer happiness|customer advisor|member experience|\
         consumer experience|guest support|customer representative|customer associate|customer agent|\
         customer assistant|customer consultant|customer host|customer resolution|customer contact|\
         customer delight|customer champion|customer hero|seller support|dealer support|\
         patient support specialist|call handler|call agent|telephone operator|switchboard operator|\
         phone operator|intake coordinator|chat agent|resolutions specialist|service writer|sonder responder|\
         helpline|player experience|consumer services|guest care|agente de atendimento|analista de atendimento|\
         assistente de atendimento|auxiliar de atendimento|conseiller clientele|supervisor de atendimento|\
         support advisor|support lead",
    ),
];
