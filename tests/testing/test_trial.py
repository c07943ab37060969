"""A learner's own input, before anybody is asked."""

from judge.proxy.solution import Interface
from judge.testing.reference import Reference
from judge.testing.reference import ReferenceChannel as Nobody
from judge.testing.trial import Trial


def test_rows_of_different_lengths_are_refused_and_reach_nobody() -> None:
    interface = Interface(entry=("mean",))
    trial = Trial(interface, "def mean(X: np.ndarray)", [[[1, 2], [3]]], None)

    tried = trial.run(Nobody("", None), lambda: None, Reference(None, None, interface))

    assert tried["refused"].startswith("this input does not fit: ")
    assert tried["output"] is None
