//! Amounts of money in text: digits with their separators, magnitudes, and the currency beside them.

use std::str::FromStr;

use iso_currency::Currency;
use rust_decimal::Decimal;

/// One amount as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    pub value: Decimal,
    /// Whether `k` or `M` stands behind it.
    pub magnitude: Option<Decimal>,
    /// From a mark before or a code behind.
    pub currency: Option<String>,
    /// Whether the currency is a code or a mark of one currency only, not a bare `$`.
    pub is_exact: bool,
}

/// Digits of an amount at most: no pay has more, and products of what is below stay exact.
const DIGITS_MAX: usize = 12;

/// The number that digits and separators stand for: a separator before exactly three digits at the end parts thousands.
pub fn number(text: &str) -> Option<Decimal> {
    let text: String = text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '\'' | '’')).collect();
    if text.chars().filter(char::is_ascii_digit).count() > DIGITS_MAX {
        return None;
    }
    let last = text.rfind(['.', ',']);
    let plain = match last {
        Some(at) if text.len() - at - 1 != 3 => {
            let whole: String = text[..at].chars().filter(char::is_ascii_digit).collect();
            format!("{whole}.{}", &text[at + 1..])
        }
        _ => text.chars().filter(char::is_ascii_digit).collect(),
    };
    Decimal::from_str(plain.trim_end_matches('.')).ok()
}

/// The currency that a mark stands for, and whether it stands for that one alone.
pub fn currency_of_mark(mark: &str) -> Option<(&'static str, bool)> {
    let upper: String = mark.to_uppercase().chars().filter(|it| !it.is_whitespace()).collect();
    Some(match upper.as_str() {
        "$" => ("USD", false),
        "US$" | "USD$" => ("USD", true),
        "C$" | "CA$" | "CAD$" | "CAN$" | "CDN$" | "CDN" => ("CAD", true),
        "A$" | "AU$" | "AUD$" => ("AUD", true),
        "NZ$" | "NZD$" => ("NZD", true),
        "S$" | "SGD$" => ("SGD", true),
        "HK$" | "HKD$" => ("HKD", true),
        "R$" => ("BRL", true),
        "MX$" | "MXN$" => ("MXN", true),
        "€" => ("EUR", true),
        "£" | "Â£" => ("GBP", true),
        "¥" => ("JPY", false),
        "₹" => ("INR", true),
        "₪" => ("ILS", true),
        "ZŁ" => ("PLN", true),
        "NT$" => ("TWD", true),
        "COP$" => ("COP", true),
        "CLP$" => ("CLP", true),
        "ARS$" => ("ARS", true),
        "EURO" | "EUROS" => ("EUR", true),
        "₱" | "P" => ("PHP", true),
        "₺" | "TL" => ("TRY", true),
        "₩" | "원" => ("KRW", true),
        "₫" => ("VND", true),
        "฿" => ("THB", true),
        "₦" => ("NGN", true),
        "₴" => ("UAH", true),
        "₽" => ("RUB", true),
        "円" => ("JPY", true),
        "R" => ("ZAR", true),
        "RM" => ("MYR", true),
        "RP" | "RP." => ("IDR", true),
        "RS" | "RS." => ("INR", false),
        // The last letter may be covered where boundaries are searched for.
        "KČ" | "K__" => ("CZK", true),
        "FT" => ("HUF", true),
        "LEI" => ("RON", true),
        "S/" | "S/." => ("PEN", true),
        _ => return code(&upper).map(|code| (code, true)),
    })
}

/// A code of ISO 4217.
fn code(text: &str) -> Option<&'static str> {
    let currency = Currency::from_code(text)?;
    Some(currency.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_apart_by_what_follows() {
        let read = |text| number(text).map(|it| it.to_string());
        assert_eq!(read("267,393").as_deref(), Some("267393"));
        assert_eq!(read("55.000").as_deref(), Some("55000"));
        assert_eq!(read("1.234.567").as_deref(), Some("1234567"));
        assert_eq!(read("120'000").as_deref(), Some("120000"));
        assert_eq!(read("45 000").as_deref(), Some("45000"));
        assert_eq!(read("21.50").as_deref(), Some("21.50"));
        assert_eq!(read("1,234.56").as_deref(), Some("1234.56"));
        assert_eq!(read("45").as_deref(), Some("45"));
        assert_eq!(read("79000000000000000000000000000").as_deref(), None);
    }
}
