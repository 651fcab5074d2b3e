"""Short names for what many rows say: verdicts, modes, sets of types, laws."""

from catalog.choices import PowerType

from ..choices import Mode
from .articles import Article
from .row import Verdict

REFUSED, INCOMPLETE, WARNING, OK = Verdict.REFUSED, Verdict.INCOMPLETE, Verdict.WARNING, Verdict.OK
DELEGATED, ENTRUSTED, SECONDED = (frozenset({mode}) for mode in Mode)
HANDED_DOWN = DELEGATED | ENTRUSTED

PENALTY_LAW, LICENCE_LAW, COERCION_LAW = "行政处罚法", "行政许可法", "行政强制法"
POLICY = Article("中办发〔2017〕11号")

LICENCE = frozenset({PowerType.LICENCE})
PENALTY = frozenset({PowerType.PENALTY})
COERCION = frozenset({PowerType.COERCION})
LEVY = frozenset({PowerType.LEVY})
INSPECTION = frozenset({PowerType.INSPECTION})
ADJUDICATION = frozenset({PowerType.ADJUDICATION})
UNSTATED = frozenset({""})
FAVOURS = frozenset(
    {PowerType.BENEFIT, PowerType.CONFIRMATION, PowerType.AWARD, PowerType.OTHER, PowerType.SERVICE}
)
