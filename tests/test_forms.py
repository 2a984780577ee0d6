"""What may be done now, and the forms of it: what a form lets through is read, or refused with a path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.acts import Rectify, named
from openakimat.case.people import APPLICANT, LAW, REPRESENTATIVE
from openakimat.errors import Malformed, Refusal
from openakimat.judgement.judge import judge
from openakimat.kz.roles import ROLES
from openakimat.law.law import Label
from openakimat.law.words import Words

OFFICE = kz.office("astana")
AT = datetime.fromisoformat("2026-09-14T10:00+05:00")
PERSON = kz.Applicant("Aigerim", id="aigerim")
OTHER = kz.Applicant("Berik", id="berik")
STAFF = oa.Official("staff", set(ROLES) - {APPLICANT, REPRESENTATIVE, LAW})
CLERK = oa.Official("clerk", {kz.REGISTRAR})
WHO: tuple[Any, ...] = (PERSON, OTHER, STAFF, CLERK)


def new_desk(office: oa.Office = OFFICE) -> oa.Desk:
    return oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())


def considered(desk: oa.Desk) -> str:
    case = desk.open(kz.Appeal, at=AT, by=PERSON, topic="light", channel="paper").id
    desk.perform(case, oa.Register(), at=AT, by=STAFF)
    desk.perform(case, kz.appeal.Accept(), at=AT, by=STAFF)
    return case


def possible(desk: oa.Desk, case: str | None, by: Any, at: datetime = AT) -> dict[str, Any]:
    return {
        one.procedure if one.opens else one.act: one for one in desk.possible(case, by=by, at=at)
    }


# -- filling ------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 1)).map(date.isoformat)


def filled(schema: Mapping[str, Any], root: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a person might fill in by a schema: all that it allows, and days that there are not."""
    if "$ref" in schema:
        return filled(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([filled(way, root) for way in schema["anyOf"]])
    if schema["type"] == "object":
        fields = {name: filled(field, root) for name, field in schema["properties"].items()}
        needed = {name: of for name, of in fields.items() if name in schema["required"]}
        return st.fixed_dictionaries(
            needed, optional={name: of for name, of in fields.items() if name not in needed}
        )
    if schema["type"] == "array":
        return st.lists(filled(schema["items"], root), max_size=2)
    if schema.get("format") == "date":
        return DAYS | st.just("2026-02-30")
    if schema.get("format") == "date-time":
        return DAYS.map("{}T10:00:00+05:00".format) | st.just("2026-09-14T10:00")
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], alphabet=st.characters(codec="utf-8")).map(
            lambda text: text[: schema["maxLength"]]
        )
    least = schema.get("minLength", 0)
    plain = {
        "string": TEXTS.map(lambda text: text.ljust(least, "x")),
        "integer": st.integers(schema.get("minimum", -5), 10**6),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return plain[schema["type"]]


def faults_of(one: Any, form: Any) -> tuple[oa.Act | None, tuple[str, ...]]:
    """The act of a filled form; or the paths of all that is wrong with it."""
    try:
        return one.read(form), ()
    except Malformed as wrong:
        return None, tuple(fault.path for fault in wrong.faults)


def read_or_refused(one: Any, form: Any) -> Any:
    """The act of a filled form; if it is none, every fault is at one of its fields."""
    act, paths = faults_of(one, form)
    assert (act is None) == bool(paths)
    assert {re.split(r"[.\[]", path)[0] for path in paths} <= one.form()["properties"].keys(), paths
    assert act is None or type(act) is one.kind
    return act


@pytest.mark.parametrize("procedure", sorted(OFFICE.law.procedures))
def test_what_a_form_lets_through_is_read_and_what_is_barred_beforehand_is_barred(
    procedure: str,
) -> None:
    """A walk by forms alone: what is barred beforehand is barred, whatever is filled in."""
    walked: list[str] = []

    @given(st.data())
    def walk(data: st.DataObject) -> None:
        desk, at = new_desk(), AT
        opening = possible(desk, None, STAFF)[procedure]
        act = read_or_refused(opening, data.draw(filled(opening.form(), opening.form())))
        act = act or SELDOM_DRAWN.get(procedure)
        with suppress(Refusal, Malformed, oa.JournalError):
            # Half of the walks begin with who may do nearly anything, or hardly one would begin.
            by = data.draw(st.sampled_from((*WHO, *[STAFF] * len(WHO))))
            case = desk.open(procedure, act, at=at, by=by).id if act else ""
            for hours in data.draw(st.lists(st.sampled_from((1, 24, 200)), min_size=1, max_size=4)):
                at += timedelta(hours=hours)
                one = step(desk, case, at, data)
                walked.append(one)

    walk()
    assert walked


SELDOM_DRAWN: Mapping[str, Any] = {
    "reception-month": kz.reception.ApproveSchedule(days=(date(2026, 9, 21),)),
    "request": kz.request.Apply(service="S-01", term="10 working days", channel="provider"),
    "retaliation": kz.retaliation.ReportRetaliation(accepted_on=date(2026, 9, 1)),
}
"""What opens a case where hardly any form drawn does: a month of days, a term told in words."""


def step(desk: oa.Desk, case: str, at: datetime, data: st.DataObject) -> str:
    """One more act of a case, filled in by its form, and what was told of it before."""
    by = data.draw(st.sampled_from(WHO))
    one = data.draw(st.sampled_from(desk.possible(case, by=by, at=at) or [None]))
    if one is None:
        return ""
    form = data.draw(filled(one.form(), one.form()))
    assert Draft202012Validator(one.form()).is_valid(form)
    if act := read_or_refused(one, form):
        answer = judge(desk.case(case, at=at), act, at=at, by=by, office=desk.office)
        if isinstance(answer, Refusal):
            # Only a guard that asks the act, or a case beside, may say no to what is possible.
            assert one.refusal or answer.code not in {"act.not-available", "role.not-competent"}
        else:
            assert one.refusal is None
            with suppress(Refusal, Malformed):
                desk.perform(case, act, at=at, by=by)
    return str(one.act)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | DAYS | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_whatever_is_sent_in_place_of_a_form_is_read_or_refused_with_a_path(
    data: st.DataObject,
) -> None:
    ways = [one for one in new_desk().possible(None, by=STAFF, at=AT) if one.refusal is None]
    one = data.draw(st.sampled_from(ways))
    fields = sorted(one.form()["properties"])
    form = data.draw(st.dictionaries(st.sampled_from(fields), JSON, max_size=4))
    valid = Draft202012Validator(one.form()).is_valid(form)
    act, paths = faults_of(one, form)
    assert all(paths)
    # What the schema refuses and reading does not is a word that a guard or the desk refuses.
    choices = [name for name in one.choices if form.get(name) not in (None, *one.choices[name])]
    assert act is None or valid or choices or set(one.needed) - form.keys()


# -- what may be done ---------------------------------------------------------------------


def test_every_guard_is_asked_that_needs_no_act() -> None:
    desk = new_desk()
    case = considered(desk)
    barred = possible(desk, case, OTHER)["withdraw"]
    assert "applicant.another" == barred.refusal.code
    assert "только сам заявитель" in barred.why_not("ru").lower()
    assert possible(desk, case, PERSON)["withdraw"].refusal is None
    assert "role.not-competent" == possible(desk, case, CLERK)["extend"].refusal.code
    assert "applicant.another" == desk.may(case, kz.appeal.Withdraw, by=OTHER, at=AT).code  # type: ignore[union-attr]


def test_what_time_has_done_is_done_before_it_is_asked_and_nothing_is_kept() -> None:
    desk = new_desk()
    case = considered(desk)
    later = AT + timedelta(days=60)
    assert "execute" not in possible(desk, case, STAFF, later)
    assert {"extend", "decide"} <= possible(desk, case, STAFF).keys()
    assert "extend" not in possible(desk, case, STAFF, later)
    assert 3 == desk.case(case).version
    assert ("considered", "deemed_refused") == (
        desk.case(case).stage,
        desk.case(case, at=later).stage,
    )


def test_a_form_is_told_in_three_languages() -> None:
    desk = new_desk()
    extend = possible(desk, considered(desk), STAFF)["extend"]
    titles = {
        tongue: extend.form(tongue)["properties"]["until"]["title"] for tongue in ("kk", "ru", "en")
    }
    assert {"kk": "Қай күнге дейін", "ru": "До какого дня", "en": "Until which day"} == titles
    assert "АППК 76(3)" == extend.form("ru")["description"]
    assert ("Мерзімді ұзарту", "Extend the term") == (extend.label("kk"), extend.label())
    assert ["until", "reason"] == extend.form()["required"]
    with pytest.raises(Malformed, match="language"):
        extend.form("xx")


def test_a_form_has_what_each_value_is_called_and_where_it_stands() -> None:
    decide = possible(new := new_desk(), considered(new), STAFF)["decide"].form("ru")
    outcome = decide["properties"]["outcome"]
    assert ["favourable", "burdening"] == outcome["enum"]
    told = {"const": "burdening", "title": "обременяющий акт", "description": "АППК 77"}
    assert told in outcome["oneOf"]
    # What need not be filled may be left as it is.
    assert "" in decide["properties"]["unheard"]["enum"]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_value_that_an_act_declares_has_words(language: str) -> None:
    words, untold = Words(kz.law(), language), []
    for dated in OFFICE.law.procedures.values():
        for edition in dated:
            tags = {tag for _, tag in edition.value.rows} | {edition.value.opening.act}
            untold += [
                (tag, name, value["const"])
                for tag in tags
                for name, field in _form(tag, words)["properties"].items()
                for value in field.get("oneOf", ())
                if value["const"] and value["title"] == str(value["const"])
            ]
    assert [] == untold


def _form(tag: str, words: Words) -> dict[str, Any]:
    from openakimat.trail.schema import form_of

    return form_of(named(tag), words)


def test_the_form_of_one_who_asks_is_theirs_to_change() -> None:
    extend = possible(new := new_desk(), considered(new), STAFF)["extend"]
    extend.form()["properties"].clear()
    assert {"until", "reason"} == extend.form()["properties"].keys()


def test_the_words_of_another_law_are_not_those_of_this() -> None:
    ours = {
        **kz.law().labels,
        ("act", "extend"): Label({"kk": "a", "ru": "b", "en": "give more time"}),
    }
    law = attrs.evolve(kz.law(), labels=ours)
    for office, title in (
        (OFFICE, "Extend the term"),
        (kz.office("astana", pack=law), "Give more time"),
    ):
        desk = new_desk(office)
        assert title == possible(desk, considered(desk), STAFF)["extend"].form()["title"]


def test_faults_of_a_form_are_told_in_the_language_asked_each_at_its_field() -> None:
    opening = possible(new_desk(), None, PERSON)["appeal"]
    form = {
        "applicant": {"name": "A", "iin": "1", "age": 5},
        "joined": "two",
        "links": [{"case": "x", "how": "bound"}],
        "topick": "light",
    }
    with pytest.raises(Malformed) as told:
        opening.read(form)
    assert {"applicant.age", "joined", "links[0].how", "topick"} == {
        f.path for f in told.value.faults
    }
    with pytest.raises(Malformed, match="applicant.iin"):
        opening.read({"applicant": {"name": "A", "iin": "1"}})
    said = Words(kz.law(), "ru").faults(told.value).splitlines()
    assert "topick: такого поля нет" in said
    assert any(line.startswith("число присоединившихся (joined): ") for line in said)


def test_what_may_be_opened_is_told_with_who_may() -> None:
    ways = possible(new_desk(), None, PERSON)
    assert OFFICE.law.procedures.keys() == ways.keys()
    assert ways["appeal"].refusal is None
    assert "role.not-competent" == ways["instruction"].refusal.code
    assert "Рассмотрение заявления" == ways["appeal"].label("ru")
    kinds = ways["information-request"].form()["properties"]["kind"]["enum"]
    assert ["information-request", "oral-question"] == kinds
    # No wording of it was in force yet.
    long_ago = datetime.fromisoformat("2008-02-04T10:00+06:00")
    assert "request" not in possible(new_desk(), None, PERSON, long_ago)


def test_an_opening_offers_the_channels_that_its_act_takes() -> None:
    ways = {one.procedure: one for one in new_desk().possible(None, by=STAFF, at=AT)}
    asked = ways["request"].form()["properties"]["channel"]["enum"]
    assert [*kz.request.acts.CHANNELS, ""] == asked
    for channel in asked:
        filled = {"kind": "service", "term": "3 working days", "channel": channel}
        ways["request"].read(filled)


def test_a_form_is_json() -> None:
    for one in new_desk().possible(None, by=STAFF, at=AT):
        Draft202012Validator.check_schema(one.form("kk"))
        assert one.form("kk") == json.loads(json.dumps(one.form("kk")))


# -- stale screens ------------------------------------------------------------------------


def test_who_looked_at_an_old_version_is_told_what_changed() -> None:
    desk = new_desk()
    case = considered(desk)
    seen = desk.case(case, at=AT).version
    desk.perform(case, kz.appeal.Assign("b"), at=AT, by=STAFF, expected=seen)
    with pytest.raises(oa.Conflict) as told:
        desk.perform(case, kz.appeal.Withdraw(), at=AT, by=PERSON, expected=seen)
    assert (seen, seen + 1) == (told.value.expected, told.value.found)
    ((act, at, role),) = told.value.changed
    assert ("assign", AT) == (act, at)
    assert role in STAFF.roles
    assert "assign" in str(told.value)
    assert "staff" not in str(told.value)
    assert seen + 1 == desk.case(case).version


def test_what_time_did_since_is_a_change_too_and_is_there_when_it_is_looked_at_as_of_now() -> None:
    desk = new_desk()
    case = considered(desk)
    later = AT + timedelta(days=60)
    seen = desk.case(case).version
    with pytest.raises(oa.Conflict) as told:
        desk.perform(case, kz.appeal.Withdraw(), at=later, by=PERSON, expected=seen)
    assert "deem-refused" in [act for act, _, _ in told.value.changed]
    again = desk.case(case, at=later).version
    assert again == told.value.found > desk.case(case).version == seen
    desk.perform(case, kz.appeal.Withdraw(), at=later, by=PERSON, expected=again)


@pytest.mark.parametrize("seen", ["3", True, 3.0])
def test_a_version_is_a_whole_number(seen: Any) -> None:
    desk = new_desk()
    with pytest.raises(Malformed, match="expected: .* is not an integer"):
        desk.perform(considered(desk), kz.appeal.Withdraw(), at=AT, by=PERSON, expected=seen)


@pytest.mark.parametrize("by", [0, 1, 2, 4, 99])
def test_no_other_version_passes(by: int) -> None:
    desk = new_desk()
    case = considered(desk)
    with pytest.raises(oa.Conflict):
        desk.perform(case, kz.appeal.Withdraw(), at=AT, by=PERSON, expected=by)


def test_a_case_as_of_before_it_was_opened_is_not_there() -> None:
    desk = new_desk()
    case = considered(desk)
    with pytest.raises(oa.UnknownCase):
        desk.case(case, at=AT - timedelta(days=1))


# -- what is checked where a case is opened ------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "path", "near"),
    [
        ({"channel": "papper"}, "channel", "paper"),
        ({"kind": "aplication"}, "kind", "application"),
        # Known, and of another procedure: with kinds of its own, with none, of an act's own words.
        ({"kind": "inquiry"}, "kind", "application"),
        ({"kind": "visit"}, "kind", "application"),
        ({"kind": "government"}, "kind", "application"),
    ],
)
def test_a_mistyped_kind_or_channel_is_refused_with_its_neighbour(
    fields: dict[str, Any], path: str, near: str
) -> None:
    desk = new_desk()
    with pytest.raises(Malformed) as told:
        desk.open(kz.Appeal, at=AT, by=PERSON, **fields)
    (fault,) = told.value.faults
    assert path == fault.path
    assert near in fault.why
    assert [] == list(desk.journal.cases())


