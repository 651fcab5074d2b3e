"""What a clerk says beside a file: about its record, its columns, the departments it speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..models import Edition


@dataclass(frozen=True)
class Wishes:
    """What wins over the file: `stated` by field of the record, `mapping` by heading or letter.

    `notes` answer warnings of the kind's checks, by the code of the rule.
    """

    stated: Mapping[str, object] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    leave_out_refused: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Wishes":
        """Wishes as a run keeps them; days have become text there."""
        fields = {name: Edition._meta.get_field(name) for name in kept.get("stated", {})}
        return cls(
            stated={name: fields[name].to_python(value) for name, value in kept.get("stated", {}).items()},
            only=tuple(kept.get("only", ())),
            mapping=kept.get("mapping", {}),
            leave_out_refused=bool(kept.get("leave_out_refused")),
            notes=kept.get("notes", {}),
        )

    def to_keep(self) -> dict[str, object]:
        """The same as JSON."""
        return {
            "stated": dict(self.stated),
            "only": list(self.only),
            "mapping": dict(self.mapping),
            "leave_out_refused": self.leave_out_refused,
            "notes": dict(self.notes),
        }

    def but(self, **changes) -> "Wishes":
        """The same with something said otherwise."""
        return replace(self, **changes)
