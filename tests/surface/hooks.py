"""What an answer may be: data, or an error that is meant for whoever asked; of a document that does not fit, why not."""

import schemathesis
from hypothesis import strategies
from schemathesis.graphql import nodes, scalar

# Of src/error.rs: what a value can be refused for that the schema's types allow. Anything else would be a fault of the server's.
DESIGNED = {"BAD_USER_INPUT", "BAD_CURSOR", "BAD_FILTER", "COST_LIMIT", "NODE_LIMIT", "DOCUMENT_TOO_DEEP", "DOCUMENT_TOO_LARGE"}
# Schemathesis does not know input objects of which exactly one field is given, nor that a null is no such field.
ONE_OF = "takes exactly one field"
# What documents are refused for that do not fit.
MISFIT = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}
SECONDS_MAX = 5
# What values of the graph's own scalars look like; most are right, some are not.
SCALARS = {
    "CountryCode": ["DE", "US", "XX", "de"],
    "CurrencyCode": ["EUR", "USD", "euro"],
    "Date": ["2026-06-06", "2026-02-30"],
    "DateTime": ["2026-06-06T00:00:00Z", "2026-06-06"],
    "Decimal": ["0", "267393", "21.50", "-1", "1e9"],
    "Duration": ["P1D", "PT1H", "P-1D", "1d"],
    "Hash": ["0" * 64, "0"],
    "Language": ["en", "de-CH", "english"],
    "Seq": ["0", "1", "9223372036854775807", "-1"],
    "SubdivisionCode": ["US-CA", "DE-BE", "CA"],
    "URL": ["https://jobs.example/1", "jobs"],
    "UUID": ["00000000-0000-5000-8000-000000000000", "0"],
}

for name, values in SCALARS.items():
    scalar(name, strategies.sampled_from(values).map(nodes.String))


@schemathesis.check
def designed_answer(ctx, response, case):
    """No answer but those that the graph is made to give, and each in time."""
    assert response.status_code == 200, f"status {response.status_code}: {response.text[:500]}"
    assert response.elapsed < SECONDS_MAX, f"{response.elapsed} s"
    answer = response.json()
    fits = case.meta is None or case.meta.generation.mode.is_positive
    allowed = DESIGNED if fits else DESIGNED | MISFIT
    for error in answer.get("errors", []):
        code, message = error["extensions"]["code"], error["message"]
        assert code in allowed or ONE_OF in message, f"{code}: {message}"
        assert len(message) > 10, message
    assert "data" in answer or "errors" in answer, response.text[:500]
