"""The portal on FastAPI: what a developer wants of it in the first hour, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from tests.host.lives import EXAMPLES, KEY, PAST, RECEIVED, REGISTERED, example

import openakimat as oa
from openakimat.adapters import sql

portal: Any = example("portal", "app")
LODGED = {"topic": "street lighting", "channel": "paper"}


class Clock:
    """The clock of the host, which a test sets."""

    at = RECEIVED

    def tell(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(url: str, clock: Clock) -> Iterator[TestClient]:
    """The portal on a SQLite file, and on PostgreSQL."""
    with closing(sql.Store(url)) as store:
        desk = oa.Desk(portal.OFFICE, store, secret=KEY)
        portal.app.dependency_overrides = {portal.desk: lambda: desk, portal.now: clock.tell}
        with TestClient(portal.app) as client:
            yield client


def by(user: str, **headers: str) -> dict[str, str]:
    return {"X-User": user, "Accept-Language": "ru", **headers}


@pytest.fixture
def lodged(client: TestClient) -> str:
    """An appeal of Aigerim's; its path."""
    answer = client.post("/procedures/appeal", json=LODGED, headers=by("aigerim"))
    assert (201, '"1"') == (answer.status_code, answer.headers["ETag"])
    return f"/cases/{answer.json()['id']}"


def told(answer: Any, status: int) -> Any:
    """A problem that was answered."""
    assert (status, "application/problem+json") == (
        answer.status_code, answer.headers["Content-Type"],
    )  # fmt: skip
    assert status == answer.json()["status"]
    return answer.json()


def test_a_form_is_shown_filled_in_and_lodged(client: TestClient) -> None:
    forms = client.get("/forms", headers=by("aigerim")).json()
    form = {one["procedure"]: one for one in forms}["appeal"]
    assert ("Рассмотрение заявления", "") == (form["label"], form["why_not"])
    jsonschema.Draft202012Validator(form["form"]).validate(LODGED)
    answer = client.post("/procedures/appeal", json=LODGED, headers=by("aigerim"))
    assert "получено, ожидает регистрации" == answer.json()["stage"]


def test_each_fault_of_a_form_comes_with_its_path_in_the_language_asked(client: TestClient) -> None:
    filled = {"topic": 7, "applicant": {"name": "A", "iin": "85"}, "tipoc": "roads"}
    answer = client.post("/procedures/appeal", json=filled, headers=by("aigerim"))
    faults = told(answer, 400)["errors"]
    assert {"topic", "applicant.iin", "tipoc"} == {fault["path"] for fault in faults}
    assert all(fault["detail"] for fault in faults)
    told(client.post("/procedures/apeal", json={}, headers=by("aigerim")), 400)


def test_a_case_is_shown_to_its_applicant_and_the_office_and_is_not_there_for_another(
    client: TestClient, lodged: str
) -> None:
    seen = client.get(lodged, headers=by("aigerim"))
    assert ["Поступление"] == [entry["what"] for entry in seen.json()["entries"]]
    assert "receive" == client.get(lodged, headers=by("clerk")).json()["records"][0]["act"]["is"]
    told(client.get(lodged, headers=by("bolat")), 404)
    told(client.post(f"{lodged}/withdraw", json={}, headers=by("bolat")), 404)
    told(client.get("/cases/khromtau/appeal-2026-9", headers=by("clerk")), 404)
    assert 401 == client.get(lodged, headers=by("nobody")).status_code


def test_an_act_is_done_by_its_form_or_refused_in_words(
    client: TestClient, clock: Clock, lodged: str
) -> None:
    clock.at = REGISTERED
    case = {"case": lodged.removeprefix("/cases/")}
    may = {one["act"]: one for one in client.get("/forms", params=case, headers=by("clerk")).json()}
    assert "" == may["register"]["why_not"]
    assert may["withdraw"]["why_not"]
    assert (
        "role.not-competent"
        == told(client.post(f"{lodged}/withdraw", json={}, headers=by("clerk")), 403)["code"]
    )
    done = client.post(f"{lodged}/register", json={}, headers=by("clerk"))
    assert (200, '"2"', "registered") == (
        done.status_code, done.headers["ETag"], done.json()["stage"],
    )  # fmt: skip
    assert (
        "act.not-available"
        == told(client.post(f"{lodged}/register", json={}, headers=by("clerk")), 409)["code"]
    )
    told(client.post(f"{lodged}/registr", json={}, headers=by("clerk")), 400)


