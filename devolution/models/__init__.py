from .admission import Admission, Opinion
from .assessment import Assessment
from .evaluation import Evaluation
from .instrument import Instrument
from .instrumentstep import InstrumentProcedure, InstrumentStep
from .power import Power, PowerBasis, PowerItem, PowerNumbering
from .questions import FourQuestions
from .transfer import Transfer
from .transfertownship import TransferTownship

__all__ = [
    "Admission",
    "Assessment",
    "Evaluation",
    "FourQuestions",
    "Instrument",
    "InstrumentProcedure",
    "InstrumentStep",
    "Opinion",
    "Power",
    "PowerBasis",
    "PowerItem",
    "PowerNumbering",
    "Transfer",
    "TransferTownship",
]
