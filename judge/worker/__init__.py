"""The worker: claims submissions and has them judged; our failure becomes JE here."""

from judge.worker.anew import judge_anew
from judge.worker.loop import Loop
from judge.worker.one import Judging
from judge.worker.retries import judge_with_retries, with_retries

__all__ = ["Judging", "Loop", "judge_anew", "judge_with_retries", "with_retries"]
