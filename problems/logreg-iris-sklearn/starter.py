import numpy as np
from sklearn.linear_model import LogisticRegression


def train_iris(
    X_train: np.ndarray, y_train: np.ndarray, X_test: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Train on (n, 4) flowers and n labels; return m labels and (m, 3) probabilities for X_test."""
    raise NotImplementedError
