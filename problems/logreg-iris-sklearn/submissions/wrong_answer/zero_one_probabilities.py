# fails: probabilities
# misconception: a prediction is certain
import numpy as np
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    model = LogisticRegression(max_iter=1000).fit(X_train, y_train)
    classes = model.predict(X_test)
    return classes, (classes[:, None] == np.unique(y_train)).astype(float)
