"""Others read what is exported: pyarrow and DuckDB count what lines of JSON have, and find the types that docs/exports.md tells.

exports.py PROGRAM DATABASE SERVER FOLDER
"""

import csv
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet

program, database, server, folder = sys.argv[1:]
passed = failed = 0


def check(name, holds):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"not so: {name}")


files = {}
for form in ["ndjson", "csv", "parquet"]:
    files[form] = Path(folder) / f"jobs.{form}"
    command = [program, "--database-url", database, "export", "--format", form, "--output", files[form]]
    subprocess.run(command, check=True)

rows = [json.loads(line) for line in files["ndjson"].open()]
table = pyarrow.parquet.read_table(files["parquet"])
check("there are postings", len(rows) > 20)
check("pyarrow counts the same", table.num_rows == len(rows))
check("columns have one order", table.column_names == list(rows[0]))
check("ids are the same", table.column("job_id").to_pylist() == [row["job_id"] for row in rows])
check("titles are the same", table.column("title").to_pylist() == [row["title"] for row in rows])
check("what is null is null", table.column("salary_min").to_pylist() == [row["salary_min"] for row in rows])
check("times are typed", table.schema.field("posted_at").type == pyarrow.timestamp("ms", tz="UTC"))
times = [time.isoformat(timespec="milliseconds") for time in table.column("first_seen_at").to_pylist()]
check("times are the same", times == [row["first_seen_at"].replace("Z", "+00:00") for row in rows])
with files["csv"].open(newline="") as lines:
    records = list(csv.DictReader(lines))
check("CSV has the same ids", [record["job_id"] for record in records] == [row["job_id"] for row in rows])
check("CSV has the same columns", list(records[0]) == list(rows[0]))

active = sum(row["status"] == "ACTIVE" for row in rows)
for form, read in [("parquet", "read_parquet"), ("ndjson", "read_json_auto"), ("csv", "read_csv_auto")]:
    counted = duckdb.sql(
        f"SELECT count(*), count(*) FILTER (status = 'ACTIVE'), count(DISTINCT job_id) FROM {read}('{files[form]}')"
    ).fetchall()[0]
    check(f"DuckDB counts the same in {form}", counted == (len(rows), active, len(rows)))

for form in files:
    with urllib.request.urlopen(f"{server}/export.{form}") as answer:
        check(f"the server writes the same {form}", answer.read() == files[form].read_bytes())

print(f"exports: {passed} passed, {failed} failed")
sys.exit(failed > 0)
