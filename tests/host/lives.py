"""A short life of an appeal, for whatever store a host brings."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openakimat as oa
from openakimat import kz

EXAMPLES = Path(__file__).parents[2] / "examples"
OFFICE = kz.office("khromtau")
KEY = b"of the host"
ASKS = kz.Applicant("Айгерім", id="account-17")
CLERK = oa.Official("s.clerk", {kz.REGISTRAR, kz.EXECUTOR})
BOSS = oa.Official("b.head", {kz.HEAD})
OPENS: dict[str, Any] = {"topic": "roads", "channel": "paper", "by": ASKS}


def at(text: str) -> datetime:
    """An instant by the clocks of Khromtau."""
    return datetime.fromisoformat(text + "+05:00")


RECEIVED, REGISTERED, PAST = map(
    at, ("2026-03-18T10:00", "2026-03-18T11:00", "2026-06-01T09:00")
)  # the term of consideration has run out by the last


def example(folder: str, name: str) -> Any:
    """A script of the examples as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
