//! Kinds of work.

use super::*;

#[test]
fn the_last_noun_of_several_names_the_role() {
    use JobFunction::{Data, Engineering, Finance, Marketing, Research, Sales, Security};
    for (title, expected) in [
        ("Director, Media Sales", Sales),
        ("Solar Sales", Sales),
        ("Sales & Marketing, Roses", Sales),
        ("Head of Sales and Marketing", Sales),
        ("Manufacturing Test Engineering", Engineering),
        ("Manager, Battery Manufacturing Engineering", Engineering),
        ("Clinical Marketing Lead", Marketing),
        ("Healthcare Finance Lead", Finance),
        ("Director, Cyber Engineering", Security),
        ("SAP Finance Lead", JobFunction::It),
        ("Directeur des Opérations Marketing", JobFunction::Operations),
        ("Security Governance Engineer", Security),
        ("Senior Security Platform Engineer II", Security),
        ("Security Cloud Operations Analyst", Security),
        ("Information Security Services Architect", Security),
        ("Security Sales Engineer", Sales),
        ("Software Engineer, Security", Engineering),
        ("Machine Learning Scientist", Data),
        ("Head of Machine Learning Science", Data),
        ("Machine Learning Researcher", Research),
    ] {
        assert_eq!(kind(title), Some(expected), "{title:?}");
    }
}

#[test]
fn what_qualifies_a_word_tells_its_kind() {
    use JobFunction::{
        Construction, CustomerSuccess, Education, Engineering, Finance, Healthcare, It, Legal, Logistics, Marketing,
        Operations, People, Product, Retail, Sales, Security, Support,
    };
    for (title, expected) in [
        ("Style Advisor", Retail),
        ("FX Sales Associate", Sales),
        ("Major Accounts Manager", Sales),
        ("Partner Sales Manager, Data Systems", Sales),
        ("Technology Partner Director", Sales),
        ("Civil 3D Designer", Engineering),
        ("Chiplet Design Lead", Engineering),
        ("Data Center Manager", Engineering),
        ("Financial Planner", Finance),
        ("Manager, Revenue Recognition", Finance),
        ("Indirect Taxation", Finance),
        ("Marketing Planner", Marketing),
        ("Retail Media Lead", Marketing),
        ("Facebook/LinkedIn Manager", Marketing),
        ("MarTech Analyst", Marketing),
        ("Curriculum Manager, Data Science", Education),
        ("Engineering Educator", Education),
        ("Intervention Specialist", Education),
        ("Reading Specialist", Education),
        ("Director of Enrollment", Education),
        ("Behavior Intervention Specialist", Healthcare),
        ("Director, Drug Safety", Healthcare),
        ("Safety and Pharmacovigilance Lead", Healthcare),
        ("Trust and Safety Product Manager", Product),
        ("Trust and Safety Analyst", Security),
        ("AI Success Manager", CustomerSuccess),
        ("Director, Technical Account Management", CustomerSuccess),
        ("Policy Design Manager", Legal),
        ("Product Support Lead", Support),
        ("Network Analyst", It),
        ("Supply Chain Network Analyst", Logistics),
        ("COO", Operations),
        ("L&D Coordinator", People),
        ("Director, Preconstruction", Construction),
    ] {
        assert_eq!(kind(title), Some(expected), "{title:?}");
    }
}

