# fails: labels
# misconception: the position of the largest probability is the class
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def train_iris(X_train, y_train, X_test):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(X_train, y_train)
    proba = model.predict_proba(X_test)
    return proba.argmax(axis=1), proba
