"""What the law has to know of a transfer: plain facts, from whatever form, sheet or record they come."""

import enum
from dataclasses import dataclass
from datetime import date

from catalog.choices import PowerType

from ..choices import CoercionKind, Mode, Receiver


class Stage(enum.Enum):
    """When the law is asked: at entry, or for putting a power in force in one township."""

    ENTRY = "entry"
    FORCE = "force"


class Level(enum.Enum):
    """How high a cited paper stands."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    DOCUMENT = "document"


class Overlap(enum.Enum):
    """Another transfer of what seems the same power, in the same township and period."""

    NONE = "none"
    SAME = "same"
    SIMILAR = "similar"


@dataclass(frozen=True)
class Paper:
    """An instrument: what it says of itself. Days are half-open: `valid_to` is the first day it no longer holds."""

    number: str = ""
    made_on: date | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    is_open_ended: bool = False


@dataclass(frozen=True)
class CitedBasis:
    """A cited paper and what is known of it.

    `names` says which bodies below the county it names; `gives` for which types of power it makes
    them the authority, `permits` which types it allows to be entrusted.
    """

    title: str = ""
    level: Level = Level.DOCUMENT
    is_known: bool = True
    is_abolished: bool = False
    names: frozenset[Receiver] = frozenset()
    gives: frozenset[str] = frozenset()
    permits: frozenset[str] = frozenset()

    @property
    def is_law_or_regulation(self) -> bool:
        return self.level in (Level.LAW, Level.REGULATION)


@dataclass(frozen=True)
class Facts:
    """Everything `judge` looks at; what is left out counts as not on record.

    `receiver` is one kind of receiving body, or None while no township is looked at; a transfer to
    several kinds is judged once for each. `publication_due` matters only to a paper that is published.
    """

    mode: str
    power_type: str = ""
    stage: Stage = Stage.ENTRY
    on: date | None = None
    coercion: str = ""
    restricts_liberty: bool = False
    is_heavy: bool = False
    includes_enforcement: bool = False
    accompanies_penalty: bool = False
    has_department: bool = True
    has_receivers: bool = True
    receiver: str | None = None
    bases: tuple[CitedBasis, ...] = ()
    instrument: Paper = Paper()
    provincial_decision: Paper | None = None
    has_authority: bool = False
    evaluation_due: date | None = None
    overlap: Overlap = Overlap.NONE
    publication_due: date | None = None
    officers: int | None = None
    is_assessed: bool = False
    is_questioned: bool = False
    has_refusing_answer: bool = False

    @property
    def is_measure(self) -> bool:
        return self.coercion == CoercionKind.MEASURE

    @property
    def is_enforcement(self) -> bool:
        return self.coercion == CoercionKind.ENFORCEMENT

    @property
    def given_by_law(self) -> bool:
        """Whether a cited law or regulation names the receiver for this type of power.

        Statutes that name only townships do not name subdistricts (R8).
        """
        body = self.receiver or Receiver.TOWNSHIP
        return any(
            self.power_type in basis.gives and body in basis.names and basis.is_law_or_regulation
            for basis in self.usable_bases
        )

    @property
    def permits_entrusting(self) -> bool:
        """Whether a cited paper is known, or said by staff, to let the department entrust this type of power."""
        return any(self.power_type in basis.permits for basis in self.usable_bases)

    @property
    def cites_rule(self) -> bool:
        """Whether a law, regulation or rule is cited at all."""
        return any(basis.level != Level.DOCUMENT for basis in self.usable_bases)

    @property
    def cites_regulation(self) -> bool:
        return any(basis.is_law_or_regulation for basis in self.usable_bases)

    @property
    def usable_bases(self) -> tuple[CitedBasis, ...]:
        """What is cited and still in force."""
        return tuple(basis for basis in self.bases if not basis.is_abolished)

    @property
    def has_decision(self) -> bool:
        """Whether a provincial decision is named with number and day."""
        return bool(
            self.provincial_decision and self.provincial_decision.number and self.provincial_decision.made_on
        )

    @property
    def is_entrustment_in_effect(self) -> bool:
        """Called delegated, with neither law nor decision behind it: a court sees an entrustment (R6)."""
        is_power = self.power_type != PowerType.SERVICE
        return self.mode == Mode.DELEGATED and is_power and not (self.given_by_law or self.has_decision)
