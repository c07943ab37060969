# fails: samples, accuracy
# misconception: the model is fitted on the flowers it should predict
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    model = LogisticRegression(max_iter=1000)
    model.fit(X_test, y_train[: len(X_test)])
    return model.predict(X_test), model.predict_proba(X_test)
