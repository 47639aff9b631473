"""Exports a database from a server while boards are read into it: the server's memory, and whether it is one snapshot.

export.py PROGRAM DATABASE FOLDER
"""

import json
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import duckdb
import pyarrow.parquet

program, database, folder = sys.argv[1:]
folder = Path(folder)
MIB = 1 << 20
# Postings of the board that is read over and over beside the export.
POSTINGS = 500
EXPORT_TIMEOUT_S = 3600


def resident(pid):
    """Bytes of its own that a process holds; pages of files are left out, as the system takes them back at will."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) * 1024


class Ingestion(threading.Thread):
    """Reads a board whose postings all change each time, until it is told to stop."""

    # When the board's next answer came: each later than the one before.
    at = time.time()

    def __init__(self):
        super().__init__()
        self.stopping = threading.Event()
        self.events = 0

    def run(self):
        answer = folder / "board.json"
        while not self.stopping.is_set():
            Ingestion.at += 60
            jobs = [
                {"id": number, "title": f"Cook {number}", "content": f"<p>Kitchen {number}, day {int(self.at)}</p>"}
                for number in range(POSTINGS)
            ]
            answer.write_text(json.dumps({"jobs": jobs, "meta": {"total": POSTINGS}}))
            when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.at))
            command = [program, "--database-url", f"sqlite://{database}", "--log", "warn", "ingest"]
            command += ["greenhouse", "export-bench", "--from", answer, "--at", when, "--archive", folder / "archive"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            self.events += POSTINGS


def export(url, form, pid):
    """Takes one export; gives the path, the snapshot, the seconds, and the server's memory as the rows went by."""
    path, started, held = folder / f"jobs.{form}", time.monotonic(), []
    with urllib.request.urlopen(f"{url}/export.{form}", timeout=EXPORT_TIMEOUT_S) as answer, path.open("wb") as out:
        snapshot = int(answer.headers["X-Snapshot"])
        while block := answer.read(MIB):
            out.write(block)
            held.append(resident(pid))
    return path, snapshot, time.monotonic() - started, held


def expected(snapshot):
    """The ids of all postings as they stood at the snapshot, with the number of their state."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        yield from connection.execute(
            "SELECT job_id, job_seq FROM job_version WHERE from_seq <= ?1 AND until_seq > ?1 ORDER BY job_id", [snapshot]
        )


def exported(path, form):
    read = {"parquet": "read_parquet", "ndjson": "read_json_auto"}[form]
    rows = duckdb.connect().execute(f"SELECT job_id, job_seq FROM {read}('{path}') ORDER BY job_id")
    while some := rows.fetchmany(10_000):
        yield from some


def main():
    command = [program, "--database-url", f"sqlite://{database}", "serve", "--listen", "127.0.0.1:0"]
    command += ["--export-timeout-s", str(EXPORT_TIMEOUT_S), "--log", "warn"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    failed = 0
    try:
        url = next(line for line in server.stdout if line.startswith("GraphQL")).split()[1].removesuffix("/graphql")
        print(f"at rest: {resident(server.pid) / MIB:.0f} MiB")
        print("| format | postings | MB | seconds | events meanwhile | MiB at a tenth | half | nine tenths | most | one snapshot |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|")
        for form in ["parquet", "ndjson"]:
            ingestion = Ingestion()
            ingestion.start()
            try:
                path, snapshot, seconds, held = export(url, form, server.pid)
            finally:
                ingestion.stopping.set()
                ingestion.join()
            rows = sum(1 for _ in exported(path, form))
            is_one = all(left == right for left, right in zip(exported(path, form), expected(snapshot), strict=True))
            if form == "parquet":
                is_one = is_one and pyarrow.parquet.ParquetFile(path).metadata.num_rows == rows
            failed += not is_one
            at = [held[len(held) * tenth // 10] // MIB for tenth in (1, 5, 9)] + [max(held) // MIB]
            cells = [form, rows, path.stat().st_size // 1_000_000, round(seconds), ingestion.events, *at]
            print("| " + " | ".join(map(str, [*cells, "yes" if is_one else "NO"])) + " |", flush=True)
            path.unlink()
    finally:
        server.terminate()
        server.wait()
    sys.exit(failed > 0)


main()
