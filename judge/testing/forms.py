"""The same array in each form that a submission may be given it in."""

import numpy as np
from numpy.typing import ArrayLike

from judge.proxy.layouts import Form, LaidOut


def layouts(values: ArrayLike) -> list[LaidOut]:
    """Return an array in each form that it can have; to be parametrised over with `ids=str`.

    Each is passed to a submission or the reference like the array it holds, which a test reaches
    as `.array`: float32 (of floats; tolerances of 1e-5 fit), read-only, non-contiguous, and
    Fortran order (from two dimensions on). A number or an array of shape () is read-only, or
    float32.

    Args:
        values: of any shape, and of any dtype that crosses.
    """
    array = np.array(values)
    found = [LaidOut(Form.READ_ONLY, array)]
    if array.dtype.kind == "f":
        found.insert(0, LaidOut(Form.FLOAT32, array.astype(np.float32)))
    if array.ndim > 0:
        found.append(LaidOut(Form.STRIDED, array))
    if array.ndim > 1:
        found.append(LaidOut(Form.FORTRAN, np.asfortranarray(array)))
    return found