@pytest.mark.parametrize("no_chart", [kz.appeal.Decide, 5, None])
def test_what_is_no_chart_is_told_as_that(no_chart: Any) -> None:
    with pytest.raises(Malformed, match="procedure: the law of this office has no such chart of "):
        new_desk().open(no_chart, at=AT, by=PERSON)


@pytest.mark.parametrize("kind", [oa.Applicant, kz.Applicant])
def test_a_nameless_applicant_is_nobodys_twin(kind: Any) -> None:
    desk = new_desk()
    case = desk.open(kz.Appeal, at=AT, by=kind(), topic="light", channel="paper").id
    desk.perform(case, oa.Register(), at=AT, by=STAFF)
    refused = desk.may(case, kz.appeal.Withdraw(), at=AT, by=kind())
    assert refused is not None
    assert "applicant.another" == refused.code
    other = attrs.evolve(desk.case(case).received, topic="roads")
    refused = desk.may(case, Rectify(1, other, reason="mistyped"), at=AT, by=kind())
    assert refused is not None
    assert "role.not-competent" == refused.code


def test_a_mistyped_role_is_refused_with_its_neighbour_wherever_one_acts() -> None:
    desk = new_desk()
    case = considered(desk)
    typo = oa.Official("x", {oa.Role("registar")})
    lent = oa.Official(
        "x", {kz.HEAD}, mandates=(oa.Mandate("y", {oa.Role("haed")}, "order 1", date(2026, 1, 1)),)
    )
    for by, near in ((typo, "registrar"), (lent, "head")):
        for ask in (
            lambda: desk.open(kz.Appeal, at=AT, by=by),  # noqa: B023 - asked at once
            lambda: desk.perform(case, kz.appeal.Assign("b"), at=AT, by=by),  # noqa: B023
            lambda: desk.may(case, kz.appeal.Assign("b"), at=AT, by=by),  # noqa: B023
            lambda: desk.possible(case, at=AT, by=by),  # noqa: B023
        ):
            with pytest.raises(Malformed, match=rf"by\.roles: .*nearest: .*{near}"):
                ask()


