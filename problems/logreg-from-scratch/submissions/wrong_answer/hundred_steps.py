# fails: interface, minimum
# misconception: a hundred steps of gradient descent are enough, the accuracy is fine already
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


class LogReg:
    def __init__(self, l2=1e-2, lr=0.1, n_iter=100):
        self.l2 = l2
        self.lr = lr
        self.n_iter = n_iter

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError("only one class")
        target = (y == self.classes_[1]).astype(float)
        n, d = X.shape
        w = np.zeros(d)
        b = 0.0
        for _ in range(self.n_iter):
            error = sigmoid(X @ w + b) - target
            w = w - self.lr * (X.T @ error / n + self.l2 * w)
            b = b - self.lr * error.mean()
        self.coef_ = w
        self.intercept_ = b
        return self

    def predict_proba(self, X):
        p = sigmoid(X @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]
