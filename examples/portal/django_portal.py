"""A portal on Django in one file: a case and a row of your own, in one transaction."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

import django
from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

import openakimat as oa
from openakimat import kz
from openakimat.case.acts import named
from openakimat.trail.plain import plain, read
from openakimat.trail.problem import problem

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("AKIMAT_DATABASE", ":memory:"),
        }
    },
    MIDDLEWARE=[f"{__name__}.Problems"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("AKIMAT_SECRET", "for the example"),
    USE_TZ=True,
)
django.setup()

from openakimat.adapters import django as akimat  # noqa: E402 - Django is to be set up first

OFFICE = kz.office("khromtau")
USERS = {  # in the place of your sessions
    "aigerim": kz.Applicant("Айгерім", id="account-17"),
    "clerk": oa.Official("s.clerk", {kz.REGISTRAR, kz.EXECUTOR}),
}


class Call(models.Model):  # noqa: DJ008 - nobody prints it
    """A row of your own: whom to call back, and of which case."""

    case: models.TextField[str, str] = models.TextField(unique=True)
    phone: models.TextField[str, str] = models.TextField()

    class Meta:
        """The app that it would be of."""

        app_label = "portal"


@cache
def desk() -> oa.Desk:
    """One for all threads of a process, opened by the first request."""
    return oa.Desk(OFFICE, akimat.Store(), secret=settings.SECRET_KEY.encode())


class Problems:
    """Whatever is refused, as a problem of RFC 9457; the transaction of the view is undone."""

    def __init__(self, get_response: Any) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """As Django asks a middleware."""
        return self._get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> JsonResponse | None:
        """A problem of what is ours; the rest is Django's."""
        if not isinstance(error, oa.AkimatError):
            return None
        told = problem(error, OFFICE.law, "kk")
        return JsonResponse(told, status=told["status"], content_type="application/problem+json")


def asked(request: HttpRequest) -> dict[str, Any]:
    """Who asks, when, and by which id of theirs."""
    by = USERS[request.headers["X-User"]]
    return {"by": by, "at": timezone.now(), "key": request.headers.get("Idempotency-Key", "")}


@transaction.atomic
def lodge(request: HttpRequest) -> JsonResponse:
    """Open a case, and keep whom to call back."""
    body = json.loads(request.body)
    phone = body.pop("phone")
    case = desk().open("appeal", read(body, oa.Receive), **asked(request))
    Call.objects.get_or_create(case=case.id, defaults={"phone": phone})
    return JsonResponse({"id": case.id, "version": case.version}, status=201)


@transaction.atomic
def perform(request: HttpRequest, case: str, act: str) -> JsonResponse:
    """Do an act as it was filled in."""
    filled = read(json.loads(request.body), named(act))
    return JsonResponse(plain(desk().perform(case, filled, **asked(request))))


urlpatterns = [path("cases", lodge), path("cases/<path:case>/<slug:act>", perform)]
