"""numpy arrays, scalars and seeded generators as plain content, and torch tensors as arrays.

Only dtypes whose bytes mean nothing but numbers, text or moments cross; what comes back owns its
memory, is contiguous, and holds no bit pattern that numpy itself would never make.
"""

import math
import re
from typing import Any

import numpy as np

from judge.proxy.codes import CannotCross, Ext, Malformed

_DTYPE = re.compile(
    r"[<>|=](?:b1|[iu][1248]|f(?:2|4|8|16)|c(?:8|16|32)|[SU]\d{1,9}"
    r"|[Mm]8(?:\[(?:[1-9]\d{0,8})?(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?)"
)
_KINDS = frozenset("biufcSUMm")
_BIT_GENERATORS = frozenset({"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"})
_MAX_CODE_POINT = 0x10FFFF
_MAX_DIMENSIONS = 32
_MAX_LENGTH = 1 << 62  # the product of enormous integers takes minutes


def content(value: Any) -> tuple[int, object] | None:
    """Return code and content of a numpy or torch value, or None when it is neither data."""
    if isinstance(value, np.ndarray):
        return Ext.NDARRAY, _array_content(value)
    if isinstance(value, np.generic):
        return Ext.NUMPY_SCALAR, _array_content(np.asarray(value))
    if isinstance(value, np.random.Generator):
        return Ext.NUMPY_GENERATOR, _generator_content(value)
    if hasattr(value, "detach") and hasattr(value, "numpy"):
        return Ext.NDARRAY, _array_content(value.detach().cpu().numpy())
    return None


def restore(code: int, plain: Any) -> object:
    """Return the array, scalar or generator of a content, or raise Malformed."""
    try:
        if code == Ext.NUMPY_GENERATOR:
            return _generator(plain)
        array = _array(plain)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        TypeError,
        ValueError,
    ) as error:
        raise Malformed(f"array: {error}") from error
    return array if code == Ext.NDARRAY else array[()]


def _array_content(array: Any) -> list[object]:
    array = np.asarray(array)  # a subclass (matrix, masked) crosses as the array it holds
    if array.dtype.kind not in _KINDS or array.dtype.hasobject:
        raise CannotCross(f"an array of dtype {array.dtype}")
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    return [array.dtype.str, list(array.shape), order, array.tobytes(order)]


def _array(plain: Any) -> Any:
    name, shape, order, data = plain
    if not (isinstance(name, str) and _DTYPE.fullmatch(name) and order in {"C", "F"}):
        raise Malformed(f"array of dtype {name!r:.40} in order {order!r:.40}")
    if not _is_shape(shape):
        raise Malformed("array with no shape")
    if type(data) is not bytes:
        raise Malformed("array without bytes")
    dtype = np.dtype(name)
    if dtype.itemsize == 0:
        raise Malformed("array of a dtype without a size")
    if dtype.itemsize * math.prod(shape) != len(data):
        raise Malformed("array whose bytes do not fill its shape")
    array = np.frombuffer(data, dtype).reshape(shape, order=order).copy(order=order)
    return _canonical(array)


def _is_shape(shape: Any) -> bool:
    return (
        isinstance(shape, list)
        and len(shape) <= _MAX_DIMENSIONS
        and all(type(length) is int and 0 <= length <= _MAX_LENGTH for length in shape)
    )


def _canonical(array: Any) -> Any:
    if array.dtype.kind == "b":
        return np.asarray(array.view(np.uint8) != 0)
    if array.dtype.kind == "U" and array.size:
        points = np.frombuffer(array.tobytes(), np.dtype("u4").newbyteorder(array.dtype.byteorder))
        if int(points.max(initial=0)) > _MAX_CODE_POINT:
            raise Malformed("array with a character beyond Unicode")
    return array


def _generator_content(generator: Any) -> list[object]:
    bits = generator.bit_generator
    name = type(bits).__name__
    if name not in _BIT_GENERATORS:
        raise CannotCross(f"a random generator over {name}")
    return [name, bits.state]


def _generator(plain: Any) -> Any:
    name, state = plain
    if name not in _BIT_GENERATORS:
        raise Malformed(f"a random generator over {name!r:.40}")
    bits = getattr(np.random, name)()
    bits.state = state
    return np.random.Generator(bits)
