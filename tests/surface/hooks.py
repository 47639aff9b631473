"""What an answer may be: data, or an error that is meant for whoever asked; of a document that does not fit, why not."""

import schemathesis

# Of src/error.rs: what a value can be refused for that the schema's types allow. Anything else would be a fault of the server's.
DESIGNED = {"BAD_USER_INPUT", "BAD_CURSOR", "BAD_FILTER", "COST_LIMIT", "NODE_LIMIT", "DOCUMENT_TOO_DEEP", "DOCUMENT_TOO_LARGE"}
# Schemathesis does not know input objects of which exactly one field is given, nor that a null is no such field.
ONE_OF = "takes exactly one field"
# What documents are refused for that do not fit.
MISFIT = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}
SECONDS_MAX = 5


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
