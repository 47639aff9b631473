//! Nouns that name a role, by their kind of work: English first, then German, French, Spanish, Portuguese, Italian, Dutch
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
        "receptionist|secretary|secretaria|secretario|sekretar|sekretarin|sekretariat|burokaufmann|burokauffrau|\
         empfangsmitarbeiter|recepcionista|receptioniste|assistenz|teamassistenz|receptionniste|receptionists|\
         secretaries|typist|archivist|registrar|verwaltungsfachangestellte|verwaltungsangestellte|empfangskraft|\
         buroleitung|officemanager|officemanagerin|burofachkraft|*sekretar|*sekretarin|*assistenz|secretariat|\
         archiviste|administrativo|administrativa|oficinista|segretaria|segretario|impiegato|impiegata|\
         receptionmedewerker|secretaresse|administratief|sekreterare|secretaire",
    ),
    (
        Construction,
        "electrician|electricians|plumber|carpenter|mechanic|mechanics|roofer|painter|mason|laborer|labourer|\
         estimator|superintendent|installer|lineman|pipefitter|surveyor|groundskeeper|janitor|custodian|cleaner|\
         elektriker|elektroniker|mechatroniker|anlagenmechaniker|servicetechniker|haustechniker|hausmeister|\
         maler|dachdecker|maurer|tischler|schreiner|bauleiter|bauleiterin|installateur|electricien|macon|\
         plombier|mecanicien|menuisier|electricista|mecanico|eletricista|reinigungskraft|glazier|ironworker|\
         handyman|foremen|forewoman|pipelayer|bricklayer|plasterer|tiler|joiner|scaffolder|rigger|drywaller|\
         millwright|steamfitter|fitter|groundsman|landscaper|arborist|horticulturist|cleaners|installers|\
         plumbers|carpenters|painters|custodial|groundskeeping|estimators|lineworker|superintendents|detailer|\
         electromechanic|orchardist|caretaker|*monteur|*monteurin|*installateur|elektrikerin|heizungsbauer|\
         hauswart|handwerker|*schlosser|schlosser|zimmermann|zimmerer|fliesenleger|stuckateur|polier|\
         strassenbauer|landschaftsgartner|bauarbeiter|bauhelfer|vorarbeiter|*reiniger|peintre|couvreur|\
         carreleur|platrier|chauffagiste|frigoriste|paysagiste|electromecanicien|menuisiere|chaudronnier|\
         serrurier|charpentier|albanil|fontanero|carpintero|conserje|pintor|jardinero|electromecanico|encanador|\
         pedreiro|faxineira|faxineiro|zelador|marceneiro|elettricista|idraulico|muratore|manutentore|meccanico|\
         giardiniere|elektricien|loodgieter|timmerman|schilder|schoonmaker|snickare|rormokare|stadare|\
         vaktmastare|mekaniker|fastighetsskotare|tomrer|rorlegger|renholder|servicetekniker|drifttekniker|\
         *mechaniker|*mechanikerin|*elektroniker|elektromonteur|foreman|gardener|locksmith",
    ),
    (
        Consulting,
        "berater|beraterin|unternehmensberater|unternehmensberaterin|*strategieberatung|unternehmensberatung|\
         managementberatung",
    ),
    (CustomerSuccess, "kundenerfolg|csm|csms"),
    (
        Data,
        "datenanalyst|datenanalystin|dataanalytiker|statistician|annotator|annotators|biostatistician|\
         statisticians|econometrician|cartographer|datenbankentwickler|dataanalist|datascientist|dataengineer|\
         statistiker|statistikerin|estatistico|estadistico|statisticien",
    ),
    (
        Design,
        "artworker|illustrator|mediengestalter|grafikdesigner|animator|designer|designers|graphiste|\
         illustrators|animators|storyboarder|retoucher|compositor|stylists design|draughtsman design|grafiker|\
         grafikerin|*designer|*designerin|designerin|*gestalter|*gestalterin|disenador|disenadora|ilustrador|\
         ilustradora|infographiste|maquettiste|grafico|vormgever|ontwerper|formgivare|stilista|innenarchitekt|\
         innenarchitektin|*grafiker",
    ),
    (
        Education,
        "educator|educacional|teacher|teachers|tutor|tutors|professor|lecturer|instructor|paraprofessional|\
         nanny|librarian|lehrer|lehrerin|erzieher|erzieherin|padagoge|padagogin|sozialpadagoge|padagogische|\
         kinderpfleger|professeur|enseignant|enseignante|formateur|formatrice|educateur|educatrice|profesor|\
         profesora|docente|professora|maestro|maestra|insegnante|leraar|docent|larare|forskollarare|dozent|\
         dozentin|instructors|professors|lecturers|paraeducator|invigilator|provost|headteacher|schoolteacher|\
         kindergarten|nannies|babysitter|au pair|tutoring|aupair|lehrkraft|lehrkrafte|*lehrer|*lehrerin|\
         *erzieher|*erzieherin|*padagoge|*padagogin|padagogisch|schulbegleiter|schulbegleitung|\
         integrationshelfer|ausbilder|ausbilderin|kitaleitung|kinderbetreuung|tagesmutter|trainerin|professeure|\
         instituteur|institutrice|moniteur|monitrice|educadora|educador|profesores|pedagogo|pedagoga|formador|\
         formadora|professores|instrutor|instrutora|instructora|educatore|formatore|maestre|docenten|leerkracht|\
         onderwijsassistent|pedagogisch|barnskotare|fritidsledare|pedagog|laerer|lærer|barnehagelaerer|paedagog|\
         pædagog|opettaja|nauczyciel|nauczycielka|lektor|lektorin|bibliothekar|bibliothecaire|bibliotecario|\
         auxiliaire de puericulture|enseignants|erzieherinnen|maestra jardinera|puericulteur|puericultrice",
    ),
    (
        Engineering,
        "softwareentwickler|softwareentwicklerin|softwareentwicklung|*entwickler|*entwicklerin|entwickler|\
         entwicklerin|*ingenieur|*ingenieurin|ingenieur|ingenieurin|developpeur|developpeuse|ingenieure|\
         desarrollador|desarrolladora|ingeniero|ingeniera|desenvolvedor|desenvolvedora|engenheiro|engenheira|\
         programador|programadora|sviluppatore|ingegnere|ontwikkelaar|utvecklare|ingenjor|udvikler|ingenior|\
         ingenierie|programmierer|sde|arquiteto|arquiteta|arquitecto|*mechatronik|draftsman|draughtsman|\
         draftsperson|programmers|testers|technologists|coder|coders|metallurgist|webmaster|*programmierer|\
         *programmiererin|programmiererin|*architekt|*architektin|architekt|architektin|informatiker|\
         informatikerin|*informatiker|konstrukteur|konstrukteurin|bauzeichner|bauzeichnerin|*konstrukteur|\
         architectes|programmeur|programmeuse|developpeurs|developpeuses|dessinateur|dessinatrice|projeteur|\
         projeteuse|testeur|ingenieurs|automaticien|automaticienne|roboticien|desarrolladores|ingenieros|\
         programadores|proyectista|delineante|desenvolvedores|engenheiros|projetista|desenhista|sviluppatrice|\
         programmatore|programmatrice|architetto|progettista|collaudatore|disegnatore|ingegneri|*ontwikkelaar|\
         tekenaar|programmerare|*utvecklare|*ingenjor|arkitekt|utvikler|*utvikler|*ingenior|*udvikler|\
         ohjelmistokehittaja|programista|programistka|inzynier|vyvojar|fejleszto|mernok|yazilim|muhendis|\
         informaticien|informaticienne|ingeniør|*ingeniør|*techniker|*zeichner|automatisierungstechniker|\
         drafter|inginer|software ingenieur|swe|*エンジニア",
    ),
    (
        Finance,
        "adjuster|adjusters|gehaltsabrechner|underwriter|actuary|bookkeeper|buchhalter|buchhalterin|\
         finanzbuchhalter|finanzbuchhalterin|bilanzbuchhalter|comptable|contador|contabile|steuerberater|\
         steuerfachangestellte|teller|banker|accountant|accountants|auditor|comptroller|actuaries|bookkeepers|\
         tellers|bankers|auditors|controllers|cpa|comptrollers|appraiser|stockbroker|quant|treasurer|\
         *buchhalter|*buchhalterin|buchhaltungsfachkraft|wirtschaftsprufer|wirtschaftspruferin|bankkaufmann|\
         bankkauffrau|bankberater|controllerin|*finanzierungsberater|revisor|revisorin|kreditanalyst|aktuar|\
         aktuarin|aktuarisch|schadenregulierer|auditeur|auditrice|tresorier|fiscaliste|courtier|actuaire|\
         contadora|contable|auditora|tesorero|actuario|contabilista|tesoureiro|fiscalista|ragioniere|\
         commercialista|revisore|attuario|boekhouder|belastingadviseur|actuaris|redovisningsekonom|\
         ekonomiassistent|okonomimedarbejder|lonekonom|lonnskonsulent|regnskapsforer|regnskapsmedarbeider|\
         bogholder|ksiegowy|ksiegowa|ucetni|konyvelo|kirjanpitaja|ksiegowosc|*revisor|*kreditspezialist|\
         accountancy|comptables|revisora|underwriters",
    ),
    (
        Healthcare,
        "crna|*ologist|*iatrist|doula|dvm|therapeutin|*therapeut|*therapeutin|nurse|nurses|rn|lpn|lvn|cna|\
         physician|physicians|therapist|therapists|dentist|hygienist|orthodontist|pharmacist|phlebotomist|\
         paramedic|emt|caregiver|caregivers|bcba|rbt|optometrist|optician|psychologist|psychiatrist|\
         psychotherapist|counselor|clinician|surgeon|anesthesiologist|cardiologist|veterinarian|dietitian|\
         nutritionist|midwife|sonographer|pathologist|audiologist|chiropractor|pflegefachkraft|pflegefachmann|\
         pflegefachfrau|pflegehilfskraft|pflegehelfer|*pfleger|*pflegerin|krankenschwester|altenpfleger|\
         altenpflegerin|arzt|arztin|*arzt|*arztin|zahnarzt|zahnmedizinische|medizinische|mfa|ergotherapeut|\
         physiotherapeut|physiotherapeutin|heilerziehungspfleger|infirmier|infirmiere|medecin|pharmacien|\
         kinesitherapeute|enfermero|enfermera|enfermeiro|enfermeira|medico|medica|farmaceutico|farmaceutica|\
         psicologo|psicologa|fisioterapeuta|cuidador|cuidadora|infermiere|verpleegkundige|verzorgende|\
         sjukskoterska|underskoterska|lakare|sykepleier|sygeplejerske|*dontist|*odontist|*tologist|midwives|\
         dosimetrist|np|fnp|whnp|pmhnp|aprn|crnp|lcsw|lmft|lpc|lmhc|lcpc|licsw|lmsw|slp|otr|cota|dpt|pta|bcaba|\
         cma|ccma|rda|dds|dmd|lvt|cvt|rvt|carer|carers|healththerapist|psychometrist|physiotherapist|\
         physiotherapists|psychologists|psychiatrists|clinicians|counselors|counsellor|counsellors|counselling|\
         optometrists|opticians|pharmacists|dentists|hygienists|radiographer|mammographer|perfusionist|\
         anaesthetist|anesthetist|obgyn|paediatrician|hospitalist|intensivist|histotechnician|phlebotomists|\
         paramedics|audiologists|dietician|osteopath|acupuncturist|chaplain|denturist|prosthetist|orthotist|cnm|\
         lmt|psw|hha|stna|gna|betreuungskraft|betreuungsassistent|alltagsbegleiter|alltagsbegleiterin|\
         heilpadagoge|heilpadagogin|hebamme|rettungssanitater|notfallsanitater|zfa|apotheker|apothekerin|\
         zahntechniker|zahntechnikerin|logopade|logopadin|*facharzt|psychologe|psychologin|sozialarbeiter|\
         sozialarbeiterin|sozialassistent|hauswirtschafterin|augenoptiker|augenoptikerin|optiker|optikerin|\
         horakustiker|horakustikerin|podologe|masseur|orthopadietechniker|sprechstundenhilfe|arzthelferin|\
         arzthelfer|operationstechnische|anasthesietechnische|medizintechniker|mtra|mtla|infirmieres|medecins|\
         dentiste|chirurgien|pharmacienne|preparateur|preparatrice|opticien|opticienne|orthophoniste|\
         ergotherapeute|psychologue|psychomotricien|psychomotricienne|veterinaire|ambulancier|ambulanciere|\
         audioprothesiste|dieteticien|dieteticienne|radiologue|osteopathe|podologue|brancardier|enfermeros|\
         medicos|odontologo|odontologa|dentista|veterinario|veterinaria|nutricionista|terapeuta|fonoaudiologo|\
         fonoaudiologa|logopeda|optometrista|optico|gerocultor|gerocultora|sociosanitario|matrona|celador|\
         enfermagem|farmacia|radiologo|psiquiatra|psicopedagogo|biomedico|biomedica|farmacista|medici|\
         logopedista|verpleegkundigen|verpleger|doktersassistent|tandarts|mondhygienist|huisarts|zorgmedewerker|\
         zorghulp|thuiszorg|helpende|woonbegeleider|gedragswetenschapper|psycholoog|sjukgymnast|fysioterapeut|\
         tandlakare|tandskoterska|tandhygienist|apotekare|psykolog|vardbitrade|omsorgsassistent|stodassistent|\
         specialistsjukskoterska|barnmorska|biomedicinsk|socionom|kurator|behandlingsassistent|helsefagarbeider|\
         vernepleier|overlege|tannlege|laege|læge|overlaege|sosu|sairaanhoitaja|lahihoitaja|laakari|\
         pielegniarka|lekarz|fizjoterapeuta|farmaceuta|fisioterapista|*krankenschwester|*therapists|\
         aesthetician|arnp|bcbas|dentistry|echocardiographer|enfermeiros|esthetician|fysiotherapeut|infirmiers|\
         kine|kinesiologue|laborist|midwifery|nephrologist|pcp|pediatrician|pediatricians|prosthodontist|\
         psicologos|rbts|surgeons|veterinarians|doctor|doctors",
    ),
    (
        Hospitality,
        "valet|attendant|chef|chefs|cook|cooks|barista|bartender|waiter|waitress|dishwasher|housekeeper|\
         concierge|koch|kochin|kellner|kellnerin|servicekraft|kuchenhilfe|hotelfachmann|hotelfachfrau|\
         rezeptionist|rezeptionistin|cuisinier|cuisiniere|serveur|serveuse|plongeur|cocinero|cocinera|camarero|\
         camarera|mesero|cozinheiro|cozinheira|garcom|cuoco|cameriere|kok|kock|baker|butcher|attendants|\
         baristas|bartenders|waiters|waitstaff|dishwashers|dishawasher|housekeepers|housekeeping|steward|\
         stewardess|bellman|bellhop|bellperson|doorman|busser|bussers|barback|sommelier|mixologist|maitre|\
         caterer|lifeguard|lifeguards|usher|croupier|hotelier|bakers|butchers|fishmonger|innkeeper|confectioner|\
         *koch|*kochin|souschef|barkeeper|kuchenchef|kuchenmitarbeiter|kuchenhelfer|restaurantleiter|\
         restaurantfachmann|restaurantfachfrau|hotelfachkraft|zimmermadchen|hausdame|servicemitarbeiter|spuler|\
         spulkraft|backer|backerin|konditor|konditorin|metzger|fleischer|fleischerin|barmann|systemgastronomie|\
         reiseberater|reiseverkehrskauffrau|flugbegleiter|flugbegleiterin|boulanger|boulangere|patissier|\
         patissiere|boucher|bouchere|charcutier|commis|barman|barmaid|gouvernante|chocolatier|poissonnier|\
         crepier|pizzaiolo|sommeliere|camareros|cocineros|panadero|pastelero|carnicero|botones|gobernanta|\
         mucama|garconete|copeiro|copeira|confeiteiro|padeiro|acougueiro|camareira|camerieri|pasticcere|\
         panettiere|macellaio|lavapiatti|bakker|slager|bediening|keukenhulp|afwasser|keukenmedewerker|\
         horecamedewerker|serveerster|servitris|servitor|kallskanka|diskare|restaurangbitrade|bagare|tjener|\
         opvasker|kokk|kelner|kelnerka|kucharz|kucharka|piekarz|tarjoilija|kokki|szakacs|pincer|\
         reservationniste|kitchen hand|porters|stewards",
    ),
    (
        It,
        "helpdesk|sysadmin|systemadministrator|fachinformatiker|sysadmins|sysops|netzwerkadministrator|itler|\
         systemadministratorin|systembetreuer|anwendungsbetreuer|systemtekniker|*systemtechniker|\
         systemverwalter|sistemista|systeembeheerder|applicatiebeheerder|netwerkbeheerder|supporttekniker|\
         *systemadministrator|dba|it techniker",
    ),
    (
        Legal,
        "attorney|paralegal|lawyer|solicitor|rechtsanwalt|rechtsanwaltin|rechtsanwaltsfachangestellte|jurist|\
         juristin|juriste|abogado|abogada|advogado|advogada|notarfachangestellte|counsel|attorneys|paralegals|\
         barrister|solicitors|conveyancer|notary|judge|magistrate|lobbyist|mlro|notar|notarin|anwalt|anwaltin|\
         *anwalt|*anwaltin|*jurist|*juristin|syndikus|datenschutzbeauftragter|rechtsreferent|\
         rechtsanwaltsfachangestellter|avocat|avocate|notaire|huissier|conformite|notario|abogados|procurador|\
         avvocato|notaio|giurista|advocaat|notaris|advokat|adwokat|prawnik|jogasz|pravnik|jurista|lawyers|コンプライアンス*",
    ),
    (
        Logistics,
        "dispatchers|dispatcher|buyers|picker|courier|logistiker|lagerist|lagermitarbeiter|lagerhelfer|\
         lagerlogistik|berufskraftfahrer|kraftfahrer|*fahrer|fahrer|*disponent|disponent|einkaufer|einkauferin|\
         acheteur|acheteuse|magasinier|cariste|chauffeur|approvisionneur|conductor|repartidor|motorista|\
         estoquista|comprador|magazzinieri|magazziniere|pickers|packer|packers|couriers|shipper|shippers|loader|\
         loaders|unloader|stevedore|longshoreman|trucker|truckers|chauffeurs|pilots|deckhand|boatswain|\
         expediter|warehouseman|storekeeper|postman|sorter|mover|movers|teamster|lagerfachkraft|lagerkraft|\
         lagerleiter|lagerarbeiter|lageristin|kommissionierer|kommissioniererin|*fahrerin|zusteller|zustellerin|\
         paketzusteller|postbote|disponentin|spediteur|speditionskaufmann|speditionskauffrau|fuhrparkleiter|\
         fuhrparkmanager|versandmitarbeiter|*einkaufer|*einkauferin|einkaufsleiter|logistikmitarbeiter|\
         logistikleiter|lokfuhrer|triebfahrzeugfuhrer|kurier|kommissionierung|verpacker|lagermeister|\
         *logistiker|livreur|livreuse|conducteur|conductrice|manutentionnaire|logisticien|logisticienne|\
         affreteur|affreteuse|expediteur|facteur|routier|coursier|acheteurs|emballeur|transporteur|repartidores|\
         mensajero|almacenista|almacenero|mozo|montacarguista|bodeguero|transportista|compradora|chofer|\
         conductora|conductores|despachador|motoristas|motoboy|entregador|entregadora|almoxarife|conferente|\
         empilhadeira|carregador|autisti|fattorino|corriere|mulettista|carrellista|spedizioniere|*chauffeur|\
         magazijnmedewerker|orderpicker|logistiek|bezorger|koerier|inkoper|lagerarbetare|truckforare|\
         lastbilschauffor|bussforare|inkopare|terminalarbetare|budbarare|sjafor|lagermedarbeider|\
         lagermedarbejder|chauffor|chauffør|indkober|indkøber|innkjoper|kierowca|magazynier|kuljettaja|\
         varastotyontekija|ridic|skladnik|sofor|autista|buyer|logistician|magasiniere|motofretista|motorboy|\
         motorista entregador",
    ),
    (
        Manufacturing,
        "machinist|assembler|fabricator|welder|toolmaker|produktionsmitarbeiter|produktionshelfer|\
         maschinenbediener|maschinenfuhrer|anlagenfuhrer|zerspanungsmechaniker|industriemechaniker|schweisser|\
         schweißer|operateur|operatrice|operario|soudeur|usineur|machinists|assemblers|fabricators|welders|\
         seamstress|tailor|upholsterer|brewer|distiller|winemaker|miner|extruder|finisher|polisher|deburrer|\
         moulder|molder|smelter|anlagenbediener|anlagenbedienerin|maschinenbedienerin|produktionshilfe|\
         produktionskraft|produktionsarbeiter|produktionsleiter|produktionsfachkraft|produktionsplaner|\
         fertigungsmitarbeiter|fertigungsleiter|montagemitarbeiter|montierer|metallbauer|*dreher|*fraser|\
         zerspaner|werkzeugmacher|werkzeugmechaniker|konstruktionsmechaniker|chemikant|chemikantin|\
         verfahrensmechaniker|lackierer|lackiererin|schweisserin|industriemeister|maschineneinrichter|\
         einrichter|qualitatsprufer|qualitatsmanager|qualitatsingenieur|qualitatssicherung|schichtleiter|\
         schichtleiterin|schichtfuhrer|drucker|naherin|produktionstechniker|industrieelektroniker|\
         industriemechatroniker|luftfahrttechniker|fluggeratmechaniker|packmittelprufung|abfuller|ouvrier|\
         ouvriere|operateurs|soudeuse|regleur|ajusteur|monteuse|chaudronniere|tourneur|fraiseur|decolleteur|\
         couturier|couturiere|qualiticien|qualiticienne|tolier|cableur|operarios|operaria|soldador|soldadora|\
         tornero|fresador|ensamblador|costurera|obrero|torneiro|ferramenteiro|costureira|operaio|operaia|\
         saldatore|tornitore|fresatore|attrezzista|montatore|verniciatore|lasser|productiemedewerker|verspaner|\
         svetsare|montor|maskinoperator|operatorer|produktionsmedarbetare|processoperator|\
         produktionsmedarbejder|industriarbeider|sveiser|smed|spawacz|hegeszto|hitsaaja|monteur|*schweisser|\
         *zerspaner|montador|operadora de producao|operator produkcji|prensista|tokarz",
    ),
    (
        Marketing,
        "copywriter|marketer|publicist|marketers|marketeer|copywriters|publicists|fundraiser|fundraisers|\
         *marketingmanager|texter|texterin|werbetexter|werbekaufmann|pressesprecher|pressesprecherin|\
         pressereferent|eventmanager|eventmanagerin|veranstaltungskaufmann|veranstaltungskauffrau|mediaplaner|\
         markedschef|marknadsforare|marknadschef|marknadskoordinator|tekstschrijver|mercadologo|publicitario|\
         publicitaria|redator|redatora|publicitaire|kommunikationsradgiver|kommunikator|kommunikationschef|\
         kommunikasjonsradgiver|pubblicitario|influencers|sem specialist|smm",
    ),
    (
        Media,
        "correspondent|editor|editors|journalist|reporter|producer|producers|videographer|photographer|writer|\
         writers|translator|interpreter|redakteur|redakteurin|redacteur|redactrice|periodista|jornalista|\
         ubersetzer|fotograf|fotografin|redaktor|cinematographer|proofreader|journalists|reporters|\
         videographers|photographers|translators|interpreters|linguist|linguists|columnist|broadcaster|\
         screenwriter|copyeditor|transcriptionist|captioner|subtitler|actress|musician|singer|dancer|filmmaker|\
         cameraman|novelist|narrator|stagehand|presenter|correspondents|dj|meteorologist|choreographer|\
         redaktorin|*redakteur|*redakteurin|journalistin|ubersetzerin|dolmetscher|dolmetscherin|kameramann|\
         kamerafrau|tontechniker|veranstaltungstechniker|cutter|cutterin|autorin|journalistes|traducteur|\
         traductrice|interprete|cadreur|photographe|realisateur|realisatrice|redactora|redactor|traductor|\
         traductora|fotografo|fotografa|reportero|camarografo|locutor|locutora|guionista|tradutor|tradutora|\
         roteirista|cinegrafista|giornalista|traduttore|traduttrice|redattore|videomaker|fotografe|vertaler|\
         journaliste|oversattare|journalistik|tolk|tulkki|kaantaja|dziennikarz|tlumacz|linguiste",
    ),
    (
        Operations,
        "betriebsleiter|betriebsleiterin|standortleiter|standortleiterin|niederlassungsleiter|\
         niederlassungsleiterin|geschaftsfuhrer|geschaftsfuhrerin|*nachhaltigkeitsmanager|centerleiter|\
         driftschef|driftsleder|platschef|bedrijfsleider|vestigingsmanager|auftragsbearbeitung",
    ),
    (
        People,
        "recruiter|recruiters|sourcer|personalreferent|personalreferentin|personalsachbearbeiter|\
         personalberater|personalberaterin|rekryterare|headhunter|sourcers|hrbps|personaler|personalerin|\
         personalleiter|personalleiterin|personalmanager|personaldisponent|personaldisponentin|\
         personalentwickler|personalentwicklung|personalkaufmann|recruiterin|recruteur|recruteuse|reclutador|\
         reclutadora|recrutador|recrutadora|selezionatore|rekruterer|personaladviseur|loopbaancoach|intercedent|\
         recruitmentconsultant|rekruter|rekruterka|personalchef|personalvetare|rekrutteringskonsulent|\
         rh recruteur",
    ),
    (
        Product,
        "produktmanager|produktmanagerin|produktmanagement|produktchef|produkteigner|produktsjef|produktagare|\
         productmanager|productowner|produktowner",
    ),
    (
        ProjectManagement,
        "projektmanager|projektmanagerin|projektmanagement|projektleiter|projektleiterin|projektleitung|\
         projectleider|projektledare|tpm|projektkoordinator|projektkoordinatorin|projektassistent|\
         projektassistenz|projektassistentin|*projektleiter|*projektmanager|projektmitarbeiter|\
         projektmitarbeiterin|projektsteuerer|projectmanager|projectmedewerker|projectcoordinator|projektleder|\
         prosjektleder|projektkoordinatorer|programmanager|projektsamordnare|scrummaster|prosjektkoordinator",
    ),
    (
        Research,
        "postdoctoral|postdoc|scientist|scientists|biologist|chemist|biochemist|physicist|researcher|\
         researchers|forscher|doktorand|doktorandin|chercheur|chercheuse|investigador|investigadora|pesquisador|\
         pesquisadora|ricercatore|forskare|geologist|epidemiologist|economist|laborant|laborantin|\
         chemielaborant|biologists|chemists|physicists|geologists|economists|postdocs|mathematician|\
         microbiologist|virologist|immunologist|pharmacologist|bioinformatician|ecologist|archaeologist|\
         archeologist|anthropologist|sociologist|historian|astronomer|geophysicist|hydrologist|botanist|\
         zoologist|entomologist|crystallographer|metrologist|*forscher|*forscherin|wissenschaftler|\
         wissenschaftlerin|*wissenschaftler|biologe|biologin|chemiker|chemikerin|physiker|physikerin|\
         biotechnologe|labortechniker|*laborant|*laborantin|bta|cta|promotionsstelle|chimiste|biologiste|\
         physicien|doctorant|doctorante|geologue|laborantine|investigadores|cientifico|cientifica|quimico|\
         cientista|pesquisadores|geologo|geologa|bioquimico|ricercatrice|chimico|onderzoeker|promovendus|kemist|\
         kemiker|kjemiker|forsker|tutkija|naukowiec|badacz|laboratorietekniker|laboratorieingenjor|biokemist|\
         biolog|toxicologist|toxicology|epidemiologists|doktorgrad",
    ),
    (
        Retail,
        "cashier|cashiers|merchandiser|stocker|keyholder|stylist|verkaufer|verkauferin|verkaufsberater|\
         verkaufsberaterin|filialleiter|filialleiterin|filialleitung|storemanager|kassierer|kassiererin|vendeur|\
         vendeuse|dependiente|dependienta|cajero|cajera|commesso|verkoopmedewerker|winkelmedewerker|\
         butikssaljare|butiksmedarbetare|butikschef|merchandisers|stockers|stylists|shoppers|piercer|budtender|\
         budtenders|salesclerk|shopkeeper|outfitter|hairdresser|barber|hairstylist|*verkaufer|*verkauferin|\
         verkaufsmitarbeiter|verkaufsmitarbeiterin|verkaufstalent|filialmitarbeiter|filialverantwortliche|\
         marktleiter|marktleiterin|kassenkraft|kassierkraft|warenverraumer|regalauffuller|einzelhandelskaufmann|\
         einzelhandelskauffrau|shopleiter|friseur|friseurin|florist|floristin|drogist|drogistin|verkaufshilfe|\
         ladenleiter|caissier|caissiere|merchandiseur|libraire|fleuriste|coiffeur|coiffeuse|vendeurs|vendeuses|\
         dependientes|cajeros|reponedor|reponedora|peluquero|peluquera|florista|balconista|repositor|repositora|\
         cabeleireiro|cabeleireira|commessa|commessi|cassiere|cassiera|parrucchiere|scaffalista|\
         verkoopmedewerkers|kassamedewerker|vakkenvuller|filiaalmanager|winkelmanager|verkoopster|\
         kassamedewerkster|kapper|frisor|kassor|butikk*|butik*|sklepowa|kasjer|kasjerka|sprzedawca|\
         sprzedawczyni|myymala*|prodavac|prodavacka|jeweler|jeweller",
    ),
    (
        Sales,
        "sdr|bdr|adr|salesperson|seller|verkaufsleiter|vendedor|vendedora|saljare|selger|sælger|saelger|\
         venditore|verkoper|gebietsleiter|closer|commerciale|salesman|salespeople|saleswoman|sellers|sdrs|bdrs|\
         realtor|realtors|broker|brokers|telemarketer|canvasser|canvassers|wholesaler|reseller|closers|\
         auctioneer|accountmanager|accountmanagerin|vertriebler|vertrieblerin|handelsvertreter|immobilienmakler|\
         immobilienmaklerin|makler|gebietsverkaufsleiter|negociateur|negociatrice|vendedores|televendas|\
         televentas|corretor|venditrice|accountmanagers|verkoopadviseur|*saljare|saljchef|myyja|myyntiedustaja|\
         handlowiec|prodejce|obchodnik|ertekesito|affarsutvecklare|businessdeveloper|commerciaux|salgs*|*selger|\
         pre venda|preventa|telesales",
    ),
    (
        Security,
        "ciso|sicherheitsmitarbeiter|vigilante|guards|firefighter|firefighters|bouncer|bodyguard|constable|\
         sheriff|detective|pentester|watchman|policeman|wachmann|*wachter|sicherheitskraft|sicherheitsfachkraft|\
         werkschutz|objektschutz|detektiv|feuerwehrmann|sicherheitsingenieur|brandschutz|vigile|gardien|\
         gardienne|pompier|guardia|guardias|bombeiro|porteiro|guarda|vigilantes|vigia|guardiano|beveiliger|\
         beveiliging|beveiligingsmedewerker|brandweer|vaktare|ordningsvakt|vagt|vekter|brandman|ochroniarz|\
         vartija|security guards",
    ),
    (
        Support,
        "kundenservice|kundenbetreuung|kundenberater|kundtjanst|klantenservice|*kundenbetreuer|kundenbetreuer|\
         kundenbetreuerin|kundenberaterin|kundendienst|*kundenservice|kundenservicemitarbeiter|callcenter|\
         callcenteragent|supportmitarbeiter|supporter|teleconseiller|teleconseillere|teleoperateur|\
         teleoperatrice|teleoperador|teleoperadora|atendente|callcentermedewerker|klantenservicemedewerker|\
         kundservice|kundeservice|kundeservicemedarbejder|kundeservicemedarbeider|kunderadgiver|kundradgivare|\
         kundeveileder|asiakaspalvelija|asiakaspalvelu|kundesupport",
    ),
];

