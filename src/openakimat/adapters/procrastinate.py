"""Wake-ups by Procrastinate: every minute the law acts on the cases of an office whose time is up."""

from datetime import UTC, datetime
from typing import Any

import procrastinate
from procrastinate.tasks import Task

from openakimat.desk import Desk


def add_wakeups(
    app: procrastinate.App, desk: Desk, /, *, cron: str = "* * * * *", queue: str = "default",
    limit: int = 1000,
) -> "Task[..., dict[str, Any], Any]":  # fmt: skip
    """A periodic task that lets the law act on the cases of an office whose time is up.

    Any number of workers may have it: each case is claimed by one. What does not run, runs late:
    only punctuality is lost. The instant is that for which Procrastinate has planned the run, which
    gives how many cases `lapsed`, and which are `broken`.
    """
    name = f"openakimat.lapse_due/{desk.office.body.id}"

    def lapse_due(timestamp: int) -> dict[str, Any]:
        at = datetime.fromtimestamp(timestamp, UTC)
        outcomes = tuple(desk.lapse_due(at=at, limit=limit))
        broken = [outcome.case for outcome in outcomes if outcome.wrong]
        return {"lapsed": len(outcomes) - len(broken), "broken": broken}

    # One that waits is enough: those that were missed would do the same work.
    task = app.task(name=name, queue=queue, queueing_lock=name)(lapse_due)
    return app.periodic(cron=cron, periodic_id=name)(task)
