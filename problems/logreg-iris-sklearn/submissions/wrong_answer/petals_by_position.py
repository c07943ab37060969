# fails: columns
# misconception: petal length and width are always columns 2 and 3
from sklearn.linear_model import LogisticRegression


def train_iris(X_train, y_train, X_test):
    petals_train, petals_test = X_train[:, 2:4], X_test[:, 2:4]
    model = LogisticRegression(max_iter=1000).fit(petals_train, y_train)
    return model.predict(petals_test), model.predict_proba(petals_test)
