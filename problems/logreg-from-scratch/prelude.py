"""A driver that fits an estimator and returns what it found, in one call."""


def fitted(estimator_class, l2, X, y):
    """Return (coef_, intercept_) of a new estimator fitted on X and y."""
    model = estimator_class(l2=l2)
    model.fit(X, y)
    return model.coef_, model.intercept_
