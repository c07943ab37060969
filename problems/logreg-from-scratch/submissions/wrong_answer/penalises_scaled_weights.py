# fails: interface, minimum, stability
# misconception: the penalty is the same for standardised features
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


class LogReg:
    def __init__(self, l2=1e-2, tol=1e-7, max_iter=5000):
        self.l2 = l2
        self.tol = tol
        self.max_iter = max_iter

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError("only one class")
        t = (y == self.classes_[1]).astype(float)
        n, d = X.shape
        mean = X.mean(axis=0)
        std = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        Z = (X - mean) / std
        penalty = np.full(d, self.l2)
        lr = 1 / (np.sum(Z**2) / n / 4 + 0.25 + penalty.max())
        w = w_ahead = np.zeros(d)
        b = b_ahead = 0.0
        k = 0
        for _ in range(self.max_iter):
            error = sigmoid(Z @ w_ahead + b_ahead) - t
            grad_w = Z.T @ error / n + penalty * w_ahead
            grad_b = error.mean()
            if np.sqrt(np.sum(grad_w**2) + grad_b**2) < self.tol:
                break
            w_new = w_ahead - lr * grad_w
            b_new = b_ahead - lr * grad_b
            if grad_w @ (w_new - w) + grad_b * (b_new - b) > 0:
                k = 0
            k += 1
            w_ahead = w_new + k / (k + 3) * (w_new - w)
            b_ahead = b_new + k / (k + 3) * (b_new - b)
            w, b = w_new, b_new
        self.coef_ = w_ahead / std
        self.intercept_ = b_ahead - mean @ self.coef_
        return self

    def predict_proba(self, X):
        p = sigmoid(X @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]
