"""The clocks of a procedure: which limit each runs, and which acts start, stop, pause and extend it."""

from collections.abc import Iterable, Mapping
from functools import partial

import attrs

from openakimat.case.act import Act
from openakimat.case.acts import Lapse

ActNames = type[Act] | str | Iterable[type[Act] | str]
"""One act or several, each by its class or its tag."""


def tag_of(act: type[Act] | str, /) -> str:
    """The tag of an act that is named by its class or by its tag."""
    return act if isinstance(act, str) else act.tag


def _tags(acts: ActNames) -> tuple[str, ...]:
    return (tag_of(acts),) if isinstance(acts, str | type) else tuple(map(tag_of, acts))


def bare(names: Iterable[str], /) -> frozenset[str]:
    """The tags of acts that clocks name: ``notify=return`` is an act ``notify``.

    >>> sorted(bare(["notify=return", "decide"]))
    ['decide', 'notify']
    """
    return frozenset(name.partition("=")[0] for name in names)


def _by_tag(limits: Mapping[type[Act] | str, str]) -> dict[str, str]:
    return {tag_of(act): limit for act, limit in limits.items()}


@attrs.frozen
class Clock:
    """A time limit of the procedure and the acts that move it: declared by class, known by tag.

    An act may be named with the value of its ground, its outcome, what it is of, or its kind: a
    notice of a return is ``"notify=return"``. An act that starts a clock and stops it too is judged by a
    term that began before it.

    Args:
        limit: The key of the limit in the law; where a chart tells none, its own code and the name
            that the clock has there: ``late_notice`` of ``appeal`` runs ``appeal.late-notice``.
        starts, stops: Acts that start it (afresh) and stop it.
        pauses: Acts that pause it, if the limit allows the ground.
        resumes: Acts after which it runs on.
        extends: Acts that carry a later last day.
        becomes: Acts after which another limit counts, from the same start; an act that also
            starts the clock starts it with that limit.
        reopens: Acts that take a closed case up again, and say whether the term continues.
        ahead: The limit of another clock, from the end of which this one is counted back:
            it moves and stands still with the other.
        on_lapse: What the law performs when it runs out; `Lapse` only records it.
        principal: Whether it is the term that a case is judged late by.
        window: Whether it bounds a right of the participant: its end is nobody's breach.
    """

    limit: str = ""
    starts: tuple[str, ...] = attrs.field(converter=_tags, kw_only=True)
    stops: tuple[str, ...] = attrs.field(converter=_tags, kw_only=True)
    pauses: tuple[str, ...] = attrs.field(converter=_tags, kw_only=True, default=())
    resumes: tuple[str, ...] = attrs.field(converter=_tags, kw_only=True, default=())
    extends: tuple[str, ...] = attrs.field(converter=_tags, kw_only=True, default=())
    becomes: Mapping[str, str] = attrs.field(converter=_by_tag, factory=dict, kw_only=True)
    reopens: tuple[str, ...] = attrs.field(default=(), converter=_tags, kw_only=True)
    ahead: str = attrs.field(default="", kw_only=True)
    on_lapse: str = attrs.field(default=Lapse.tag, converter=tag_of, kw_only=True)
    principal: bool = attrs.field(default=False, kw_only=True)
    window: bool = attrs.field(default=False, kw_only=True)

    @property
    def limits(self) -> tuple[str, ...]:
        """The limits that it may come to count."""
        return self.limit, *self.becomes.values()

    @property
    def acts(self) -> frozenset[str]:
        """The acts that move it in any way but its lapse."""
        moved_by = (self.starts, self.stops, self.pauses, self.resumes, self.extends, self.reopens)
        return bare(self.becomes).union(*map(bare, moved_by))


Principal, Window = partial(Clock, principal=True), partial(Clock, window=True)
"""The clock that a case is judged late by, and one that bounds a right of the participant."""
