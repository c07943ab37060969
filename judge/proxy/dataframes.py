"""pandas frames, series and indexes as plain content: per column, with index, names and dtypes.

A column crosses as a numpy array where its dtype is numpy's own, and as codes, ticks or a list
otherwise; the dtype is rebuilt from a short list of forms, never by evaluating its name.
"""

import re
import zoneinfo
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from judge.proxy.codes import CannotCross, Ext, Malformed
from judge.proxy.collisions import refuse_collisions
from judge.proxy.extensions import MAX_RANGE

_PLAIN_DTYPE = re.compile(r"object|str|string|(?:Int|UInt)(?:8|16|32|64)|Float(?:32|64)|boolean")
_OFFSET = re.compile(r"UTC[+-]\d\d:\d\d")
# What columns of _PLAIN_DTYPE are made of, object apart: pandas converts whatever it is given.
_ELEMENTS = frozenset({bool, int, float, str, type(None), type(pd.NA)})
_UNITS = frozenset({"s", "ms", "us", "ns"})


def content(value: Any) -> tuple[int, object] | None:
    """Return code and content of a pandas value, or None when it is not data."""
    if isinstance(value, pd.DataFrame):
        columns = [_values(value.iloc[:, i]) for i in range(value.shape[1])]
        return Ext.PANDAS, ["frame", _index(value.columns), _index(value.index), columns]
    if isinstance(value, pd.Series):
        return Ext.PANDAS, ["series", value.name, _index(value.index), _values(value)]
    if isinstance(value, pd.Index):
        return Ext.PANDAS, ["index", _index(value)]
    return _scalar(value)


def restore(plain: Any) -> object:
    """Return the pandas value of a content, or raise Malformed."""
    try:
        return _restore(plain)
    except Malformed:
        raise
    except Exception as error:  # the library raises what it likes
        raise Malformed(f"pandas: {error}") from error


def _restore(plain: Any) -> object:
    match plain:
        case ["frame", columns, index, list(data)]:
            rows = _restore_index(index)
            series = [pd.Series(_restore_values(column), index=rows) for column in data]
            frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=rows)
            frame.columns = _restore_index(columns)
            return frame
        case ["series", name, index, data]:
            return pd.Series(_restore_values(data), index=_restore_index(index), name=name)
        case ["index", index]:
            return _restore_index(index)
        case _:
            return _restore_scalar(plain)


def _scalar(value: Any) -> tuple[int, object] | None:
    if value is pd.NaT:
        return Ext.PANDAS, ["nat"]
    if value is pd.NA:
        return Ext.PANDAS, ["na"]
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        kind = "timestamp" if isinstance(value, pd.Timestamp) else "timedelta"
        return Ext.PANDAS, [kind, value.as_unit("ns").value, _zone(getattr(value, "tz", None))]
    return None


def _restore_scalar(plain: Any) -> object:
    match plain:
        case ["nat"]:
            return pd.NaT
        case ["na"]:
            return pd.NA
        case ["timestamp", int(ticks), zone]:
            return pd.Timestamp(ticks, unit="ns", tz=_known_zone(zone))
        case ["timedelta", int(ticks), _]:
            return pd.Timedelta(ticks, unit="ns")
        case _:
            raise Malformed("a pandas value of no known kind")


def _index(index: Any) -> list[object]:
    if isinstance(index, pd.MultiIndex):
        levels = [_values(level) for level in index.levels]
        return ["multi", list(index.names), levels, [np.asarray(codes) for codes in index.codes]]
    if isinstance(index, pd.RangeIndex):
        return ["range", index.name, index.start, index.stop, index.step]
    return ["flat", index.name, _values(index)]


def _restore_index(plain: Any) -> Any:
    match _content(plain):
        case ["multi", list(names), list(levels), list(codes)]:
            return pd.MultiIndex(
                [_distinct(v) for v in levels], [_ints(c) for c in codes], names=names
            )
        case ["range", name, int(start), int(stop), int(step)]:
            if range(start, stop, step)[MAX_RANGE:]:
                raise Malformed(f"an index of more than {MAX_RANGE} numbers")
            return pd.RangeIndex(start, stop, step, name=name)
        case ["flat", name, values]:
            return pd.Index(_restore_values(values), name=name)
        case _:
            raise Malformed("an index of no known kind")


def _values(column: Any) -> list[object]:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = column.cat.codes if isinstance(column, pd.Series) else column.codes
        return ["category", np.asarray(codes), _values(dtype.categories), bool(dtype.ordered)]
    if isinstance(dtype, pd.DatetimeTZDtype):
        ticks = np.asarray(column.astype("int64"))
        return ["zoned", ticks, dtype.unit, _zone(dtype.tz)]
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return ["array", column.to_numpy()]
    if not _PLAIN_DTYPE.fullmatch(str(dtype)):
        raise CannotCross(f"a pandas column of dtype {dtype}")
    return ["list", str(dtype), column.tolist()]


def _restore_values(plain: Any) -> Any:
    match _content(plain):
        case ["category", codes, categories, bool(ordered)]:
            return pd.Categorical.from_codes(_ints(codes), _distinct(categories), ordered=ordered)
        case ["zoned", ticks, unit, str(zone)] if unit in _UNITS:
            moments = pd.DatetimeIndex(_ints(ticks).astype("int64").view(f"M8[{unit}]"))
            return moments.tz_localize("UTC").tz_convert(_known_zone(zone))
        case ["array", np.ndarray() as array] if array.ndim == 1:
            return array
        case ["list", str(dtype), list(values)] if _PLAIN_DTYPE.fullmatch(dtype):
            if dtype == "object":
                return _objects(values)
            if not {type(value) for value in values} <= _ELEMENTS:
                raise Malformed(f"something else in a column of {dtype}")
            return pd.array(values, dtype=dtype)  # type: ignore[call-overload]  # named at run time
        case _:
            raise Malformed("a column of no known kind")


def _distinct(values: Any) -> Any:
    """Return an index that pandas puts into a table to see that nothing is in it twice."""
    match values:
        case ["list", _, list(keys)]:
            refuse_collisions(keys)
        case _:
            pass  # the effort of arrays is counted as if all of them collided
    return pd.Index(_restore_values(values))


def _content(plain: Any) -> list[Any]:
    """Return what is a list, whose effort was counted; a tuple would match the same patterns."""
    if type(plain) is not list:
        raise Malformed("something else in place of a list")
    return plain


def _ints(values: Any) -> Any:
    """Return an array of integers of one dimension that is one."""
    if not (isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype.kind == "i"):
        raise Malformed("something else in place of an array of integers")
    return values


def _objects(values: list[object]) -> Any:
    array = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        array[place] = value  # all at once, numpy would look into those that are sequences
    return array


def _known_zone(name: object) -> str | None:
    """Return a zone's name if it is one: pandas would take others for files to be read."""
    if name is None or name in _zone_names() or _OFFSET.fullmatch(str(name)):
        return None if name is None else str(name)
    raise Malformed("a time zone of no known name")


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() | {"UTC"})


def _zone(zone: Any) -> str | None:
    return None if zone is None else str(zone)
