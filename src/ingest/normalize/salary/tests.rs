//! The order of trust in fields, markup and text.

mod text;

use super::*;

#[test]
fn the_markup_is_read_before_the_text_and_the_fields_before_both() {
    let html = r#"<p>$1 to $2 per hour</p><div class="content-pay-transparency"><div class="pay-input"><div class="pay-range"><span>$100,000</span><span class="divider">&mdash;</span><span>$120,000 USD</span></div></div></div>"#;
    let markup = in_markup(html).expect("there is a pay range");
    assert_eq!(read(&[], Some(&markup), "$90,000 - $95,000").and_then(|it| it.min), Some(Decimal::from(100_000)));
    let stated = StatedPay {
        min: Some("50000".into()),
        max: Some("60000".into()),
        currency: Some("EUR".into()),
        ..StatedPay::default()
    };
    let salary = read(std::slice::from_ref(&stated), Some(&markup), "").expect("pay is stated");
    assert_eq!((salary.min, salary.currency.as_deref()), (Some(Decimal::from(50_000)), Some("EUR")));
}

#[test]
fn pay_for_a_time_that_is_none_of_ours_is_not_told() {
    let stated = |period| StatedPay {
        min: Some("3000".into()),
        max: Some("3500".into()),
        currency: Some("USD".into()),
        period,
        ..StatedPay::default()
    };
    for text in ["", "Pay is $3,000 - $3,500.", "The range is $3,000 to $3,500 bi-weekly."] {
        assert_eq!(read(&[stated(StatedPeriod::Other)], None, text), None, "{text}");
    }
    assert!(read(&[stated(StatedPeriod::Of(SalaryPeriod::Month))], None, "").is_some());
    let told = read(&[stated(StatedPeriod::Other)], None, "Base salary: $78,000 - $91,000 per year.");
    assert_eq!(told.and_then(|it| it.min), Some(Decimal::from(78_000)));
}

#[test]
fn a_slip_of_a_form_is_told_and_not_counted_by() {
    let slip = StatedPay {
        min: Some("75".into()),
        max: Some("95000".into()),
        period: StatedPeriod::Of(SalaryPeriod::Year),
        ..StatedPay::default()
    };
    let slip = read(&[slip], None, "").expect("pay is stated");
    assert_eq!((slip.min, slip.annual_min(), slip.annual_max()), (Some(75.into()), None, Some(95_000.into())));
}

#[test]
fn amounts_alone_in_a_field_are_those_of_the_text() {
    let stated = StatedPay { min: Some("4000".into()), max: Some("5000".into()), ..StatedPay::default() };
    let salary =
        read(std::slice::from_ref(&stated), None, "Salary: SGD 4,000 - 5,000 per month.").expect("pay is stated");
    assert_eq!((salary.currency.as_deref(), salary.period), (Some("SGD"), SalaryPeriod::Month));
    let other = read(&[stated], None, "Salary: SGD 1,000 - 2,000 per month.").expect("pay is stated");
    assert_eq!((other.currency, other.min), (None, Some(4_000.into())));
}

#[test]
fn several_stated_ranges_are_tiers() {
    let stated = |min: &str, max: &str, currency: &str| StatedPay {
        min: Some(min.into()),
        max: Some(max.into()),
        currency: Some(currency.into()),
        ..StatedPay::default()
    };
    let salary =
        read(&[stated("50000", "60000", "USD"), stated("70000", "90000", "USD")], None, "").expect("pay is stated");
    assert_eq!(
        (salary.min, salary.max, salary.tiers.len()),
        (Some(Decimal::from(50_000)), Some(Decimal::from(90_000)), 2)
    );
    let ranges = [stated("50000", "60000", "USD"), stated("70000", "95000", "EUR"), stated("40000", "55000", "USD")];
    let mixed = read(&ranges, None, "").expect("pay is stated");
    assert_eq!((mixed.min, mixed.max), (Some(Decimal::from(40_000)), Some(Decimal::from(60_000))));
    assert_eq!((mixed.currency.as_deref(), mixed.tiers.len()), (Some("USD"), 3));
}

/// Pay in Singapore was told of a job in Utah.
#[test]
fn of_tiers_in_several_currencies_the_country_s_own_count() {
    let stated = |title: &str, min: &str, max: &str, currency: &str| StatedPay {
        title: Some(title.into()),
        min: Some(min.into()),
        max: Some(max.into()),
        currency: Some(currency.into()),
        ..StatedPay::default()
    };
    let ranges = [
        stated("Singapore", "187497", "234372", "SGD"),
        stated("United States", "176800", "208000", "USD"),
        stated("Japan", "11000000", "14000000", "JPY"),
        stated("United States, Lead", "200000", "230000", "USD"),
    ];
    let salary = read(&ranges, None, "").expect("pay is stated");
    for (country, currency, min, max, raw) in [
        (Some("US"), "USD", 176_800, 230_000, "176800–230000 USD"),
        (Some("JP"), "JPY", 11_000_000, 14_000_000, "11000000–14000000 JPY"),
        (Some("SG"), "SGD", 187_497, 234_372, "187497–234372 SGD"),
        (Some("DE"), "SGD", 187_497, 234_372, "187497–234372 SGD"),
        (None, "SGD", 187_497, 234_372, "187497–234372 SGD"),
    ] {
        let told = salary.clone().in_country(country);
        assert_eq!((told.currency.as_deref(), told.raw.as_str()), (Some(currency), raw), "{country:?}");
        assert_eq!((told.min, told.max), (Some(Decimal::from(min)), Some(Decimal::from(max))), "{country:?}");
        assert_eq!(told.tiers, salary.tiers, "{country:?}");
    }
}

