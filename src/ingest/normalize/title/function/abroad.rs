//! More names of roles in other languages, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
//! and the languages of the North. In lower case and without accents; `*` stands for the rest of a word.

use JobFunction::{
    Administration, Construction, Consulting, CustomerSuccess, Data, Design, Education, Engineering, Finance,
    Healthcare, Hospitality, It, Legal, Logistics, Manufacturing, Marketing, Media, Operations, People, Product,
    ProjectManagement, Research, Retail, Sales, Security, Support,
};

use crate::vocabulary::JobFunction;

/// Names of several words, as those of [`super::roles::ROLES`].
pub(super) const ABROAD: &[(JobFunction, &str)] = &[
    (
        Administration,
        "hotesse d accueil|agent administratif|charge d accueil|chargee d accueil|auxiliar de oficina|\
         auxiliar de escritorio|asistente de direccion|assistente de diretoria|kaufmannischer mitarbeiter|\
         kaufmannische mitarbeiterin|assistant de gestion|assistante de gestion",
    ),
    (
        Construction,
        "technicien cvc|technicien de surface|technicien sav|technicien itinerant|agent de proprete|agent technique|\
         chef de chantier|chef d equipe travaux|ouvrier du batiment|femme de menage|homme de menage|tecnico de campo|\
         tecnico de servicio|tecnico de instalacion|ajudante geral|servicos gerais|tecnico em edificacoes|\
         operaio edile|service monteur|tecnico eletronico",
    ),
    (Consulting, "conseiller en strategie"),
    (CustomerSuccess, "gestor de sucesso|sucesso de cliente"),
    (
        Data,
        "engenheira de dados|ingeniera de datos|cientifica de datos|arquitecto de datos|charge d etudes statistiques|\
         datenwissenschaftler|dataingenieur|analista de informacoes|intelligence d affaires",
    ),
    (Design, "directeur artistique|directrice artistique|concepteur graphique|architecte d interieur"),
    (
        Education,
        "coordinador academico|garde d enfants|assistante maternelle|soutien scolaire|auxiliar de sala|\
         monitor infantil|pedagogische fachkraft|padagogischer mitarbeiter|charge de formation|chargee de formation|\
         responsable formation",
    ),
    (
        Engineering,
        "technischer zeichner|technische zeichnerin|technischer systemplaner|technischer produktdesigner|\
         architecte solution|architecte solutions|architecte technique|architecte cloud|architecte reseau|\
         lider tecnico|liderazgo tecnico|lider de desarrollo|desenvolvimento back end|desenvolvimento web|\
         analista de desenvolvimento|analista de testes|analista qa|analista de qa|analista de pruebas|\
         developpement logiciel|bureau d etudes|technicien d essais|technicien electronique|\
         conseiller en architecture|mecanique du batiment|tecnico em eletronica",
    ),
    (
        Finance,
        "contas a pagar|contas a receber|cuentas por pagar|cuentas por cobrar|analista de contas|analista fiscal|\
         assistente fiscal|gerente financiero|director financiero|controle de gestao|control de gestion|\
         controladoria|controleuse de gestion|conseillere financiere|conseiller clientele banque|\
         conseiller patrimonial|commissaire aux comptes|charge d indemnisation|responsabile amministrativo|\
         controllo di gestione|consulente finanziario|financieel medewerker|financieel adviseur|\
         financieel administrateur|medewerker debiteuren|kundenberater bank|vermogensberater|redovisningskonsult",
    ),
    (
        Healthcare,
        "aide aux personnes|aide menagere|aide menager|aide de vie|assistants de vie|auxiliaires de vie|\
         uxiliaire de vie|accompagnant educatif et social|assistant de service social|assistant dentaire|\
         assistante dentaire|assistante medicale|ide coordinateur|conseiller en insertion|\
         attache de recherche clinique|tecnico en cuidados|auxiliar de geriatria|ayuda a domicilio|trabajador social|\
         trabajadora social|trabajo social|assistente social|tecnico em radiologia|tecnico de laboratorio clinico|\
         assistente sociale|assistente familiare|assistente alla poltrona|igienista dentale|tecnico di radiologia|\
         medisch assistent|personlig assistent|begeleider gehandicaptenzorg|social og sundhedsassistent|\
         pharmazeutisch technische assistentin|pharmazeutisch kaufmannische|zahnmedizinischer fachangestellter|\
         soziale arbeit|sozialpadagogische fachkraft|medizinprodukteberater|operationstechnischer assistent",
    ),
    (
        Hospitality,
        "second de cuisine|equipier polyvalent|equipiere polyvalente|employe polyvalent|responsable de salle|\
         employe d etage|employee d etage|conseillere voyage|jefe de sala|atendente de restaurante|\
         atendente de lanchonete|capo partita|mitarbeiter service gastronomie",
    ),
    (
        It,
        "administrateur systeme|administrateur systemes|administrateur reseau|administrateur reseaux|\
         administrateur de bases|technicien support|technicien reseaux|technicien reseau|technicien systemes|\
         support informatique|chef de projet informatique|consultant sap|tecnico informatico|administrador de base|\
         soporte tecnico|soporte ti|soporte it|analista funcional|consultor sap|consultora sap|it supporter|\
         it berater|functioneel beheerder|it chef|sap berater",
    ),
    (Legal, "conseillere juridique|asesor juridico|propriete intellectuelle|radca prawny"),
    (
        Logistics,
        "preparateur de commandes|preparatrice de commandes|preparateur commandes|agent de quai|agent d exploitation|\
         agent de tri|chef de quai|gestionnaire de stock|gestionnaire de stocks|approvisionneuse|operario de almacen|\
         auxiliar de deposito|auxiliar de carga|atendimento logistico|auxiliar de atendimento logistico|\
         impiegato logistica|fachlagerist|lokforare",
    ),
    (
        Manufacturing,
        "agent de montage|technicien methodes|chef d atelier|chef d equipe production|chef de ligne|\
         conducteur de ligne|conductrice de ligne|conducteur de machine|conducteur machine|pilote de ligne|\
         assurance qualite|operador de maquina|operador de maquinas|operador de planta|operador de linha|\
         operador de processo|auxiliar de linha|jefe de planta|gerente de planta|tecnico de processos|\
         operatore macchine|capo turno|capo reparto|fachkraft fur lebensmitteltechnik",
    ),
    (
        Marketing,
        "chef de publicite|chef de marque|trafic manager|assessor de imprensa|redes sociales|redes sociais|\
         midias sociais|analista de midia|midia paga|planejamento de midia|analista de crm|relaciones publicas|\
         relacoes publicas|ufficio stampa",
    ),
    (
        Media,
        "revisora de texto|pessoa editora|pessoa redatora|ingenieur du son|technicien son|monteur video|\
         charge de production audiovisuelle|redator de conteudo|produtor de conteudo|creador de contenido|\
         criador de conteudo",
    ),
    (
        Operations,
        "directeur general|directrice generale|directeur d agence|directrice d agence|responsable exploitation|\
         responsable d exploitation|directeur de site|chef d exploitation|chef de centre|responsable de site|\
         analyste d affaires|analyste d affaire|gerente general|gerente geral|gerente de sucursal|director general|\
         diretor geral|direttore generale|direttore operativo|responsabile operativo|filial manager|\
         analista de negocio|continuidade de negocios",
    ),
    (
        People,
        "drh|consultant en recrutement|departamento pessoal|tecnico de seleccion|atracao de talentos|gente e gestao|\
         gestao de pessoas|desenvolvimento humano|referent personal|mitarbeiter personal|personalberatung",
    ),
    (Product, "analista de produtos|novos produtos"),
    (
        ProjectManagement,
        "charge de projet|chargee de projet|coordinateur de projet|coordinatrice de projet|gestionnaire de projet|\
         directeur de projet|directrice de projet|directeur de programme|chef de projets|chef de programme|\
         responsable de projet|responsable projet|ingenieur projet|gestion de projet|pilote de projet|\
         gerente de proyecto|coordinador de proyecto|lider de proyecto|gerente de projeto|coordenador de projeto|\
         gestor de projeto|responsabile di progetto|capo progetto",
    ),
    (
        Research,
        "ingenieur de recherche|ingenieur d etudes recherche|charge d etudes|chargee d etudes|\
         technischer assistent labor|chemisch technischer assistent|biologisch technischer assistent",
    ),
    (
        Retail,
        "mitarbeiter verkauf|mitarbeiter im verkauf|chef de rayon|chef de secteur magasin|employe libre service|\
         employe de commerce|employee de commerce|conseiller vente|conseillere vente|conseiller en vente|\
         conseillere en vente|conseiller beaute|conseillere beaute|conseiller de mode|leader de plancher|\
         responsable de plancher|asesor de moda|consultor de loja|vendedora de loja|operadora de caixa|\
         atendente de farmacia|addetta vendite|addetto alle vendite|addetta alle vendite|addetto vendita|\
         capo reparto vendite|assistent bedrijfsleider",
    ),
    (
        Sales,
        "ingenieur commercial|ingenieur d affaires|charge d affaires|chargee d affaires|\
         ingenieur technico commercial|charge de comptes|chargee de comptes|charge de clientele|chargee de clientele|\
         delegue medical|conseiller immobilier|agent immobilier|responsable grands comptes|charge de developpement|\
         desarrollo de negocio|desarrollo de negocios|gerente de cuenta|gerente de cuentas|executiva de contas|\
         executivo de negocios|executiva de negocios|pessoa executiva|gerente de contas|gerente de relacionamento|\
         desenvolvimento de negocios|consulente vendite|agente di commercio|agente immobiliare|\
         commercieel medewerker|commercieel manager|versicherungsvertreter",
    ),
    (Security, "ciberseguridad|prevencion de riesgos"),
    (
        Support,
        "conseillere clientele|conseiller client|conseillere client|relation client|technicien support client|\
         experience client|asesor de servicio|agente de servicio|servicio a clientes|servicio tecnico|\
         experiencia do cliente|experiencia del cliente|operador de telemarketing|klant contact",
    ),
];
