"""A portal on FastAPI: lodge, show, ask what may be done, do it, list. `uvicorn app:app`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.case.acts import named
from openakimat.case.record import applicant_of
from openakimat.judgement.public import public
from openakimat.trail.plain import plain, read
from openakimat.trail.problem import problem

app = FastAPI(title="Appeals")
OFFICE = kz.office("khromtau")
USERS: Mapping[str, oa.Applicant | oa.Official] = {  # in the place of your sessions
    "aigerim": kz.Applicant("Айгерім", id="account-17"),
    "bolat": kz.Applicant("Болат", id="account-18"),
    "clerk": oa.Official("s.clerk", {kz.REGISTRAR, kz.EXECUTOR}),
}


@cache
def desk() -> oa.Desk:
    """One for all threads of a process, opened by the first request."""
    store = sql.Store(os.environ["AKIMAT_DATABASE"])
    return oa.Desk(OFFICE, store, secret=os.environ["AKIMAT_SECRET"].encode())


def now() -> datetime:
    """The clock is the host's."""
    return datetime.now(UTC)  # noqa: TID251 - asked here, and nowhere else


def language(accept_language: Annotated[str, Header()] = "") -> str:
    """The first language that they read, if it is one of the law's."""
    return accept_language[:2] if accept_language[:2] in OFFICE.law.languages else "kk"


@dataclass
class Asked:
    """Who asks, when, in which language, and what they have seen."""

    desk: Annotated[oa.Desk, Depends(desk)]
    at: Annotated[datetime, Depends(now)]
    language: Annotated[str, Depends(language)]
    response: Response
    x_user: Annotated[str, Header()]
    idempotency_key: Annotated[str, Header()] = ""
    if_match: Annotated[str, Header()] = ""

    @property
    def by(self) -> oa.Applicant | oa.Official:
        """Whoever is nobody's user is turned away."""
        if self.x_user not in USERS:
            raise HTTPException(401)
        return USERS[self.x_user]

    @property
    def expected(self) -> Any:
        """The version that was on the screen; what is no version, the desk tells."""
        seen = self.if_match.removeprefix("W/").strip('"')
        return int(seen) if seen.isdecimal() else seen or None

    def show(self, case: oa.Case) -> Any:
        """A case as whoever asks may see it; another applicant's is not there."""
        self.response.headers["ETag"] = f'"{case.version}"'
        if isinstance(self.by, oa.Official):
            return plain(case)
        if applicant_of(case) != self.by.id:
            raise oa.UnknownCase(case.id)
        return {"id": case.id, **plain(public(case, self.language, office=OFFICE))}


Asks = Annotated[Asked, Depends()]
Form = dict[str, Any]


@app.exception_handler(oa.AkimatError)
def refuse(request: Request, error: Any) -> JSONResponse:
    """Whatever is refused, as a problem of RFC 9457 in the language of whoever asks."""
    told = problem(error, OFFICE.law, language(request.headers.get("accept-language", "")))
    return JSONResponse(told, told["status"], media_type="application/problem+json")


@app.get("/forms")
def forms(asks: Asks, case: str | None = None) -> Any:
    """What may be opened, or done to a case: each with its form, and why not."""
    if case is not None:
        asks.show(asks.desk.case(case, at=asks.at))  # or it is not there
    return [
        {
            "procedure": one.procedure,
            "act": one.act,
            "label": one.label(asks.language),
            "form": one.form(asks.language),
            "why_not": one.why_not(asks.language),
        }
        for one in asks.desk.possible(case, at=asks.at, by=asks.by)
    ]


@app.post("/procedures/{procedure}", status_code=201)
def lodge(procedure: str, form: Form, asks: Asks) -> Any:
    """Open a case with what was filled in, once."""
    opens = {one.procedure: one for one in asks.desk.possible(None, at=asks.at, by=asks.by)}
    act: Any = opens[procedure].read(form) if procedure in opens else None
    key = asks.idempotency_key
    return asks.show(asks.desk.open(procedure, act, at=asks.at, by=asks.by, key=key))


@app.get("/cases")
def find(asks: Asks, stage: str | None = None, after: str | None = None) -> Any:
    """A page of cases: of an applicant their own."""
    own = asks.by.id if isinstance(asks.by, oa.Applicant) else None
    page = asks.desk.find(at=asks.at, stage=stage, applicant=own, after=after)
    return {"cases": [plain(found.line) for found in page.found], "after": page.after}


@app.get("/docket")
def docket(asks: Asks) -> Any:
    """Where every open case stands, the most pressing first: for the office."""
    if not isinstance(asks.by, oa.Official):
        raise HTTPException(403)
    return [plain(line) for line in asks.desk.docket(at=asks.at, closed=False)]


@app.get("/cases/{case:path}")
def case(case: str, asks: Asks) -> Any:
    """A case as of now, whose version is the ETag."""
    return asks.show(asks.desk.case(case, at=asks.at))


@app.post("/cases/{case:path}/{act}")
def perform(case: str, act: str, form: Form, asks: Asks) -> Any:
    """Do an act as it was filled in: once, and to the version that was seen."""
    asks.show(asks.desk.case(case, at=asks.at))  # or it is not there
    filled, key = read(form, named(act)), asks.idempotency_key
    done = asks.desk.perform(case, filled, at=asks.at, by=asks.by, expected=asks.expected, key=key)
    return asks.show(done)
