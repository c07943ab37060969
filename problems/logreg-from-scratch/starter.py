import numpy as np


class LogReg:
    """Logistic regression for two classes with an L2 penalty on the weights."""

    def __init__(self, l2: float = 1e-2) -> None:
        self.l2 = l2

    def fit(self, X: np.ndarray, y: np.ndarray) -> "LogReg":
        """Find the minimum; set coef_ (d,), intercept_ and classes_ (2,); return self."""
        raise NotImplementedError

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the probabilities of both classes, shape (m, 2)."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the more probable label of each row, shape (m,)."""
        raise NotImplementedError