#[test]
fn kinds_of_work_are_told_in_several_languages() {
    use JobFunction::{
        CustomerSuccess, Data, Design, Engineering, Finance, Healthcare, Hospitality, Logistics, Manufacturing,
        Marketing, People, Product, Research, Sales, Security,
    };
    for (title, expected) in [
        ("Software Engineer, Payments", Some(Engineering)),
        ("Brand Experience - QA Engineer", Some(Engineering)),
        ("Softwareentwicklerin", Some(Engineering)),
        ("Développeuse", Some(Engineering)),
        ("Data Engineering Manager, Product", Some(Data)),
        ("Product Manager, Data", Some(Product)),
        ("Marketing Designer", Some(Design)),
        ("Customer Success Engineer", Some(CustomerSuccess)),
        ("Vertriebsmitarbeiter", Some(Sales)),
        ("Executivo(a) de Contas", Some(Sales)),
        ("Sjuksköterska", Some(Healthcare)),
        ("Auxiliaire de vie", Some(Healthcare)),
        ("Berufskraftfahrer", Some(Logistics)),
        ("Chef de partie", Some(Hospitality)),
        ("Talent Acquisition Partner", Some(People)),
        ("Manager, Accounting", Some(Finance)),
        ("Peer Support Specialist", Some(Healthcare)),
        ("Aide aux personnes âgées", Some(Healthcare)),
        ("Truck Driver", Some(Logistics)),
        ("Preparador, Logística", Some(Logistics)),
        ("Biddable Executive", Some(Marketing)),
        ("Social Media Analyst", Some(Marketing)),
        ("Payments Analyst", Some(Finance)),
        ("Join our talent community", None),
        ("Head of Product Design", Some(Design)),
        ("Director, Product Marketing", Some(Marketing)),
        ("Machine Learning Researcher", Some(Research)),
        ("Manager, Tax Reporting & Compliance", Some(Finance)),
        ("Warehouse Clerk", Some(Logistics)),
        ("Supply Chain Accountant", Some(Finance)),
        ("Accountant, Supply Chain", Some(Finance)),
        ("Server Engineer", Some(Engineering)),
        ("Life Insurance Producer", Some(Sales)),
        ("Loan Officer", Some(Finance)),
        ("Lead, Threat Detection", Some(Security)),
        ("Invoice-to-Pay Specialist", Some(Finance)),
        ("Agente de Cobrança", Some(Finance)),
        ("Opérateur régleur", Some(Manufacturing)),
        ("Avocate", Some(JobFunction::Legal)),
        ("Vaktmästare", Some(JobFunction::Construction)),
        ("Talent Network - Sales", None),
        ("General Application", None),
        ("Talent Pool - Software Engineer", Some(Engineering)),
        ("Don't see what you're looking for in Accounting?", None),
        ("Interested in future Client Strategy opportunities?", None),
        ("Open Position", None),
        ("Talent Operations Coordinator", Some(People)),
        ("Integrated Circuit Designer", Some(Engineering)),
        ("AI Research Internship", Some(Research)),
        ("AI Research Engineer", Some(Engineering)),
        ("Rental Fleet Supervisor", Some(Logistics)),
        ("Security Cleared DevOps Engineer", Some(Engineering)),
    ] {
        assert_eq!(kind(title), expected, "{title:?}");
    }
}

#[test]
fn the_department_speaks_where_the_title_is_silent() {
    let posting = Posting { department_path: vec!["Finance".into(), "Team 7".into()], ..of("Specialist II") };
    let found = read_posting(&posting);
    let fact = found.facts.iter().find(|it| it.field == "function").expect("it is told");
    assert_eq!(found.function, Some(JobFunction::Finance));
    assert_eq!((fact.provenance, fact.rule.as_str()), (Provenance::ProviderField, "function.department"));
}

#[test]
fn a_title_and_a_department_that_differ_are_a_conflict() {
    let posting = Posting { department_path: vec!["Marketing".into()], ..of("Senior Data Scientist (f/m/d)") };
    let found = read_posting(&posting);
    let fact = found.facts.iter().find(|it| it.field == "function").expect("it is told");
    assert_eq!(found.function, Some(JobFunction::Data));
    assert_eq!(fact.conflicts, ["MARKETING by department \"Marketing\""]);
    assert_eq!(fact.evidence.as_ref().map(|it| it.quote.as_str()), Some("Data Scientist"));
    let level = found.facts.iter().find(|it| it.field == "seniority").expect("it is told");
    assert_eq!(level.evidence.as_ref().map(|it| (it.quote.as_str(), it.start)), Some(("Senior", 0)));
}

#[test]
fn words_of_other_scripts_are_found_as_they_are_spelled() {
    assert_eq!(level("백엔드 인턴"), Some(Seniority::Intern));
    assert_eq!(kind("開発エンジニア"), Some(JobFunction::Engineering));
    assert_eq!(kind("コンプライアンス担当"), Some(JobFunction::Legal));
}

#[test]
fn a_program_of_learners_is_no_project_but_a_programmer_is_one() {
    assert_eq!(kind("Global Internship Program"), None);
    assert_eq!(kind("Skillbridge Leadership Program"), None);
    assert_eq!(kind("Graduate Programmer"), Some(JobFunction::Engineering));
}