def test_a_stale_screen_is_told_what_changed_and_what_is_no_version_is_no_match(
    client: TestClient, clock: Clock, lodged: str
) -> None:
    clock.at = REGISTERED
    seen = client.get(lodged, headers=by("aigerim")).headers["ETag"]
    client.post(f"{lodged}/register", json={}, headers=by("clerk", **{"If-Match": seen}))
    answer = client.post(f"{lodged}/withdraw", json={}, headers=by("aigerim", **{"If-Match": seen}))
    assert [["register", REGISTERED.isoformat(), "registrar"]] == told(answer, 409)["changed"]
    answer = client.post(
        f"{lodged}/withdraw", json={}, headers=by("aigerim", **{"If-Match": "new"})
    )
    assert ["expected"] == [fault["path"] for fault in told(answer, 400)["errors"]]
    assert '"2"' == client.get(lodged, headers=by("aigerim")).headers["ETag"]


def test_a_button_pressed_twice_is_one_act(client: TestClient, clock: Clock) -> None:
    once = by("aigerim", **{"Idempotency-Key": "4f1c"})
    with ThreadPoolExecutor(4) as pool:
        send = lambda _: client.post("/procedures/appeal", json=LODGED, headers=once)  # noqa: E731
        answers = [*pool.map(send, range(8))]
    # One that lost the race is told so, and finds the same when it asks again.
    assert {201} <= {answer.status_code for answer in answers} <= {201, 409}
    (case,) = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert case == client.post("/procedures/appeal", json=LODGED, headers=once).json()["id"]
    clock.at, path = REGISTERED, f"/cases/{case}/register"
    twice = by("clerk", **{"Idempotency-Key": "9a02", "If-Match": 'W/"1"'})
    assert ['"2"', '"2"'] == [
        client.post(path, json={}, headers=twice).headers["ETag"] for _ in range(2)
    ]
    other = client.post("/procedures/appeal", json={**LODGED, "topic": "roads"}, headers=once)
    assert ["key"] == [fault["path"] for fault in told(other, 400)["errors"]]


def test_lists_are_of_the_office_and_of_an_applicant_their_own(
    client: TestClient, clock: Clock, lodged: str
) -> None:
    client.post("/procedures/appeal", json=LODGED, headers=by("bolat"))
    client.post(f"{lodged}/register", json={}, headers=by("clerk"))

    def listed(user: str, **asked: str) -> list[str]:
        found = client.get("/cases", params=asked, headers=by(user)).json()["cases"]
        return [f"/cases/{line['case']}" for line in found]

    assert [lodged] == listed("aigerim")
    assert 2 == len(listed("clerk"))
    assert [lodged] == listed("clerk", stage="registered")
    assert 400 == client.get("/cases", params={"after": "x"}, headers=by("clerk")).status_code
    clock.at = PAST
    lines = client.get("/docket", headers=by("clerk")).json()
    assert ["overdue", "open"] == [line["standing"] for line in lines]
    assert 403 == client.get("/docket", headers=by("aigerim")).status_code


def test_its_documentation_is_there(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/forms", "/procedures/{procedure}", "/cases", "/docket"} < set(paths)


@pytest.mark.parametrize(
    ("page", "script"), [("fastapi", "portal/app"), ("django", "portal/django_portal")]
)
def test_the_pages_show_the_examples_as_they_are(page: str, script: str) -> None:
    text = (EXAMPLES.parent / f"docs/how-to/{page}.md").read_text("utf-8")
    shown = re.findall(r"```py\n(.*?)```", text, re.DOTALL)
    own = (EXAMPLES / f"{script}.py").read_text("utf-8")
    assert len(shown) > 3
    assert [] == [part for part in shown if part not in own and "class Migration" not in part]
