//! The names of roles whose work is done with hands or with people, by its kind: as in `roles`.

use JobFunction::{Construction, Education, Healthcare, Hospitality, Logistics, Manufacturing, Retail};

use crate::vocabulary::JobFunction;

/// Names of several words, which say most.
pub(super) const TRADES: &[(JobFunction, &str)] = &[
    (
        Construction,
        "hvac technician|hvac installer|hvac service|construction manager|construction superintendent|\
         maintenance technician|maintenance mechanic|maintenance manager|maintenance worker|\
         facilities technician|facilities manager|facility manager|facilities engineer|building engineer|\
         building maintenance|diesel technician|automotive technician|service technician|\
         field service technician|field technician|installation technician|line worker|quantity surveyor|\
         architect landscape|heavy equipment operator|equipment operator|crane operator|kfz mechatroniker|\
         technicien de maintenance|conducteur de travaux|tecnico de manutencao|auxiliar de limpeza|\
         agent d entretien|property manager|solar installer|bus mechanic|property maintenance|\
         environmental services|technische dienst|equipment technician|make ready technician|\
         reliability technician|general contractor|wind technician|wind turbine technician|fiber technician|\
         fiber splicer|gas technician|pipe technician|electrical foreman|auto technician|automotive tech|\
         diesel tech|aircraft technician|aviation technician|tower technician|cable technician|\
         appliance technician|elevator technician|repair technician|lawn care|landscape architect assistant|\
         landscape designer assistant|grounds worker|grounds manager|home inspector|site engineer construction|\
         general labor|general labour|facilities coordinator maintenance|facility technician|\
         maintenance engineer building|cleaning operative|cleaning specialist|cleaning supervisor|\
         auto body technician|body shop technician|collision technician|paint technician|tire technician|\
         lube tech|generator technician|boiler operator|bms technician|fire technician|concrete finisher|\
         steel erector|site manager construction|community manager apartments|porter apartments|pipe layer|\
         sheet metal worker|drywall finisher|ev charging technician|charger technician|evcs technician|\
         pool technician|water technician|meter technician|meter reader|utility worker|utility locator|\
         utility technician|line technician|electrical apprentice|handy man|field service technicians|\
         field service tech|field tech|wastewater operator|water treatment operator|\
         wastewater treatment operator|day porter|turf manager|turf technician|tree climber|floor technician|floor tech",
    ),
    (
        Education,
        "student success|school principal|instructional designer|instructional design|teaching assistant|\
         education specialist|early childhood|child care|academic advisor|substitute teacher|swim coach|coach academy|\
         learning designer|training specialist|head teacher|school counselor|tutor coordinator|course instructor|\
         academic coach|instructional aide|technical trainer|training manager|sales trainer|assistant principal|\
         vice principal|training developer|curriculum writer|director of academics|classroom assistant|\
         classroom observer|classroom aide|teaching artist|residence life|residential life|resident advisor|\
         student affairs|student services|student life|student engagement|student leadership|admissions counselor|\
         enrollment counselor|enrollment coach|enrollment specialist student|college counselor|career coach|\
         career counselor|camp counselor|camp director|afterschool|basketball coach|football coach|tennis coach|\
         gymnastics coach|volleyball coach|athletics coach|debate coach|reading coach|math coach|assistant coach|\
         head coach|team coach|language coach|test prep|child development|nursery assistant|nursery practitioner|\
         nursery nurse|nursery manager|early years|room leader|elearning developer|software trainer|corporate trainer|\
         driver trainer|site trainer|trainer facilitator|school psychologist assistant|library assistant|\
         library associate|student chaperone|lunch supervisor|deputy principal|head of school|principal in residence|\
         ski instructor|swim instructor|education consultant|curriculum manager|engineering educator|\
         software engineering educator|intervention specialist|reading specialist|director of enrollment",
    ),
    (
        Healthcare,
        "advanced practice provider|registered nurse|licensed practical nurse|nurse practitioner|\
         physician assistant|physical therapist|occupational therapist|speech language pathologist|\
         speech therapist|respiratory therapist|radiologic technologist|medical assistant|medical director|\
         dental assistant|dental hygienist|pharmacy technician|home health aide|direct support professional|\
         behavior technician|behavior analyst|ultrasound technologist|care coordinator|case worker|\
         social worker|health coach|care assistant|care worker|support worker|aide soignant|aide soignante|\
         aide a domicile|auxiliaire de vie|assistant de vie|assistante de vie|aide a la personne|a la personne|\
         sage femme|tecnico de enfermagem|behavioral specialist|case manager|care manager|\
         clinical research associate|clinical research coordinator|medical science liaison|pharmacy tech|\
         clinical specialist|nurse manager|home care aide|treatment coordinator|ultrasound technician|\
         medical coder|medical secretary|medical technologist|medical lab technician|\
         medical laboratory scientist|medical laboratory technician|medical scientist|nurse educator|\
         health educator|behavior specialist|behavior interventionist|aba technician|peer specialist|\
         peer recovery|recovery coach|crisis supervisor|crisis worker|crisis intervention|\
         behavior intervention specialist|family partner|\
         substance abuse|direct support|residential aide|respite worker|personal assistant care|\
         surgical technologist|sterile processing|sterilization technician|anesthesia technician|\
         anesthesia tech|radiology technologist|rad tech|x ray tech|x ray technologist|ct technologist|ct tech|\
         mri technologist|mammography technologist|cath lab|phlebotomy|ekg technician|eeg technologist|\
         laboratory technologist|veterinary receptionist|dental receptionist|dental office manager|\
         orthodontic assistant|orthodontic technician|ophthalmic technician|ophthalmic assistant|hearing aid|\
         hearing instrument specialist|athletic trainer|physio|speech language pathologists|provider enrollment|\
         advanced practice|advanced practitioner|emergency department|doctor of|resident doctor|locum doctor|\
         house officer|utilization review|utilization management|prior authorization|case aide|dietary aide|\
         dietary manager|msl|infection control|infection prevention|wellness coach|wellness coordinator|\
         wellness director|treatment specialist|coder inpatient|hcc coder|chemotherapy prep|caregiving|\
         activities assistant|life enrichment|resident services|resident assistant|wellbeing advisor|\
         bereavement|family advocate|outreach worker|social services|social service|aide aux personnes agees|\
         auxiliaire de soins|auxiliar de enfermagem|auxiliar de enfermeria|direct care|field medical|\
         peer support|travailleur social|veterinary technician|veterinary technicians|veterinary assistant|\
         veterinary nursing|veterinary nurse|specimen processor|specimen processing|ct mri|multi modality",
    ),
    (
        Hospitality,
        "valet attendant|flex valet|sous chef|line cook|restaurant manager|food service|food and beverage|\
         food beverage|guest service|guest services|guest relations|crew member|team member restaurant|\
         room attendant|commis de cuisine|chef de partie|chef de rang|femme de chambre|valet de chambre|\
         travel agent|flight attendant|cabin crew|front office hotel|food runner|kitchen manager|kitchen porter|\
         catering assistant|catering manager|hotel manager|guest experience|tour guide|travel consultant|\
         event server|front of house|back of house|front office manager|front office agent|front desk agent|\
         front desk manager|front desk clerk|front desk attendant|bell person|bell captain|house person|\
         house keeper|night auditor|hotel receptionist|reservations agent|reservation agent|\
         reservations manager|reservations specialist|bar staff|bar back|bar manager|bar supervisor|bar tender|\
         kitchen team member|cafe manager|cafeteria|coffee shop|restaurant general manager|\
         restaurant team member|sandwich artist|meat cutter|cake decorator|catering sales manager hotel|\
         wait staff|waiting staff|wine director|spa therapist|spa receptionist|lift operator|ski lift|\
         ride operator|tour leader|tour manager|tour operator|tour director|travel counselor|\
         hotel general manager|rooms director|director of rooms|laundry worker|laundry assistant|\
         activities coordinator|activities director|life guard|theater staff|cinema staff|stadium staff|\
         concessions|concession worker|airport experience coordinator|seasonal runner|auxiliar de cozinha|\
         ayudante de cocina",
    ),
    (
        Logistics,
        "supply manager|forklift operator|delivery driver|truck driver|sourcing manager|material handler|\
         material planner|materials manager|demand planner|order picker|fleet manager|fleet supervisor|\
         fleet coordinator|fachkraft fur lagerlogistik|lkw fahrer|chauffeur livreur|supply planner|production planner|\
         vendor manager|category buyer|delivery associate|warehouse associate|warehouse manager|warehouse operator|\
         warehouse worker|supply chain manager|logistics coordinator|logistics manager|inventory specialist|\
         procurement manager|procurement specialist|category manager|forklift driver|delivery partner|\
         stock clerk warehouse|inbound associate|outbound associate|inbound operations|outbound operations|\
         warehouse attendant|reach truck|lift truck|order selector|order filler|order puller|order processing|\
         inventory auditor|logistics engineer|procurement engineer|vendor specialist|category specialist|category lead|\
         category director|demand manager|demand analyst|allocation analyst|s op manager|integrated business planning|\
         traffic coordinator|traffic clerk|freight broker|customs broker|ocean gateway|ramp agent|baggage handler|\
         airport ground|ground handler|vehicle operator|vehicle specialist|bus operator|owner operator|train operator|\
         locomotive engineer|ship captain|deck officer|first officer|drone pilot|uas pilot|package handler|\
         mail handler|sortation associate|sort associate|container operator|port operator|terminal operator|\
         terminal manager|terminal control|route manager|load master|food delivery|moving helper|hub operator|\
         hub manager|returns associate|returns processor|truck operator|air traffic controller|crew scheduler|locator|\
         agent logistique|auxiliar de logistica|auxiliar logistico|inventory control|operador de logistica|\
         operador logistico|reach truck operator|warehouse operative|commodity management|commodity manager|\
         logistics technician",
    ),
    (
        Manufacturing,
        "manufacturing technician|production operator|production associate|production manager|\
         production supervisor|production technician|production worker|machine operator|quality inspector|\
         quality technician|quality assurance technician|process technician|press operator|tool and die|\
         maintenance planner|packaging operator|process operator|plant manager|plant operator|chemical operator|\
         food production|operador de produccion|operador de producao|auxiliar de producao|\
         operatore di produzione|lean manufacturing|coating technician|production planner assistant|\
         manufacturing associate|manufacturing operator|manufacturing manager|manufacturing supervisor|\
         qa inspector|assembly technician|assembly operator|tool die|die maker|tool maker|tool technician|\
         harness technician|harnessing technician|build technician|vehicle integration technician|\
         composite technician|machine attendant|machine setter|machine tender|machine technician|cnc programmer|\
         control room staff|plant superintendent|production laborer|production controller|manufacturing planner|\
         quality coordinator|quality assurance auditor|quality director|quality associate|vp of quality|gcp qa|\
         gxp|qa investigations|qa change control|receiving inspector|final inspector|fab technician|clean room|\
         cleanroom|semiconductor technician|sanitation associate|sanitation technician|sanitation supervisor|\
         sanitation lead|sanitation worker|packing operator|press brake|press technician|powder coater|\
         maintenance operator|lean manager|lean specialist|lean leader|meat processor|meat processing|\
         food processing|food processor|food technologist|slaughter|cellar hand|chemical technician|\
         battery technician|cell technician|pcb technician|external manufacture|serging specialist|driller|\
         blaster|harvest technician|agent de production|canning operator|operario de produccion|weld technician|\
         additive technician|equipment maintenance|plc maintenance|quality auditor",
    ),
    (
        Retail,
        "floor lead|floor leader|seasonal associate|shift lead|team leader retail|store manager|store associate|\
         store supervisor|store leader|assistant store manager|sales associate|sales associates|\
         retail associate|retail sales|visual merchandiser|visual merchandising|stock associate|key holder|\
         shop assistant|shop manager|beauty advisor|team member|conseiller de vente|conseillere de vente|\
         responsable de magasin|vendedor de loja|atendente de loja|operador de caixa|addetto vendite|\
         floor manager|retail manager|retail assistant|retail supervisor|store clerk|shop supervisor|\
         sales advisor retail|optical keyholder|visual lead|visual associate|visual specialist|\
         visual supervisor|visual display|store general manager|storefront|outlet manager|key lead|\
         beauty consultant|beauty specialist|cosmetics consultant|fragrance advisor|makeup artist|\
         optical assistant|optical associate|optical manager|optical sales|licensed optical|eyewear|stock lead|\
         stock supervisor|stock manager|stock assistant|stock clerk|stock person|shelf stacker|fitting room|\
         produce clerk|produce associate|meat clerk|seafood clerk|check out|till operator|cash desk|\
         front end associate|front end supervisor|front end manager|front end clerk|department supervisor|\
         gas station|garden center associate|personal shopper|mystery shopper|instacart shopper|\
         piercing specialist|retail general manager|sales ambassador|style advisor",
    ),
];
