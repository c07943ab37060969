# fails: accuracy, probabilities
# misconception: a warning that is not shown is a problem that is not there
import warnings

from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(max_iter=2)
        model.fit(X_train, y_train)
    return model.predict(X_test), model.predict_proba(X_test)
