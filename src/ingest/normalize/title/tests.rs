mod kinds;

use super::*;
use crate::ingest::normalize::location;

fn of(title: &str) -> Posting {
    Posting { title: title.to_owned(), ..Posting::default() }
}

fn read_posting(posting: &Posting) -> Title {
    read(posting, &location::read(posting).locations)
}

fn cleaned(title: &str) -> String {
    read_posting(&of(title)).normalized.expect("it has words")
}

fn level(title: &str) -> Option<Seniority> {
    read_posting(&of(title)).seniority
}

fn kind(title: &str) -> Option<JobFunction> {
    read_posting(&of(title)).function
}

#[test]
fn the_golden_title_is_a_directors() {
    let found = read_posting(&of("Director, Machine Learning Engineering"));
    assert_eq!(found.normalized.as_deref(), Some("Director, Machine Learning Engineering"));
    assert_eq!((found.seniority, found.function), (Some(Seniority::Director), Some(JobFunction::Engineering)));
}

#[test]
fn a_title_is_freed_of_what_is_about_this_one_posting() {
    for (title, expected) in [
        ("Gardener (m/w/d)", "Gardener"),
        ("Gardener (f/m/x) - Roses", "Gardener - Roses"),
        ("Jardinier H/F - CDI", "Jardinier"),
        ("Gärtner*in (all genders)", "Gärtner*in"),
        ("(R4120) Gardener", "Gardener"),
        ("Gardener - JR123456", "Gardener"),
        ("Gardener  (4418)", "Gardener"),
        ("Gardener - Napa, CA", "Gardener"),
        ("Gardener (Lyon, France)", "Gardener"),
        ("Gardener, Berlin, Germany (Hybrid)", "Gardener"),
        ("Gardener Chicago", "Gardener"),
        ("Gardener - EMEA Remote", "Gardener"),
        ("Gardener - TX", "Gardener"),
        ("Remote Gardener", "Gardener"),
        ("[Remote] Gardener", "Gardener"),
        ("Remote - Monitoring Gardener", "Monitoring Gardener"),
        ("Gardener (2nd Shift)", "Gardener"),
        ("Gardener - Part-Time, Weekends", "Gardener"),
        ("Gardener (6-month fixed-term contract)", "Gardener"),
        ("Gardener (Maternity Cover)", "Gardener"),
        ("Gardener - $25/hr", "Gardener"),
        ("URGENT: Gardener!!!", "Gardener"),
        ("Garden Intern (Summer 2026)", "Garden Intern"),
        ("Senior Gardener, APJ", "Senior Gardener"),
        ("Rose Gardener MX", "Rose Gardener"),
        ("Gardener - NJ", "Gardener"),
        ("Gardener – Boston/Denver Region", "Gardener"),
        ("Gardener (Kaduna State)", "Gardener"),
        ("Gardener - Willow Grove Crossing", "Gardener"),
        ("Gardener - Beds, AI/ML | USA | Remote", "Gardener - Beds, AI/ML"),
        ("Jardineiro(a) | Diadema/SP", "Jardineiro(a)"),
        ("  Gardener\u{a0} –  Roses ", "Gardener – Roses"),
        ("EMEA Gardener", "Gardener"),
        ("Gardener - Mid-Atlantic", "Gardener"),
        ("Gardener, Southern California", "Gardener"),
        ("Gardener (Eastern Europe)", "Gardener"),
        ("Gardener - Nashville TN", "Gardener"),
        ("Gardener (Willow Meadows)", "Gardener"),
        ("Gardener - The Shops at Willow", "Gardener"),
        ("Rose Gardener - Contract to Hire", "Rose Gardener"),
        ("Gardener-Temporary", "Gardener"),
        ("Gardener - AM & Overnight Shift", "Gardener"),
        ("Gardener 6pm - 6am", "Gardener"),
        ("Gardener $19 per hour", "Gardener"),
        ("Garden Internship Winter/Spring 2026", "Garden Internship"),
        ("Stage - Jardin (x/f/m) - Juillet 2026", "Stage - Jardin"),
        ("Gardener - Store # 53", "Gardener"),
        ("Gardener (She/He/They)", "Gardener"),
        ("Temp to Hire Rose Gardener", "Rose Gardener"),
        ("Principal Gardener (26-27)", "Principal Gardener"),
        ("Seeking a Rose Gardener!", "Rose Gardener"),
        ("Gardener, Benelux - Roses (Dutch Speaking)", "Gardener - Roses (Dutch Speaking)"),
        ("Columbia, South Carolina - Rose Gardener", "Rose Gardener"),
        ("Rose Gardener (B Crew)", "Rose Gardener"),
        ("Gärtner (Mensch) Rosen", "Gärtner Rosen"),
        ("Rose Gardener EST/CST - Dallas, TX", "Rose Gardener"),
        ("Gardener - EVENING SCHEDULE", "Gardener"),
        ("Gardener - Downtown Los Angeles", "Gardener"),
        ("Gardener - Willow Birmingham", "Gardener - Willow"),
        ("Gardener - The Willow Birmingham", "Gardener"),
        ("Gardener - Willow Vista", "Gardener - Willow Vista"),
        ("Gardener - Orbit India", "Gardener - Orbit"),
        ("Gardener - RCA Berlin", "Gardener - RCA"),
        ("Casual Gardener", "Gardener"),
        ("Join Our Talent Community - Rose Gardener", "Rose Gardener"),
    ] {
        assert_eq!(cleaned(title), expected, "{title:?}");
    }
}

