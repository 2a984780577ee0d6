"""Notifications, proposals, responses and inquiries: the simplified procedure, in every wording."""

from __future__ import annotations

from openakimat.kz.simplified.code2021 import Simplified2021
from openakimat.kz.simplified.code2026 import Simplified2026
from openakimat.kz.simplified.l221 import SimplifiedL221

SIMPLIFIED = (SimplifiedL221, Simplified2021, Simplified2026)
