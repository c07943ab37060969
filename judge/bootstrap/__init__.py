"""The only package that chooses concrete parts, and hands them over as arguments."""

from judge.bootstrap.local import LocalJudge, local_judge

__all__ = ["LocalJudge", "local_judge"]
