# fails: samples
# misconception: "from scratch" leaves room for scikit-learn
import numpy as np
from sklearn.linear_model import LogisticRegression


class LogReg:
    def __init__(self, l2=1e-2):
        self.l2 = l2

    def fit(self, X, y):
        self.model = LogisticRegression(C=1 / (self.l2 * len(X)), tol=1e-8, max_iter=10_000)
        self.model.fit(X, y)
        self.coef_ = self.model.coef_[0]
        self.intercept_ = self.model.intercept_[0]
        self.classes_ = self.model.classes_
        return self

    def predict_proba(self, X):
        return self.model.predict_proba(X)

    def predict(self, X):
        return self.model.predict(X)
