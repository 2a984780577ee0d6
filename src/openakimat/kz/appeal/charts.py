"""The consideration of an application in every wording, the oldest first."""

from __future__ import annotations

from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.code2026 import Appeal2026
from openakimat.kz.appeal.l221 import AppealL221

APPEALS = (AppealL221, Appeal2021, Appeal2026)
