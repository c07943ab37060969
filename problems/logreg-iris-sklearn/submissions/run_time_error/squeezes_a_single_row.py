# fails: single
# misconception: there are always several flowers
import numpy as np
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    X_test = np.squeeze(X_test)
    model = LogisticRegression(max_iter=1000).fit(X_train, y_train)
    return model.predict(X_test), model.predict_proba(X_test)
