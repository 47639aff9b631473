//! `providers`: the providers by name, a line each, with what each can tell.

use std::process::ExitCode;

use super::output;
use crate::ingest::provider::{ALL, Capabilities, Provider};

pub(super) fn run() -> ExitCode {
    for provider in ALL {
        output::line(&line(provider));
    }
    ExitCode::SUCCESS
}

fn line(provider: &Provider) -> String {
    let Capabilities { description_in_list, salary_field, updated_at, deadline, paginated, total_declared } =
        provider.capabilities;
    let told = [
        (true, if description_in_list { "descriptions in the list" } else { "descriptions one by one" }),
        (salary_field, "pay"),
        (updated_at, "updates"),
        (deadline, "deadlines"),
        (paginated, "in pages"),
        (total_declared, "declares totals"),
    ];
    let told: Vec<&str> = told.into_iter().filter(|(is_told, _)| *is_told).map(|(_, what)| what).collect();
    format!("{:<16} {}", provider.name, told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::ingest::provider::find;

    #[test]
    fn a_line_names_the_provider_and_what_it_tells() {
        let lever = find("lever").expect("it is known");
        assert_eq!(line(lever), "lever            descriptions in the list, pay");
    }
}