#[test]
fn a_title_is_freed_of_openings_terms_and_parts_of_the_world() {
    for (title, expected) in [
        ("Rose Gardener Nashville TN", "Rose Gardener"),
        ("Casual Dining Manager", "Casual Dining Manager"),
        ("Gardener - Bengaluru, Multiple Vacancies", "Gardener"),
        ("Gardener (Multiple Positions & Levels)", "Gardener"),
        ("Gardener (Bangkok-Based Position, Relocation Support Provided)", "Gardener"),
        ("Gardener (5:00 pm - 2:00 am IST Shift)", "Gardener"),
        ("2nd shift Rose Gardener", "Rose Gardener"),
        ("Gardener (Future Talent Opportunity)", "Gardener"),
        ("Gardener - Future Opening", "Gardener"),
        ("Gardener (Pan EU)", "Gardener"),
        ("Gardener (ASEAN)", "Gardener"),
        ("Gardener, SEA/GCN", "Gardener"),
        ("Gardener (US/CAN)", "Gardener"),
        ("Rose Gardener UK&I", "Rose Gardener"),
        ("Gardener - N. California, West", "Gardener"),
        ("Rose Gardener at Willow Birmingham", "Rose Gardener"),
        ("Inbound Gardener 🇫🇷", "Inbound Gardener"),
        ("Rose Gardener - France 🇫🇷", "Rose Gardener"),
    ] {
        assert_eq!(cleaned(title), expected, "{title:?}");
    }
}

#[test]
fn what_only_looks_like_it_stays() {
    for title in [
        "Engineer, Mobile",
        "Engineer, AI & ML",
        "Physicist, Solid State",
        "Remote Sensing Scientist",
        "Remote Patient Monitoring Nurse",
        "Remote Operations Center Operator",
        "On-Site Services Manager",
        "Product Manager, Travel",
        "Software Engineer (Java)",
        "Engineer (V&V)",
        "Hybrid Cloud Engineer",
        "Distributed Systems Engineer",
        "Azure Engineer (M365)",
        "Teacher, Grades 6-8",
        "Consultor(a) Comercial",
        "EMEA & APAC Gardener",
        "DACH or Benelux Gardener",
        "EMEA, APAC & LATAM Gardener",
        "Gardener - Non-Remote",
        "20-30 Hour Gardener",
        "Gardener, Enterprise West",
        "Gardener, Rides Marketplace",
        "Hospitalist Chandler MD",
        "Country Manager, Germany, Austria & Switzerland Roses",
        "Sales Manager, Outbound Sales Development - Square",
        "Gardener, Territory",
        "2nd Shift Supervisor",
        "Director, Virtual First",
        "Garden Nurse (MO)",
        "AI Trainer for Portuguese (Brazil) Writers",
        "French (Haiti/French Guiana) Language Specialist",
        "Chinese Language Specialist (Taiwan)",
        "AI Trainer - Advanced Spanish Fluency (Mexico)",
    ] {
        assert_eq!(cleaned(title), title);
    }
}

#[test]
fn what_stands_beside_a_place_stays() {
    for (title, expected) in [
        ("Gardener, Territory, Canada", "Gardener, Territory"),
        ("Account Manager, South Korea (Digital Marketing)", "Account Manager (Digital Marketing)"),
        ("Gardener/ Restaurant Specialist- Myrtle Beach, SC", "Gardener/ Restaurant Specialist"),
        ("Gardener / Restaurant Specialist -Burlington, VT", "Gardener / Restaurant Specialist"),
        ("Gardener (German speaking, m/f/x)", "Gardener (German speaking)"),
        ("Product Manager, Payments, UK", "Product Manager, Payments"),
        ("Account Executive, Enterprise, Japan", "Account Executive, Enterprise"),
        ("Gardener, Beds & Borders, London, UK", "Gardener, Beds & Borders"),
        ("Nurse, Clinical Research, Dallas, TX", "Nurse, Clinical Research"),
        ("Engineer (Python, Go)", "Engineer (Python, Go)"),
        ("Gardener - Hill Town, Ohio", "Gardener"),
        ("Gardener, Reading, PA", "Gardener"),
        ("Gardener - Sandy, UT", "Gardener"),
        ("Gardener - Essen, Germany", "Gardener"),
        ("Gardener, Western US", "Gardener"),
        ("Nursing Assistant (NA)", "Nursing Assistant (NA)"),
    ] {
        assert_eq!(cleaned(title), expected, "{title:?}");
    }
}

