//! The golden vectors of pay in text.

use super::*;

type Expected = (Option<i64>, Option<i64>, Option<&'static str>, SalaryPeriod);

type Read = (Option<String>, Option<String>, Option<String>, SalaryPeriod);

fn read_text(text: &str) -> Option<Read> {
    let plain = |amount: Option<Decimal>| amount.map(|it| it.normalize().to_string());
    read(&[], None, text).map(|it| (plain(it.min), plain(it.max), it.currency, it.period))
}

#[test]
fn golden_vectors() {
    let usd = Some("USD");
    let year = SalaryPeriod::Year;
    let vectors: [(&str, Expected); 19] = [
        ("$267,393 — $550,515 USD", (Some(267_393), Some(550_515), usd, year)),
        ("$267,393—$550,515 USD", (Some(267_393), Some(550_515), usd, year)),
        ("£60k", (Some(60_000), None, Some("GBP"), year)),
        ("55.000 € brutto/Jahr", (Some(55_000), None, Some("EUR"), year)),
        ("€55.000", (Some(55_000), None, Some("EUR"), year)),
        ("Compensation 120-150K", (Some(120_000), Some(150_000), None, year)),
        ("$45 - $60 per hour", (Some(45), Some(60), usd, SalaryPeriod::Hour)),
        ("$21/hr to $25/hr", (Some(21), Some(25), usd, SalaryPeriod::Hour)),
        ("C$95,000 - C$120,000", (Some(95_000), Some(120_000), Some("CAD"), year)),
        ("$95,000 - $120,000 CAD", (Some(95_000), Some(120_000), Some("CAD"), year)),
        ("$200 - $240 per day", (Some(200), Some(240), usd, SalaryPeriod::Day)),
        ("$12,000 monthly", (Some(12_000), None, usd, SalaryPeriod::Month)),
        ("up to $200,000", (None, Some(200_000), usd, year)),
        ("CHF 120'000 – 140'000 p.a.", (Some(120_000), Some(140_000), Some("CHF"), year)),
        ("SEK 45 000 - 55 000 per month", (Some(45_000), Some(55_000), Some("SEK"), SalaryPeriod::Month)),
        ("zł 18 000 – 24 000 monthly", (Some(18_000), Some(24_000), Some("PLN"), SalaryPeriod::Month)),
        ("US based applicants only $267,393 — $550,515 USD", (Some(267_393), Some(550_515), usd, year)),
        ("The base salary range is $150,000 to $180,000 plus more", (Some(150_000), Some(180_000), usd, year)),
        ("Salary: 60.000 - 75.000 EUR", (Some(60_000), Some(75_000), Some("EUR"), year)),
    ];
    for (text, (min, max, currency, period)) in vectors {
        let words = |amount: Option<i64>| amount.map(|it| it.to_string());
        assert_eq!(read_text(text), Some((words(min), words(max), currency.map(ToOwned::to_owned), period)), "{text}");
    }
}

#[test]
fn pay_is_read_in_several_languages() {
    let vectors: [(&str, Expected); 8] = [
        ("Salaire : 45 000 à 55 000 € brut annuel", (Some(45_000), Some(55_000), Some("EUR"), SalaryPeriod::Year)),
        ("Rémunération entre 38 000 € et 42 000 €", (Some(38_000), Some(42_000), Some("EUR"), SalaryPeriod::Year)),
        ("Salario: 30.000€ a 35.000€ al año", (Some(30_000), Some(35_000), Some("EUR"), SalaryPeriod::Year)),
        ("Salário de R$ 8.000 a R$ 9.500 por mês", (Some(8_000), Some(9_500), Some("BRL"), SalaryPeriod::Month)),
        ("Salaris: €3.200 tot €4.100 per maand", (Some(3_200), Some(4_100), Some("EUR"), SalaryPeriod::Month)),
        ("Vergütung: 19 € pro Stunde", (Some(19), None, Some("EUR"), SalaryPeriod::Hour)),
        ("at a CAD $30/hour contract rate", (Some(30), None, Some("CAD"), SalaryPeriod::Hour)),
        (
            "Compensation\n$240K – $285K + Offers Equity",
            (Some(240_000), Some(285_000), Some("USD"), SalaryPeriod::Year),
        ),
    ];
    for (text, (min, max, currency, period)) in vectors {
        let words = |amount: Option<i64>| amount.map(|it| it.to_string());
        assert_eq!(read_text(text), Some((words(min), words(max), currency.map(ToOwned::to_owned), period)), "{text}");
    }
}

#[test]
fn what_is_no_pay_is_refused() {
    let texts = [
        "C$95,000 - A$120,000",
        "The salary is $45 knowing the market",
        "401(k) match up to $5,000",
        "raised $50 million",
        "a bonus of $10,000 to $20,000",
        "We serve 100-200 customers",
        "Teams of 5 to 10 people, founded 2010 - 2015",
        "$1,000 learning stipend",
        "$100 and a day off",
        "carry quotas of $1M a year",
        "salary $79000000000000000000000000000k",
        "salary $79000000000000000000000000000k - $79000000000000000000000000000k",
        "",
    ];
    for text in texts {
        assert_eq!(read_text(text), None, "{text}");
    }
}

/// Half a month's pay was told as that of a year.
#[test]
fn a_lone_amount_needs_a_word_for_pay() {
    for text in [
        "Learn with our budget: you decide on $900 per annum, for whatever you want to know more about.",
        "Our tools cost their users no more than $99 per month, whichever of their plans they have chosen.",
        "Nothing here is about what you earn, but we are used by shops that sell for $120k every single day.",
    ] {
        assert_eq!(read_text(text), None, "{text}");
    }
    let text = "Whoever joins this team as its gardener is paid an annual salary of $90,000, whatever grows.";
    assert_eq!(read_text(text).and_then(|it| it.0).as_deref(), Some("90000"));
}

#[test]
fn what_comes_on_top_of_pay_does_not_hide_it() {
    let ends = |text: &str| read_text(text).map(|it| (it.0.unwrap_or_default(), it.1.unwrap_or_default()));
    let expected = Some(("60000".to_owned(), "80000".to_owned()));
    assert_eq!(ends("The base range for this position is $60,000 - $80,000 plus equity."), expected);
    assert_eq!(ends("The salary ranges from $60,000 year to $80,000/year, and a bonus."), expected);
    assert_eq!(read_text("Pay range: $28—$32 USD").map(|it| it.3), Some(SalaryPeriod::Hour));
}

#[test]
fn the_words_around_call_it_pay_and_tell_its_period() {
    use SalaryPeriod::{Hour, Month, Year};
    let vectors: [(&str, Expected); 11] = [
        ("## Package\n* 50-55K€ fixed + 10K€ bonus", (Some(50_000), Some(55_000), Some("EUR"), Year)),
        ("A competitive salary ( $100,000 pa- $120,000 pa)", (Some(100_000), Some(120_000), Some("USD"), Year)),
        ("You drive a cart and like it.\n\nComp:\n\n* $25/hour", (Some(25), None, Some("USD"), Hour)),
        (
            "Good pay + bonus + equity plan. The salary range for the role is $150,000-$170,000",
            (Some(150_000), Some(170_000), Some("USD"), Year),
        ),
        ("What we offer to gardeners:\n* 110k - 131k + equity.", (Some(110_000), Some(131_000), None, Year)),
        (
            "Whoever sows and reaps for us in every season is given $120,000 OTE",
            (Some(120_000), None, Some("USD"), Year),
        ),
        ("Monthly salary: 15 000 - 18 000 PLN gross", (Some(15_000), Some(18_000), Some("PLN"), Month)),
        (
            "Whoever sows and reaps for us: the hourly rate is $27, whatever grows there.",
            (Some(27), None, Some("USD"), Hour),
        ),
        ("Annual review. Pay: $25 - $30", (Some(25), Some(30), Some("USD"), Hour)),
        ("Bruttolohn 3.200 € bis 3.600 € im Monat", (Some(3_200), Some(3_600), Some("EUR"), Month)),
        ("Salário até R$ 9.000 por mês", (None, Some(9_000), Some("BRL"), Month)),
    ];
    let words = |amount: Option<i64>| amount.map(|it| it.to_string());
    let read = vectors.map(|(text, (min, max, currency, period))| {
        (text, read_text(text), Some((words(min), words(max), currency.map(ToOwned::to_owned), period)))
    });
    let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
    assert!(misread.is_empty(), "{misread:#?}");
    for text in [
        "Over the last three years we have grown our sales of seeds.\n\nReferral bonus:\n\n* $2,500",
        "We serve 100k - 200k gardens and cafés with the flowers that grow in our very own fields",
        "Our users pay. Their budget is $100,000 - $200,000 for gardens",
    ] {
        assert_eq!(read_text(text), None, "{text}");
    }
}

#[test]
fn pay_is_read_in_the_currencies_of_the_world() {
    use SalaryPeriod::{Hour, Month, Year};
    let vectors: [(&str, Expected); 17] = [
        ("Pay rate: PHP 550/hour", (Some(550), None, Some("PHP"), Hour)),
        ("Salary: ₱40,000 - ₱60,000 per month", (Some(40_000), Some(60_000), Some("PHP"), Month)),
        ("Pay that starts at P90K per month", (Some(90_000), None, Some("PHP"), Month)),
        ("Salary range: RM 3,000 - RM 5,000", (Some(3_000), Some(5_000), Some("MYR"), Month)),
        ("Salary: R35 000 - R45 000 per month", (Some(35_000), Some(45_000), Some("ZAR"), Month)),
        ("Salario: COP 6.000.000 - 8.000.000 mensuales", (Some(6_000_000), Some(8_000_000), Some("COP"), Month)),
        ("Sueldo: $30,000 - $40,000 MXN", (Some(30_000), Some(40_000), Some("MXN"), Month)),
        ("Salary: AED 12,000 - AED 15,000", (Some(12_000), Some(15_000), Some("AED"), Month)),
        ("Salary: 50.000 TL - 70.000 TL", (Some(50_000), Some(70_000), Some("TRY"), Month)),
        ("Salary: ₹12,00,000 - ₹18,00,000 per annum", (Some(1_200_000), Some(1_800_000), Some("INR"), Year)),
        ("Salary: 12-18 LPA", (Some(1_200_000), Some(1_800_000), Some("INR"), Year)),
        ("Mzda: 40 000 - 50 000 Kč", (Some(40_000), Some(50_000), Some("CZK"), Month)),
        ("年収: 600万円〜900万円", (Some(6_000_000), Some(9_000_000), Some("JPY"), Year)),
        ("Salario de 30.000 a 35.000 euros brutos", (Some(30_000), Some(35_000), Some("EUR"), Year)),
        ("Stawka: 15 000 - 18 000 PLN", (Some(15_000), Some(18_000), Some("PLN"), Month)),
        ("Salary range: $170-195,000", (Some(170_000), Some(195_000), Some("USD"), Year)),
        ("Salary: NT$ 50,000 - NT$ 70,000 monthly", (Some(50_000), Some(70_000), Some("TWD"), Month)),
    ];
    let words = |amount: Option<i64>| amount.map(|it| it.to_string());
    let read = vectors.map(|(text, (min, max, currency, period))| {
        (text, read_text(text), Some((words(min), words(max), currency.map(ToOwned::to_owned), period)))
    });
    let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn headings_words_behind_and_long_sentences_call_a_sum_pay() {
    let ends = |text: &str| read_text(text).map(|it| (it.0.unwrap_or_default(), it.1.unwrap_or_default()));
    for (text, min, max) in [
        ("You sow and reap with us in all seasons.\n\nCompensation:\n* $54k-$65k, Offers Bonus", "54000", "65000"),
        ("You sow and reap with us in all seasons.\n* 150k-200k cash salary and a garden", "150000", "200000"),
        ("A base salary that goes with what you know of gardens and where you sow, up to $175,000.", "", "175000"),
        ("Whoever sows and reaps for us gets paid well, with rates that can go up to $55/hour.", "", "55"),
        ("Min pay: $60,000, max: $80,000", "60000", "80000"),
    ] {
        assert_eq!(ends(text), Some((min.to_owned(), max.to_owned())), "{text}");
    }
    for text in [
        "You close deals in the $20k–$100k+ ACV range with all the gardens of Ruritania",
        "Nobody in our gardens is given less than the living wage of $2,500 per month",
        "You run paid campaigns for the gardens of Ruritania at a scale of $250K+ per month.",
    ] {
        assert_eq!(read_text(text), None, "{text}");
    }
}

/// A letter of three bytes was cut in the middle, as two of them were taken for the second letter of a crown's mark.
#[test]
fn letters_of_any_width_stand_behind_sums() {
    for letter in ["é", "č", "\u{200d}", "日", "👩", "\u{301}"] {
        assert_eq!(read_text(&format!("#tea 401k{letter} and more")), None, "{letter:?}");
        read_text(&format!("Salary: 40 000k{letter} - 50 000 K{letter}{letter}"));
    }
}

#[test]
fn spaces_may_stand_within_sums() {
    let ends = |text: &str| read_text(text).map(|it| (it.0.unwrap_or_default(), it.1.unwrap_or_default()));
    for (text, min, max) in [
        ("Salary: $ 55, 000 - $ 65, 000", "55000", "65000"),
        ("Salary: $ 55 ,000 to $ 65 ,500 per year", "55000", "65500"),
        ("Pay range: $72, 500 – $90, 000", "72500", "90000"),
        ("Salary: $1, 200, 000", "1200000", ""),
        ("Pay: $25 - $30, 401(k) and a garden", "25", "30"),
        ("Pay: $25 - $30, 100% of it in roses", "25", "30"),
    ] {
        assert_eq!(ends(text), Some((min.to_owned(), max.to_owned())), "{text}");
    }
}

#[test]
fn a_bare_dollar_is_that_of_the_code_beside_it() {
    for (text, currency) in [
        ("Pay: CAD $40/hour", "CAD"),
        ("Pay: $40 CAD/hour", "CAD"),
        ("Pay: CA$40/hour", "CAD"),
        ("Pay: C$40 per hour", "CAD"),
        ("Pay: CDN$40 per hour", "CAD"),
        ("Pay: $40 CDN per hour", "CAD"),
        ("Pay: $40/hour CAD", "CAD"),
        ("Pay: $40 per hour (CAD)", "CAD"),
        ("Pay (CAD): $40/hr", "CAD"),
        ("Salary in AUD: $90,000 - $100,000", "AUD"),
        ("Salary: $90,000 - $100,000 per year, in NZD", "NZD"),
        ("Salary: $90,000 to $100,000 annually (CAD)", "CAD"),
        ("Pay in our gardens of Canada: $40/hour", "USD"),
        ("US pay: $100,000 - $120,000, CAD $130,000 - $150,000", "USD"),
        ("Salary: US$90,000 (CAD is for Canada)", "USD"),
    ] {
        assert_eq!(read_text(text).and_then(|it| it.2).as_deref(), Some(currency), "{text}");
    }
}

#[test]
fn pay_is_told_by_the_month_or_the_hour_in_some_countries() {
    use SalaryPeriod::{Hour, Month, Year};
    let vectors: [(&str, Expected); 11] = [
        ("Wynagrodzenie: 15 000 – 20 000 PLN netto + VAT (B2B)", (Some(15_000), Some(20_000), Some("PLN"), Month)),
        ("Lön: 45 000 - 55 000 SEK", (Some(45_000), Some(55_000), Some("SEK"), Month)),
        ("Løn: 50.000 - 60.000 DKK", (Some(50_000), Some(60_000), Some("DKK"), Month)),
        ("Salary: AED 20,000 - AED 25,000", (Some(20_000), Some(25_000), Some("AED"), Month)),
        ("Mzda: 120 000 - 150 000 Kč", (Some(120_000), Some(150_000), Some("CZK"), Month)),
        ("Salary: 600 000 - 700 000 NOK", (Some(600_000), Some(700_000), Some("NOK"), Year)),
        ("Salary: 180 000 - 240 000 PLN", (Some(180_000), Some(240_000), Some("PLN"), Year)),
        ("Stundenlohn: 15,00 € - 18,00 €", (Some(15), Some(18), Some("EUR"), Hour)),
        ("Monatslohn: 3.200 € - 3.600 €", (Some(3_200), Some(3_600), Some("EUR"), Month)),
        (
            "Du säst und erntest mit uns zu jeder Jahreszeit, der Stundenlohn beträgt 16 €.",
            (Some(16), None, Some("EUR"), Hour),
        ),
        ("Salary, leave and a garden: $3,500", (Some(3_500), None, Some("USD"), Month)),
    ];
    let words = |amount: Option<i64>| amount.map(|it| it.to_string());
    let read = vectors.map(|(text, (min, max, currency, period))| {
        (text, read_text(text), Some((words(min), words(max), currency.map(ToOwned::to_owned), period)))
    });
    let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn sums_of_other_things_are_no_pay() {
    for text in [
        "Competitive salary, unlimited leave and $1,000 for your home office",
        "Competitive salary, a garden of your own, and $1,200 for whatever you want to plant in it this season",
        "Competitive base salary + $500 WFH setup, for whoever works with us from a garden of their own",
        "Manage paid media spend of $50K–$200K per month for the gardens of Ruritania",
        "You have run garden projects ranging from $500K to $2M",
        "You look after a portfolio of gardens worth $250K-$1M",
        "You work with families who have $500K to $2M in investable assets",
        "You sell homes with gardens, priced from $400,000 to $900,000",
        "Our customer base spends $45,000 per month on the flowers that grow in our fields",
        "We are a Ruritania-based company that sold roses for $500,000 in its first month",
    ] {
        assert_eq!(read_text(text), None, "{text}");
    }
}
