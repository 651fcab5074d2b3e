"""How often one address may ask for something, counted across all workers, without keeping the address.

COMMENTS = Pace("comments", most=60, seconds=3600)

if seconds := COMMENTS.wait(request):
    return too_many(request, seconds)
"""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .addresses import client_address
from .models import PaceCount

SALT = "accounts.pacing"
# One household or office holds a whole IPv6 network of this size.
NETWORK = 64
# Addresses one worker counts by itself before it forgets them; far more than ask within a minute.
MOST_UNSAVED = 10_000

# Both databases speak this; one statement, so that no two workers lose a count between reading and writing.
COUNT = """
    INSERT INTO accounts_pacecount (key, ends_at, count) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET count = accounts_pacecount.count + excluded.count
    RETURNING count
"""


@dataclass(frozen=True)
class Pace:
    """So many requests of one kind in so many seconds from one address.

    With `step` above 1 a worker writes only every so many requests of an address: for what is asked often
    and where a few more do no harm.
    """

    name: str
    most: int
    seconds: int
    step: int = 1
    _unsaved: dict[str, list[int]] = field(default_factory=dict, compare=False, repr=False)

    def wait(self, request) -> int:
        """Count the request; the seconds after which its sender may ask again, 0 when there is no need to wait."""
        now = timezone.now().timestamp()
        span = int(now // self.seconds)
        ends = (span + 1) * self.seconds
        if self._count(self._key(request, span), ends) <= self.most:
            return 0
        return max(1, int(ends - now))

    def _count(self, key: str, ends: int) -> int:
        """How many there have been; `[0]` is what this worker has not written yet, `[1]` what it knows of all."""
        if len(self._unsaved) >= MOST_UNSAVED:
            self._unsaved.clear()
        counted = self._unsaved.setdefault(key, [0, 0])
        counted[0] += 1
        if counted[0] >= self.step:
            counted[1], counted[0] = _add(key, ends, counted[0]), 0
        return sum(counted)

    def _key(self, request, span: int) -> str:
        """The sender of the request in this span; another key on another day, by the portal's own secret."""
        subject = f"{self.name}:{self.seconds}:{span}:{sender(request)}"
        return salted_hmac(SALT, subject, algorithm="sha256").hexdigest()


def sender(request) -> str:
    """The address of a request, of IPv6 its network; empty when it has none."""
    address = client_address(request)
    if address is None or ":" not in address:
        return address or ""
    return str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False))


def _add(key: str, ends: int, count: int) -> int:
    """Add to the count of all workers; the first of a span clears away what is over."""
    moment = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(ends, UTC))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, moment, count])
        (total,) = cursor.fetchone()
    if total == count:
        PaceCount.objects.filter(ends_at__lt=timezone.now()).delete()
    return total
