# fails: companions
# misconception: fit_transform is for every data set, the test set included
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def train_iris(X_train, y_train, X_test):
    scaler = StandardScaler()
    model = LogisticRegression(max_iter=1000)
    model.fit(scaler.fit_transform(X_train), y_train)
    X_test = scaler.fit_transform(X_test)
    return model.predict(X_test), model.predict_proba(X_test)