#[test]
fn a_title_is_never_emptied() {
    assert_eq!(cleaned("Remote"), "Remote");
    assert_eq!(cleaned("(m/w/d)"), "(m/w/d)");
    assert_eq!(read_posting(&of("  ")), Title::default());
}

#[test]
fn the_postings_own_place_and_company_are_known() {
    let posting = Posting {
        location_text: Some("Crestwood, Missouri".into()),
        company_name: Some("Lumen Gardens".into()),
        ..of("Gardener at Lumen Gardens - Crestwood")
    };
    assert_eq!(read_posting(&posting).normalized.as_deref(), Some("Gardener"));
    let posting = Posting { location_text: Some("St. Louis, Missouri".into()), ..of("Garden Nurse (MO)") };
    assert_eq!(read_posting(&posting).normalized.as_deref(), Some("Garden Nurse"));
}

#[test]
fn levels_follow_the_order_of_the_rules() {
    use Seniority::{Director, Entry, Executive, Intern, Lead, Manager, Mid, Principal, Senior, Staff, Vp};
    for (title, expected) in [
        ("Garden Intern", Some(Intern)),
        ("Praktikant Garten", Some(Intern)),
        ("Stage – Jardin", Some(Intern)),
        ("Stage Development Engineer", None),
        ("Stage Software Engineer - Paris", Some(Intern)),
        ("Manager - Stage Fluids", Some(Manager)),
        ("Junior Gardener", Some(Entry)),
        ("Analista Júnior", Some(Entry)),
        ("Midweight Designer", Some(Mid)),
        ("Mid-Market Account Executive", None),
        ("Field Specialist: Theater, Mid-Town", None),
        ("Middle PHP Developer", Some(Mid)),
        ("Middle School Teacher", None),
        ("(Senior) Gardener", Some(Senior)),
        ("Sr. Gardener", Some(Senior)),
        ("Senior Living Advisor", None),
        ("Staff Engineer", Some(Staff)),
        ("Staff+ Engineer", Some(Staff)),
        ("Senior Staff Engineer", Some(Staff)),
        ("Senior Staff Accountant", Some(Senior)),
        ("Staff Nurse", None),
        ("Senior Principal Gardener", Some(Principal)),
        ("Team Lead Garden", Some(Lead)),
        ("Member of Technical Staff, Garden Engineering Lead", Some(Lead)),
        ("Lead Generation Specialist", None),
        ("Garden Lead Qualifier", None),
        ("Senior Manager, Gardens", Some(Manager)),
        ("Senior Product Manager", Some(Senior)),
        ("Senior Engineering Manager", Some(Manager)),
        ("Manager, Analyst Relations", Some(Manager)),
        ("Asset Manager Analyst", None),
        ("Gartenleiterin", Some(Manager)),
        ("Head of Gardens", Some(Director)),
        ("Senior Director, Gardens", Some(Director)),
        ("Vice President, Gardens", Some(Vp)),
        ("RVP, Mid-Market Sales", Some(Vp)),
        ("Gardener (VP+)", None),
        ("Chief Garden Officer", Some(Executive)),
        ("Manager, CFO Services", Some(Manager)),
        ("Senior CRO Specialist", Some(Senior)),
        ("Future CEO Program", None),
        ("Executive Assistant to the CEO", None),
        ("Gardener II", None),
    ] {
        assert_eq!(level(title), expected, "{title:?}");
    }
}

