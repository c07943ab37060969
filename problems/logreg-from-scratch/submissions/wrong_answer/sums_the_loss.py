# fails: samples, interface, minimum
# misconception: the loss is added up over the examples
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


class LogReg:
    def __init__(self, l2=1e-2):
        self.l2 = l2

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError("only one class")
        t = (y == self.classes_[1]).astype(float)
        n, d = X.shape
        A = np.hstack([X, np.ones((n, 1))])
        lam = np.full(d + 1, self.l2)
        lam[-1] = 0
        theta = np.zeros(d + 1)
        loss = self.loss(A, t, theta, lam)
        for _ in range(200):
            p = sigmoid(A @ theta)
            grad = A.T @ (p - t) + lam * theta
            H = (A * (p * (1 - p))[:, None]).T @ A + np.diag(lam + 1e-12)
            step = np.linalg.solve(H, grad)
            if grad @ step < 1e-18:
                break
            size = 1.0
            while self.loss(A, t, theta - size * step, lam) > loss and size > 1e-6:
                size /= 2
            theta = theta - size * step
            loss = self.loss(A, t, theta, lam)
        self.coef_ = theta[:-1]
        self.intercept_ = theta[-1]
        return self

    def loss(self, A, t, theta, lam):
        z = A @ theta
        return np.sum(np.logaddexp(0, z) - t * z) + 0.5 * np.sum(lam * theta**2)

    def predict_proba(self, X):
        p = sigmoid(X @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]
