"""Further lists a county keeps: powers and responsibilities, services to purchase, matters of villages."""

from .base import CoreResource, HandledResource
from .columns import ListField
from .headings import HEADINGS
from .widgets import FieldWidget, LinesWidget, NamesWidget


class PowerAndResponsibilityResource(HandledResource):
    """权责清单: a body's powers with what it must do and is accountable for."""

    group_field = "department"

    responsibilities = ListField(*HEADINGS["responsibilities"], widget=LinesWidget())
    responsibility_basis = ListField(*HEADINGS["responsibility_basis"], widget=LinesWidget())
    accountability = ListField(*HEADINGS["accountability"], widget=LinesWidget())
    accountability_basis = ListField(*HEADINGS["accountability_basis"], widget=LinesWidget())
    exercise_level = ListField(*HEADINGS["exercise_level"], fills_down=True)


class PurchaseGuideResource(CoreResource):
    """政府购买服务指导目录: what services a county may buy: 中办发〔2017〕11号 (十一).

    Its levels are field, main item and item; with two levels the second is the item.
    """

    told_apart_by = ("domain", "main_name", "name")

    domain = ListField(
        *HEADINGS["level_one"], attribute="category_name", widget=FieldWidget(), fills_down=True
    )
    main_name = ListField(
        *HEADINGS["level_two"], attribute="main_name", role="main_name", fills_down=True, stands_in_for="name"
    )
    name = ListField(*HEADINGS["level_three"], attribute="name", role="name", is_required=True)
    purchaser = ListField(*HEADINGS["purchaser"], widget=NamesWidget(), fills_down=True)
    receiving_body = ListField(
        *HEADINGS["provider"], attribute="receiving_body", widget=NamesWidget(), fills_down=True
    )
    description = ListField(*HEADINGS["description"], widget=LinesWidget())


class VillageMattersResource(HandledResource):
    """村级事项: what is handled in the village: directly, by an agent, assisted, or only made known."""

    village_handling = ListField(
        *HEADINGS["village_handling"], "办理方式", "办理类型", "服务方式", fills_down=True
    )