#[test]
fn pay_in_fields_is_told_in_the_provider_s_own_words() {
    let stated = |min: &str, max: &str, currency: &str| StatedPay {
        min: Some(min.into()),
        max: Some(max.into()),
        currency: Some(currency.into()),
        ..StatedPay::default()
    };
    let told = |ranges: &[StatedPay], words: Option<&str>| {
        read(ranges, None, "").expect("pay is stated").in_country(None).in_words(words).raw
    };
    let (one, more) = (stated("80000", "110000", "EUR"), stated("90000", "120000", "EUR"));
    assert_eq!(told(std::slice::from_ref(&one), Some("€80K - €110K")), "€80K - €110K");
    assert_eq!(told(&[one.clone(), more], Some("€80K - €120K")), "€80K - €120K");
    assert_eq!(told(std::slice::from_ref(&one), None), "80000–110000 EUR");
    for other in ["We have 3 offices and 401k", "€80K - €120K", "Our 2025 policy, and 401(k) match of 4%."] {
        assert_eq!(told(std::slice::from_ref(&one), Some(other)), "80000–110000 EUR", "{other}");
    }
    assert_eq!(told(&[one, stated("90000", "120000", "USD")], Some("€80K - $120K")), "80000–110000 EUR");
    assert_eq!(told(&[stated("240000", "240000", "USD")], None), "240000 USD");
    let text = read(&[], None, "Salary: $90,000 - $95,000").expect("pay is told");
    assert_eq!(text.in_words(Some("$1")).raw, "$90,000 - $95,000");
}

/// What a single range is for was told nowhere.
#[test]
fn a_single_range_with_a_title_is_a_tier() {
    let titles = |it: &Salary| it.tiers.iter().map(|it| it.title.clone()).collect::<Vec<_>>();
    let stated = |title: Option<&str>| StatedPay {
        title: title.map(ToOwned::to_owned),
        min: Some("50000".into()),
        max: Some("60000".into()),
        ..StatedPay::default()
    };
    let told = |title| titles(&read(&[stated(title)], None, "").expect("pay is stated"));
    assert_eq!((told(Some("Berlin")), told(None)), (vec![Some("Berlin".to_owned())], vec![]));
    let range = |title: &str| {
        let range =
            r#"<div class="pay-range"><span>$267,393</span><span>&mdash;</span><span>$550,515 USD</span></div>"#;
        format!(r#"<div class="pay-input">{title}{range}</div>"#)
    };
    let title = r#"<div class="title">US &amp; Canada
        only</div>"#;
    for (html, expected) in [
        (range(title), vec![Some("US & Canada only".to_owned())]),
        (range(""), vec![]),
        (range(r#"<div class="title"> </div>"#), vec![]),
        (range(title) + &range(""), vec![Some("US & Canada only".to_owned()), None]),
    ] {
        let salary = read(&[], in_markup(&html).as_deref(), "").expect("pay is marked up");
        assert_eq!((salary.raw.as_str(), titles(&salary)), ("$267,393—$550,515 USD", expected), "{html}");
    }
}

#[test]
fn a_year_is_counted_by_one_table() {
    let salary = read(&[], None, "$45 - $60 per hour").expect("pay is told");
    assert_eq!((salary.annual_min(), salary.annual_max()), (Some(Decimal::from(93_600)), Some(Decimal::from(124_800))));
}

#[test]
fn each_marked_up_range_is_a_tier() {
    let html = r#"<div class="pay-range"><span>$100,000</span>&mdash;<span>$120,000 USD</span></div><p>Elsewhere</p>
        <div class="pay-range"><span>$90,000</span>&mdash;<span>$110,000 USD</span></div>"#;
    let salary = read(&[], in_markup(html).as_deref(), "").expect("pay is marked up");
    assert_eq!((salary.min, salary.max), (Some(Decimal::from(90_000)), Some(Decimal::from(120_000))));
    assert_eq!(salary.tiers.len(), 2);
    let html = format!(r#"{html}<div class="pay-range"><span>€200,000</span>&mdash;<span>€210,000 EUR</span></div>"#);
    let mixed = read(&[], in_markup(&html).as_deref(), "").expect("pay is marked up");
    assert_eq!((mixed.min, mixed.max, mixed.tiers.len()), (salary.min, salary.max, 3));
}