#[test]
fn of_seniors_who_manage_those_who_manage_alone_are_senior() {
    use Seniority::{Manager, Senior};
    for (title, expected) in [
        ("Senior Rose Program Manager", Senior),
        ("Senior Key Account Manager", Senior),
        ("Senior Customer Success Manager", Senior),
        ("Senior Client Relationship Manager", Senior),
        ("Senior Engagement Manager", Senior),
        ("Senior Category Manager, Roses", Senior),
        ("Senior Brand Manager", Senior),
        ("Senior Product Marketing Manager", Senior),
        ("Senior Projektmanagerin", Senior),
        ("Senior Projektleiter", Senior),
        ("Chef de projet senior", Senior),
        ("Gerente de Produto Sênior", Senior),
        ("Product Manager (Senior)", Senior),
        ("Senior Software Engineer, Secrets Manager", Senior),
        ("Senior Procurement Manager", Manager),
        ("Senior Legal Operations Manager", Manager),
        ("Senior Marketing Manager", Manager),
        ("Sr. Finance Manager", Manager),
        ("Gerente de Vendas Sênior", Manager),
        ("Procurement Manager, Senior", Manager),
        ("Manager / Senior Manager, Roses", Manager),
        ("Senior Store Manager", Manager),
        ("Senior Manager, Product", Manager),
    ] {
        assert_eq!(level(title), Some(expected), "{title:?}");
    }
}

#[test]
fn employment_is_cut_at_the_end_in_brackets_and_in_the_middle() {
    for (title, expected) in [
        ("Gardener (Internship)", "Gardener"),
        ("Gardener (Intern)", "Gardener"),
        ("Gärtner (Praktikum)", "Gärtner"),
        ("Gärtner (m/w/d) (Praktikant/in)", "Gärtner"),
        ("Jardinier (Stage)", "Jardinier"),
        ("Gardener (Contract)", "Gardener"),
        ("Gardener (6-month internship, Berlin)", "Gardener"),
        ("Gardener, Part-Time - Willow Creek", "Gardener"),
        ("Gardener - Full-Time - Willow Creek", "Gardener"),
        ("Gardener, Part-Time - The Mill at Willow Creek", "Gardener"),
        ("Gardener - Part Time - WCS - Houston, Texas", "Gardener"),
        ("Gardener, Contractor - RI", "Gardener"),
        ("Nurse, PRN - Oncology", "Nurse - Oncology"),
        ("Gardener - Contract - data entry", "Gardener - data entry"),
        ("Registered Behavior Technician (RBT)", "Registered Behavior Technician (RBT)"),
        ("Registered Behavior Technician (RBT) - Part-Time", "Registered Behavior Technician (RBT)"),
        ("Head of Garden Design (HGD)", "Head of Garden Design (HGD)"),
        ("Chargé de Distribution Intérieure (CDI)", "Chargé de Distribution Intérieure"),
        ("Garden Nurse (NY)", "Garden Nurse"),
        ("[Summer Internship 2026] Gardener", "Gardener"),
        ("Gardener (Remote - Mid-Atlantic)", "Gardener"),
        ("Gardener (Remote in Willow Creek)", "Gardener"),
        ("Gardener (Remote | WFH)", "Gardener"),
        ("Gardener (Remote - Data Science)", "Gardener (Remote - Data Science)"),
        ("Gardener - Onsite (Hill Town, VA 23999)", "Gardener"),
        ("Gardener (Remote, Master's Degree)", "Gardener (Remote, Master's Degree)"),
        ("Rose Gardener located in South Hill, VA", "Rose Gardener"),
        ("Rose Gardener in South Hill, VA", "Rose Gardener"),
        ("Nurse - Nights - Telemetry", "Nurse - Telemetry"),
        ("Nurse - Per Diem - OR", "Nurse - OR"),
        ("Tutor, Part-Time - Spanish", "Tutor - Spanish"),
        ("Engineer in Test, TX", "Engineer in Test, TX"),
        ("Gardener - West", "Gardener"),
        ("Gardener, Roses - North Central", "Gardener, Roses"),
        ("Gardener - North Pole Roses", "Gardener - North Pole Roses"),
        ("Gardener (10:30-7pm CT)", "Gardener"),
        ("Gardener - 7am to 3:30 pm EST", "Gardener"),
        ("Gardener - Includes a Sign on Bonus!", "Gardener"),
        ("Gärtner (m/w/d) in Vollzeit", "Gärtner"),
        ("Gardener - 12 Month Contract (Zeitvertrag)", "Gardener"),
        ("Gardener 6m FTC", "Gardener"),
        ("Gardener (8m FTC)", "Gardener"),
        ("Gardener (3-6 months contract)", "Gardener"),
        ("Gardener (12-month fixed-term employment)", "Gardener"),
        ("Gardener (Defined Term)", "Gardener"),
        ("Gardener (Maternity Opening)", "Gardener"),
    ] {
        assert_eq!(cleaned(title), expected, "{title:?}");
    }
    for title in ["Gardener (Internship)", "Gärtner (Praktikum)", "Jardinier (Stage)", "Senior Gardener (Co-op)"] {
        assert_eq!(level(title), Some(Seniority::Intern), "{title:?}");
    }
    assert_eq!(level("Gardener (Late Stage)"), None);
}