/// Nouns that roles of many kinds share, and fields that say as much: what tells the field of a role goes before them.
pub(super) const SHARED: &[(JobFunction, &str)] = &[
    (Design, "artist|graphic|artists"),
    (Education, "daycare"),
    (
        Engineering,
        "fullstack|devops|sre|sdet|asic|fpga|rtl|vlsi|gameplay|autocad|bim|programmer|tester|mlops|engineer|\
         engineers|developer|developers|architect|architects|technologist|devrel|dev|engr",
    ),
    (
        Finance,
        "lohn*|controllership|actuarial|trader|controller|risiko*|finanz*|tax|audit|accounting|payroll|treasury|\
         steuern|valuations|fintech operations",
    ),
    (Healthcare, "ambulance|optometric|mri|pflege*|behavioral|behavioural|infusion|autism|nursing"),
    (Hospitality, "server|servers|host|hostess|banquet"),
    (It, "servicenow"),
    (Legal, "compliance|legal|privacy|litigation"),
    (Logistics, "planners|forklift|driver|drivers|dispatch|almacen|planner|cdl|procurement"),
    (Manufacturing, "cnc"),
    (Marketing, "influencer"),
    (Media, "anchor"),
    (Operations, "bizops"),
    (People, "diversity|recruiting|recruitment|chro|hr|hris"),
    (ProjectManagement, "pmo"),
    (Sales, "presales|vertriebs*|vertrieb|aussendienst*|außendienst*|*vertrieb|comercial|vendas|ventas|telemarketing"),
    (Security, "cybersecurity|appsec|devsecops|cryptographer|infosec"),
    (Support, "suporte|soporte"),
];
