import logging
import warnings


def double(n):
    warnings.warn("careful")
    logging.getLogger().error("careful")
    return 2 * n
