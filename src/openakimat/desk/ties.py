"""Ties between cases: a case says at its opening what it comes out of, and then the other names it."""

from collections.abc import Sequence
from datetime import datetime

from openakimat.case import Branch, Case, Receive
from openakimat.desk.files import Files
from openakimat.errors import Malformed, NotAllowed, UnknownCase, make_fault


def refuse_untrue_ties(act: Receive, at: datetime, files: Files, /) -> None:
    """Refuse ties that cannot be: to older cases only, each named once, so they make no circle."""
    names = [link.case for link in act.links]
    faults = [
        make_fault(f"links[{n}]", "named-before", name)
        for n, name in enumerate(names)
        if name in names[:n]
    ]
    faults += [
        make_fault(f"links[{n}]", "opened-later", name)
        for n, name in enumerate(names)
        if files.read(name)[0].opened_at > at
    ]
    if faults:
        raise Malformed(act.tag, faults)


def refuse_branch(
    file: Case, act: Branch, neighbours: Sequence[Case], files: Files, /
) -> NotAllowed | None:
    """Why a case cannot be opened out of another: it does not say so, or did already."""
    if act.case in file.children:
        why, code = f"{act.case} comes out of it already", "link.twice"
        return NotAllowed(why, code=code, act=act.tag, stage=file.stage)
    try:
        known = (case for case in neighbours if case.id == act.case)
        child = next(known, None) or files.read(act.case)[0]
    except UnknownCase:
        # A part redirected is a case in the journal of the body that took it.
        if act.elsewhere:
            return None
        raise
    # Both say it, the child first: no parent waits for a case that knows nothing of it.
    if any(link.case == file.id for link in child.received.links):
        return None
    why = f"{act.case} is not tied to {file.id}: it was opened with no link to it"
    return NotAllowed(why, code="link.missing", act=act.tag, stage=file.stage)
