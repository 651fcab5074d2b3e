"""The township public-service item list: 中办发〔2017〕11号 (四)."""

from .base import HandledResource
from .columns import ListField
from .headings import HEADINGS


class PublicServicesResource(HandledResource):
    """What a township does for residents."""

    basic_code = ListField(*HEADINGS["basic_code"])
    implementation_code = ListField(*HEADINGS["implementation_code"])
    village_handling = ListField(*HEADINGS["village_handling"])
