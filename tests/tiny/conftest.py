"""The cases of this folder are of the law of Eta."""

from __future__ import annotations

from tests.tiny.country import office

from openakimat import Office


def pytest_openakimat_office() -> Office:
    """Its one town hall, whatever is asked for: no reading of its law is disputed."""
    return office()
