import numpy as np


def stable_sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


class LogReg:
    """Nesterov's accelerated gradient with restarts, on centred and rescaled features."""

    def __init__(self, l2: float = 1e-2):
        self.l2 = l2

    def fit(self, X, y):
        labels = sorted(set(y.tolist()))
        if len(labels) < 2:
            raise ValueError("need examples of two classes")
        self.classes_ = np.array(labels)
        target = (y == self.classes_[1]).astype(float)

        # In v = scale * w every second derivative is at most 1; centring only moves the intercept.
        centre = X.mean(axis=0)
        scale = np.sqrt(X.var(axis=0) / 4 + self.l2)
        Z = (X - centre) / scale
        penalty = self.l2 / scale**2
        n = len(X)
        longest = np.linalg.norm(Z.T @ Z / n, 2) if Z.shape[1] else 0.0
        rate = 1.0 / (max(longest, 1.0) / 4 + penalty.max())

        v, b = np.zeros(Z.shape[1]), 0.0
        ahead_v, ahead_b = v, b
        momentum = 1.0
        for _ in range(50_000):
            error = (stable_sigmoid(Z @ ahead_v + ahead_b) - target) / n
            slope_v, slope_b = Z.T @ error + penalty * ahead_v, error.sum()
            in_w = slope_v * scale + slope_b * centre
            if in_w @ in_w + slope_b**2 < 1e-14:
                break
            new_v, new_b = ahead_v - rate * slope_v, ahead_b - rate * slope_b
            if slope_v @ (new_v - v) + slope_b * (new_b - b) > 0:
                momentum = 1.0
            following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            push = (momentum - 1) / following
            ahead_v, ahead_b = new_v + push * (new_v - v), new_b + push * (new_b - b)
            v, b, momentum = new_v, new_b, following

        self.coef_ = ahead_v / scale
        self.intercept_ = ahead_b - centre @ self.coef_
        return self

    def predict_proba(self, X):
        z = X @ self.coef_ + self.intercept_
        return np.stack([stable_sigmoid(-z), stable_sigmoid(z)], axis=1)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
