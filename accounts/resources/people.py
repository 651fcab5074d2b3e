"""What is only ever handed out: accounts are made one by one, by a person who answers for them."""

from django.utils import timezone
from import_export.widgets import Widget

from .. import journal
from ..choices import ROLE_NAMES
from ..models import Event, User
from .base import Column, ScopedResource
from .widgets import BodyWidget, WordWidget


class MomentWidget(Widget):
    """A moment in the portal's time zone, as a text."""

    def render(self, value, obj=None, **kwargs):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S") if value else ""


class YesWidget(Widget):
    """是 or 否."""

    def render(self, value, obj=None, **kwargs):
        return "是" if value else "否"


class UserResource(ScopedResource):
    """The accounts of a county, without their passwords."""

    sheet = "账号"

    username = Column("username", "用户名")
    full_name = Column("get_full_name", "姓名", readonly=True)
    role = Column("role", "角色", WordWidget(ROLE_NAMES))
    department = Column("department", "部门", BodyWidget(None))
    township = Column("township", "乡镇", BodyWidget(None))
    is_active = Column("is_active", "启用", YesWidget())
    last_login = Column("last_login", "最近登录", MomentWidget())

    class Meta:
        model = User
        import_id_fields = ["username"]
        fields = ("username", "full_name", "role", "department", "township", "is_active", "last_login")


class EventResource(ScopedResource):
    """The record of what was done by whom, in words."""

    sheet = "操作记录"

    at = Column("at", "时间", MomentWidget())
    by = Column("by", "人员", Widget())
    address = Column("address", "网络地址")
    action = Column("action", "操作")
    subject_type = Column("subject_type", "对象类型")
    subject_text = Column("subject_text", "对象")
    details = Column("details", "详情")

    class Meta:
        model = Event
        import_id_fields = ["at"]
        fields = ("at", "by", "address", "action", "subject_type", "subject_text", "details")

    def get_queryset(self):
        return super().get_queryset().select_related("by")

    def dehydrate_action(self, event):
        return journal.act_in_words(event)

    def dehydrate_subject_type(self, event):
        return journal.subject_in_words(event.subject_type)

    def dehydrate_details(self, event):
        return "；".join(journal.details_in_words(event))
