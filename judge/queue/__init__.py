"""Handing submissions to workers: who is next, who has it, and what becomes of a dead one's."""

from judge.queue.claims import LEASE_SECONDS, MAX_CRASHES, Claim, Queue, Told
from judge.queue.order import positions

__all__ = ["LEASE_SECONDS", "MAX_CRASHES", "Claim", "Queue", "Told", "positions"]
