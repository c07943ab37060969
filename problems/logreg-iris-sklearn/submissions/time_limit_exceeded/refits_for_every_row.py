# fails: large
# misconception: fitting is part of predicting a row
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def train_iris(X_train, y_train, X_test):
    classes = []
    probabilities = []
    for row in X_test:
        model = make_pipeline(StandardScaler(), LogisticRegression())
        model.fit(X_train, y_train)
        classes.append(model.predict([row])[0])
        probabilities.append(model.predict_proba([row])[0])
    return np.array(classes), np.array(probabilities)
