# fails: companions
# misconception: a scaler may be fitted on training and test data together
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def train_iris(X_train, y_train, X_test):
    scaler = StandardScaler().fit(np.vstack([X_train, X_test]))
    model = LogisticRegression(max_iter=1000)
    model.fit(scaler.transform(X_train), y_train)
    X_scaled = scaler.transform(X_test)
    return model.predict(X_scaled), model.predict_proba(X_scaled)