def test_a_word_of_the_hosts_own_is_known_where_its_law_has_words_for_it() -> None:
    own = {
        ("channel", "pigeon"): Label({"en": "by pigeon"}),
        ("role", "clerk"): Label({"en": "clerk"}),
    }
    law = attrs.evolve(kz.law(), labels={**kz.law().labels, **own})
    desk = new_desk(kz.office("astana", pack=law))
    by = oa.Official("x", {oa.Role("clerk")})
    assert "pigeon" == desk.open(kz.Appeal, at=AT, by=by, channel="pigeon").received.channel


def test_a_chart_that_the_law_of_the_office_has_not_is_refused() -> None:
    class PortalAppeal(kz.appeal.Appeal2026):
        """With one step more, and no law handed to the office."""

        noted = oa.step(
            oa.Pause,
            kz.appeal.Appeal2026.considered.to.itself(),
            by=kz.EXECUTOR,
            source="order of the city, 1",
        )

    with pytest.raises(
        Malformed, match="procedure: the law of this office has no such chart of appeal"
    ):
        new_desk().open(PortalAppeal, at=AT, by=PERSON)
    # The wording of the day governs, whichever of the charts of its law is handed over.
    assert "appeal" == new_desk().open(kz.appeal.Appeal2021, at=AT, by=PERSON).procedure
