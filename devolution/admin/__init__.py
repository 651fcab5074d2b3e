"""The staff's screens of the register: they declare and delegate; what happens stands in `lifecycle`."""

from . import admissions, instruments, powers, procedures, receipts, transfers, watching

__all__ = ["admissions", "instruments", "powers", "procedures", "receipts", "transfers", "watching"]
