"""Arrays in a form of memory that their bytes do not carry: made anew where a submission gets them.

They cross to the submission only. What comes back is always contiguous and can be written.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from judge.proxy.codes import Malformed

if TYPE_CHECKING:
    import numpy as np


class Form(StrEnum):
    """How an array lies in memory, and what may be done to it."""

    FLOAT32 = "float32"
    READ_ONLY = "read-only"
    STRIDED = "non-contiguous"
    FORTRAN = "Fortran order"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LaidOut:
    """An array as a submission will get it; `array` is what the test itself may compute with."""

    form: Form
    array: "np.ndarray[Any, Any]"

    def __str__(self) -> str:
        return self.form

    def __repr__(self) -> str:
        return f"{self.array!r} ({self.form})"


def laid_out(form: str, array: Any) -> Any:
    """Return a fresh array in a form; dtype and order have crossed with it."""
    import numpy as np  # noqa: PLC0415 (loaded only where a value is of it)

    if form not in set(Form) or not isinstance(array, np.ndarray):
        raise Malformed(f"an array in the form {form!r:.40}")
    if form == Form.READ_ONLY:
        array.setflags(write=False)
    if form == Form.STRIDED:
        # Every second column of a table whose others hold what nobody asked for.
        strided = np.ones((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)[..., ::2]
        strided[...] = array
        return strided
    return array
