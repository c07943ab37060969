# fails: convergence
# misconception: a ConvergenceWarning can be ignored when the accuracy is good
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    model = LogisticRegression(max_iter=10)
    model.fit(X_train, y_train)
    return model.predict(X_test), model.predict_proba(X_test)
