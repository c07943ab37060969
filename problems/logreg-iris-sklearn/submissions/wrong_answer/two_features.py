# fails: accuracy
# misconception: the first two columns, which every plot shows, are enough
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    model = LogisticRegression(max_iter=1000)
    model.fit(X_train[:, :2], y_train)
    return model.predict(X_test[:, :2]), model.predict_proba(X_test[:, :2])
