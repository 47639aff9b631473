"""Asks a server what tools that look for weak GraphQL servers ask (the checks of graphql-cop, by their names), and says what it answers.

Usage: attacks.py URL [--closed]   --closed: the server tells no schema and has no GraphiQL

docs/surface.md says of each why the answer is as it is.
"""

import json
import sys
import urllib.error
import urllib.request

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
INTROSPECTION = "{ __schema { types { name fields { type { name } } } } }"
CIRCLE = "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"

url, closed = sys.argv[1], "--closed" in sys.argv
passed = failed = 0


def send(method, address, headers, body=None):
    """Status and body of an answer, as text."""
    data = body.encode() if body is not None else None
    request = urllib.request.Request(address, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def ask(query, **more):
    """Code of the first error of an answer, or nothing, and the whole answer."""
    status, body = send("POST", url, JSON, json.dumps({"query": query, **more}))
    answer = json.loads(body)
    errors = answer.get("errors", [])
    return errors[0]["extensions"]["code"] if errors else None, answer, status


def check(name, holds, shown=""):
    """Tells one check in a line."""
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print(f"{'ok    ' if holds else 'failed'} {name}" + ("" if holds else f"\n       {str(shown)[:500]}"))


def overloads():
    """What makes a server work more than it looks."""
    aliases = "{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}"
    code, answer, _ = ask(aliases)
    check("alias overloading is refused", code == "DOCUMENT_TOO_LARGE", answer)
    code, answer, _ = ask("{ __typename " + "@aa" * 10 + " }")
    check("directives that do not exist are refused", code == "GRAPHQL_VALIDATION_FAILED", answer)
    code, answer, _ = ask("{ __typename " + "@skip(if: false)" * 60 + " }")
    check("directive overloading is refused", code in ("DOCUMENT_TOO_LARGE", "GRAPHQL_VALIDATION_FAILED"), answer)
    code, answer, _ = ask("{" + "__typename " * 501 + "}")
    check("field duplication is refused", code == "DOCUMENT_TOO_LARGE", answer)
    code, answer, _ = ask("{ jobs(first: 1) { " + "totalCount " * 300 + "} }")
    check("what is asked many times is answered once", code is None and len(answer["data"]["jobs"]) == 1, answer)
    code, answer, _ = ask("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }")
    check("circular fragments are refused", code is not None and "data" not in answer, answer)
    status, body = send("POST", url, JSON, json.dumps([{"query": "{ __typename }"}] * 10))
    check("batches are refused", status == 400 and "BAD_REQUEST" in body, body)
    code, answer, status = ask(CIRCLE)
    expected = "FORBIDDEN" if closed else None
    check("circular introspection costs what it may or is refused", code in (expected, "COST_LIMIT", "DOCUMENT_TOO_DEEP"), code)


def forgeries():
    """What pages of others could send in a visitor's name."""
    status, body = send("POST", url, FORM, "query=%7B__typename%7D")
    check("a form is not read", status == 415, body)
    status, body = send("POST", url, {"content-type": "text/plain"}, '{"query":"{ __typename }"}')
    check("plain text is not read", status == 415, body)
    status, body = send("GET", f"{url}?query=mutation%7B__typename%7D", {})
    check("a mutation over GET is refused", status in (400, 405) or "errors" in body, body)
    status, body = send("GET", f"{url}?query=%7B__typename%7D", {})
    check("a query over GET is answered, since it changes nothing and nobody is known by cookies", status == 200, body)


def disclosures():
    """What a server tells of itself."""
    code, answer, status = ask(INTROSPECTION)
    expected = ("FORBIDDEN", 403) if closed else (None, 200)
    check("introspection is as it was set", (code, status) == expected, answer)
    root = url.removesuffix("/graphql")
    for path, open_status in (("/graphiql", 200), ("/reference", 200), ("/schema.graphql", 200)):
        status, _ = send("GET", root + path, {})
        check(f"{path} is as it was set", status == (404 if closed else open_status), status)
    for query in ("{ job(by: { id: 1 }) { titel } }", "{ jobz { totalCount } }", "{ jobs(frist: 1) { totalCount } }"):
        _, answer, _ = ask(query)
        check(f"no suggestion for {query}", "did you mean" not in json.dumps(answer).lower(), answer)
    _, answer, _ = ask("{ __typename }")
    check("no trace of the execution in an answer", "extensions" not in answer, answer)
    for body in ("", "{", "null", "[]", '{"query":1}', '{"query":"{"}', '{"query":"{ __typename }","variables":7}', "\x00"):
        status, text = send("POST", url, JSON, body)
        said = text.lower()
        words = ("stack", "panicked", "src/", ".rs:", "exception", "sqlite", "sqlx")
        check(f"{body!r} is refused in words of its own", status < 500 and not any(it in said for it in words), text)


overloads()
forgeries()
disclosures()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
