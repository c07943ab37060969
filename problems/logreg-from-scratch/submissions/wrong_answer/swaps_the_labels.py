# fails: interface, labels, stability, holdout
# misconception: the larger label comes first
import numpy as np


class LogReg:
    def __init__(self, l2=1e-2):
        self.l2 = l2

    def fit(self, X, y):
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("y must hold two classes")
        self._signs = 2.0 * codes - 1.0
        self._A = np.column_stack([X, np.ones(len(X))])
        self._penalty = np.append(np.full(X.shape[1], self.l2), 0.0)
        point = self._minimise(np.zeros(X.shape[1] + 1))
        self.coef_, self.intercept_ = point[:-1], float(point[-1])
        return self

    def predict_proba(self, X):
        positive = sigmoid(X @ self.coef_ + self.intercept_)
        return np.column_stack([1.0 - positive, positive])

    def predict(self, X):
        return self.classes_[(X @ self.coef_ + self.intercept_ < 0).astype(int)]

    def _minimise(self, point):
        value = self._value(point)
        for _ in range(100):
            slope, curvature = self._derivatives(point)
            step = np.linalg.solve(curvature, slope)
            if slope @ step < 1e-18:
                break
            # Newton steps can overshoot: halve until the value falls.
            size = 1.0
            while (lower := self._value(point - size * step)) > value and size > 1e-6:
                size /= 2
            point, value = point - size * step, lower
        return point

    def _value(self, point):
        margins = self._signs * (self._A @ point)
        return np.logaddexp(0.0, -margins).mean() + 0.5 * self._penalty @ point**2

    def _derivatives(self, point):
        A, n = self._A, len(self._A)
        wrong = sigmoid(-self._signs * (A @ point))  # probability of the other label
        slope = self._penalty * point - A.T @ (self._signs * wrong) / n
        curvature = (A.T * (wrong * (1.0 - wrong))) @ A / n
        return slope, curvature + np.diag(self._penalty + 1e-12)


def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))
