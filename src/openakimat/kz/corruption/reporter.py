"""Who reports corruption: known to a trail by a salted commitment, never by name.

The office keeps name, number, address and salt outside the journal. Whoever has them can
show that a commitment is of this person; whoever has the journal learns nothing, and to
destroy the salt is to forget the person while the chain stays whole.
"""

import hashlib
import hmac
import re

import attrs

from openakimat.case import ANONYMOUS, Act, Applicant, Case, Official, Receive, persons
from openakimat.chart.table import Circumstances, guard, guard_who
from openakimat.errors import Fault, Malformed, make_fault
from openakimat.trail.canonical import canonical

SALT_BYTES = 32
_COMMITMENT = re.compile(r"[0-9a-f]{64}")


def committed(applicant: Applicant, salt: bytes, /) -> str:
    """The commitment to a person: SHA-256 over the salt and the person, 64 hex digits.

    How records name the person, `applicant.id`, is no part of who they are.
    Raises `Malformed` if the salt is no bytes or of another length, or the person no applicant.

    The salt is 32 bytes drawn at random by the host for this report alone, and kept secret.

    >>> from openakimat.kz.identity import Applicant
    >>> committed(Applicant("Aigerim"), bytes(32))[:12]
    '221aa4383047'
    """
    # Neither is told again, whatever was given in their place.
    faults = []
    if not isinstance(applicant, Applicant):
        faults.append(make_fault("applicant", "no-class", type(applicant).__name__, "Applicant"))
    if not isinstance(salt, bytes):
        faults.append(make_fault("salt", "no-class", type(salt).__name__, "bytes"))
    elif len(salt) != SALT_BYTES:
        faults.append(Fault("salt", f"{len(salt)} bytes, not {SALT_BYTES}"))
    if faults:
        raise Malformed("commitment", faults)
    person = attrs.asdict(applicant)
    del person["id"]
    return hashlib.sha256(salt + canonical(person)).hexdigest()


def is_reporter(commitment: str, applicant: Applicant, salt: bytes, /) -> bool:
    """Whether a commitment is of this person, told in constant time.

    >>> known = committed(Applicant("Aigerim"), bytes(32))
    >>> is_reporter(known, Applicant("Aigerim"), bytes(32))
    True
    """
    return hmac.compare_digest(commitment.encode(), committed(applicant, salt).encode())


def pseudonym(commitment: str = "", /) -> Applicant:
    """Whom to act as when reporting: somebody with nothing but a commitment, or anonymous.

    Raises `Malformed` if it is no commitment.

    >>> pseudonym().id
    'anonymous'
    """
    if faults := _unlike("commitment", commitment):
        raise Malformed("pseudonym", faults)
    return Applicant(id=commitment or ANONYMOUS)


def _unlike(field: str, commitment: str) -> list[Fault]:
    """What is wrong with a commitment; what it says instead is not repeated."""
    if commitment == "" or (isinstance(commitment, str) and _COMMITMENT.fullmatch(commitment)):
        return []
    return [Fault(field, "is no commitment of 64 hex digits", "no-commitment")]


def _commitment(of: object, attribute: "attrs.Attribute[str]", text: str) -> None:
    if faults := _unlike(attribute.name, text):
        raise Malformed("act", faults)


def commitment() -> str:
    """A field of an act that holds a commitment, or nothing."""
    return attrs.field(default="", validator=_commitment, kw_only=True)


@attrs.frozen
class Confided(Receive):
    """Received from somebody whom no record names: the parent of such opening acts.

    A record also keeps the id of who opens the case: a reporter opens it as `pseudonym`, and
    `reporter` is the commitment to who tells it; empty, when nobody left any.

    The only tie it has to another case is that it is ``about`` it, and only where the other is
    kept under the same rules: what it grew out of, repeats or is part of may name the person.

    Raises:
        Malformed: The applicant bears a name, number, address, or an id of their own; the
            reporter is no commitment; it is tied otherwise than as ``about`` a case. What was
            given is not repeated.
    """

    reporter: str = commitment()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        faults = [
            Fault("links", f"{link.how!r}, not 'about'", "not-about", (repr(link.how),))
            for link in self.links
            if link.how != "about"
        ]
        if applicant := self.applicant:
            names = [field.name for field in attrs.fields(type(applicant)) if field.name != "id"]
            named = [name for name in names if getattr(applicant, name)]
            why = "would name the reporter"
            faults += [Fault(f"applicant.{name}", why, "names-reporter") for name in named]
            if applicant.id not in {ANONYMOUS, self.reporter or ANONYMOUS}:
                why = f"is neither the commitment nor {ANONYMOUS!r}"
                faults.append(Fault("applicant.id", why, "no-commitment"))
        if faults:
            raise Malformed(self.tag, faults)


def reporter_of(case: Case, /) -> str:
    """The commitment to the reporter, also to one who came forward later; empty for nobody."""
    known = (getattr(record.act, "reporter", "") for record in reversed(case.records))
    return next(filter(None, known), "")


@guard_who("reporter.named", asks="act.reporter by record:*.reporter office:now")
def unnamed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    known = {ANONYMOUS, Applicant().id, reporter_of(case), getattr(act, "reporter", "")}
    return persons(circumstances.by, circumstances.today) <= known


@guard_who("reporter.named", asks=unnamed.asks)
def opened_unnamed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever reports does so under no name; staff who take a report down are no reporters."""
    return isinstance(circumstances.by, Official) or unnamed.holds(case, act, circumstances)


@guard("reporter.known", asks="act.reporter record:*.reporter")
def unclaimed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody comes forward in the place of the reporter."""
    return getattr(act, "reporter", "") in {"", reporter_of(case)} or not reporter_of(case)
