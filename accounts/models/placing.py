from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


class PlacedQuerySet(models.QuerySet):
    """Villages and offices, which move to another township when their own gives way."""

    def standing_in(self, township, on: date):
        """Those that belong to the township on the day, whether or not a move is carried out in their row yet."""
        return self.standing_in_place(township.pk, on)

    def standing_in_place(self, township: int, on: date):
        """The same by the township's key."""
        moves = self.model._meta.get_field("moves").related_model.objects.filter(
            **{self.model._meta.model_name: OuterRef("pk")}
        )
        day = "reorganisation__effective_on"
        # Once carried out a move stands in the row itself, where staff may have corrected it since.
        moved = moves.filter(**{f"{day}__lte": on}, reorganisation__carried_out_on=None)
        moved = moved.order_by(f"-{day}", "-pk")
        moves_later = moves.filter(**{f"{day}__gt": on}).order_by(day, "pk")
        place = Coalesce(
            Subquery(moved.values("to")[:1]),
            Subquery(moves_later.values("former")[:1]),
            F("township"),
            output_field=models.BigIntegerField(),
        )
        return self.alias(stands_in=place).filter(stands_in=township)
