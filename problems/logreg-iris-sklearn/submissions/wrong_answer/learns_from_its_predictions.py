# fails: companions
# misconception: more rows are better, even if the model labelled them itself
import numpy as np
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    model = LogisticRegression(max_iter=1000)
    model.fit(X_train, y_train)
    guessed = model.predict(X_test)
    model.fit(np.concatenate([X_train, X_test]), np.concatenate([y_train, guessed]))
    return model.predict(X_test), model.predict_proba(X_test)
