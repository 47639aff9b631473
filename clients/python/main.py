"""Lists some postings, reads a list of one moment to its end, and follows the log; prints what came.

Usage: python main.py http://127.0.0.1:8080/graphql
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from decimal import Decimal
from typing import Optional, cast

from generated import Graph
from generated.changes import Changes, ChangesChanges

# Longer than the server takes for any question.
TIME_OUT_S = 30


def minute(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M")


async def list_well_paid(graph: Graph) -> None:
    answer = await graph.well_paid(Decimal(70_000), "EUR", timeout=TIME_OUT_S)
    print("At least 70,000 EUR a year:")
    for job in answer.jobs.nodes:
        workplace = job.workplace_type.value if job.workplace_type else "unknown"
        pay = "? to ? ? a ?"
        if salary := job.salary:
            period = salary.period.value if salary.period else "?"
            pay = f"{shown(salary.min)} to {shown(salary.max)} {salary.currency or '?'} a {period}"
        print(f"{job.title}, {job.org.name}, {workplace}, posted {minute(job.posted_at)}: {pay}")


def shown(amount: Optional[Decimal]) -> str:
    return "?" if amount is None else str(amount)


async def read_to_the_end(graph: Graph) -> None:
    """All pages are of the moment of the first question, whatever is written meanwhile."""
    snapshot = (await graph.now(timeout=TIME_OUT_S)).jobs.snapshot
    ids: set[str] = set()
    pages = 0
    last = "none"
    after: Optional[str] = None
    while True:
        jobs = (await graph.page(snapshot, after, timeout=TIME_OUT_S)).jobs
        ids.update(job.job_id for job in jobs.nodes)
        last = jobs.nodes[-1].title if jobs.nodes else last
        pages += 1
        after = jobs.page_info.end_cursor
        if not jobs.page_info.has_next_page:
            break
    print(f"{len(ids)} postings in {pages} pages at {snapshot}, the last one {last}")


async def follow(graph: Graph, after: str, count: int) -> str:
    """Takes some events after a position; answers the position of the last."""
    # What is generated calls itself less than it is: it can be closed.
    events = cast(AsyncGenerator[Changes, None], graph.changes(after))
    async with aclosing(events):
        async for event in events:
            print(line(event.changes))
            after = event.changes.seq
            count -= 1
            if count == 0:
                break
    return after


def line(event: ChangesChanges) -> str:
    paths = ", ".join(change.path for change in event.changes)
    return f"{event.seq} {minute(event.observed_at)} {event.type_.value} {event.job.title}: {paths}"


async def main(url: str) -> None:
    socket = url.replace("http", "ws", 1)
    async with Graph(url, ws_url=socket) as graph:
        await list_well_paid(graph)
        await read_to_the_end(graph)
        position = await follow(graph, "0", 4)
        print(f"Going on after {position}:")
        await follow(graph, position, 3)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python main.py http://127.0.0.1:8080/graphql")
    asyncio.run(main(sys.argv[1]))
