"""pandas values cross per column with index, names, dtypes and time zones."""

import contextlib
from pathlib import Path
from typing import Any

import msgpack
import pytest

from judge.proxy.codec import plain_codec
from judge.proxy.codes import CannotCross, Ext, Malformed

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")
dateutil = pytest.importorskip("dateutil.tz")
codec = plain_codec()


def crossed(value: object) -> Any:
    return codec.decode(codec.encode(value))


FRAMES = {
    "numbers": pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan]}),
    "text": pd.DataFrame({"a": ["x", None]}, index=["p", "q"]),
    "no rows": pd.DataFrame({"a": pd.Series([], dtype="int8")}),
    "no columns": pd.DataFrame(index=[3, 4]),
    "nothing": pd.DataFrame(),
    "two of one name": pd.DataFrame([[1, 2.5], [3, 4.5]], columns=["a", "a"]),
    "categories": pd.DataFrame({"c": pd.Categorical(["u", "v", None], ["v", "u"], ordered=True)}),
    "zoned": pd.DataFrame({"t": pd.date_range("2024-03-30", periods=3, tz="Europe/Berlin")}),
    "moments": pd.DataFrame({"t": pd.to_datetime(["2024-01-01", None])}),
    "nullable": pd.DataFrame({"i": pd.array([1, None], "Int64"), "b": pd.array([True, None])}),
    "levels": pd.DataFrame(
        {"v": [1, 2]}, index=pd.MultiIndex.from_tuples([(1, "a"), (2, "b")], names=["p", "q"])
    ),
    "levels above": pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("x", 1), ("x", 2)])),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_comes_back_as_it_was(frame: Any) -> None:
    pd.testing.assert_frame_equal(crossed(frame), frame)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, 2], name="n", index=pd.RangeIndex(5, 9, 2, name="i")),
        pd.Series([1.5, None], dtype="Float64"),
        pd.Series([1, "a", None, (1, 2)], dtype=object),
        pd.Series(pd.to_timedelta([1, None], unit="h")),
        pd.Series([b"x"], index=pd.Index([pd.Timestamp("2024")], name="t")),
        pd.Series([], dtype="float32"),
    ],
    ids=["numbers", "nullable", "mixed", "spans", "bytes", "empty"],
)
def test_a_series_comes_back_as_it_was(series: Any) -> None:
    pd.testing.assert_series_equal(crossed(series), series)


@pytest.mark.parametrize(
    "index",
    [pd.RangeIndex(3), pd.Index([1.5, 2.5], name="x"), pd.Index(["a"]), pd.CategoricalIndex(["a"])],
    ids=["range", "numbers", "text", "categories"],
)
def test_an_index_comes_back_as_it_was(index: Any) -> None:
    pd.testing.assert_index_equal(crossed(index), index)


@pytest.mark.parametrize(
    "value",
    [pd.Timestamp("2024-02-29 12:00:00.000000001"), pd.Timedelta("1ns"), pd.Timestamp(0, tz="UTC")],
    ids=repr,
)
def test_a_moment_comes_back_as_it_was(value: Any) -> None:
    back = crossed(value)

    assert type(back) is type(value)
    assert back == value
    assert getattr(back, "tz", None) == getattr(value, "tz", None)


def test_what_is_missing_stays_missing() -> None:
    assert crossed(pd.NA) is pd.NA
    assert crossed(pd.NaT) is pd.NaT


@pytest.mark.parametrize(
    "series",
    [pd.Series(pd.period_range("2024", periods=2, freq="M")), pd.Series(pd.interval_range(0, 2))],
    ids=lambda series: str(series.dtype),
)
def test_a_column_of_another_dtype_is_refused_by_its_name(series: Any) -> None:
    with pytest.raises(CannotCross, match=r"period|interval"):
        codec.encode(series)


def test_a_column_of_objects_is_refused_by_their_type() -> None:
    with pytest.raises(CannotCross, match="object"):
        codec.encode(pd.Series([object()]))


def array(values: list[float], dtype: str = "i8") -> msgpack.ExtType:
    made = np.array(values, dtype)
    data = [made.dtype.str, list(made.shape), "C", made.tobytes()]
    return msgpack.ExtType(Ext.NDARRAY, msgpack.packb(data))


def decimal(number: int, exponent: int) -> msgpack.ExtType:
    return msgpack.ExtType(Ext.DECIMAL, msgpack.packb(f"{number}E+{exponent}"))


def content(*parts: object) -> bytes:
    return bytes(msgpack.packb(msgpack.ExtType(Ext.PANDAS, msgpack.packb(list(parts)))))


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ("frame",),
        ("frame", 1, 2, 3),
        (
            "frame",
            ["range", None, 0, 1, 1],
            ["range", None, 0, 1, 1],
            # Columns that nobody has counted.
            msgpack.ExtType(Ext.TUPLE, msgpack.packb([["list", "object", [1]]])),
        ),
        ("series", "n", ["range", None, 0, 2, 1], ["list", "object", [1]]),
        ("series", [1], ["range", None, 0, 1, 1], ["list", "object", [1]]),
        ("series", "n", ["range", None, 0, 1, 0], ["list", "object", [1]]),
        ("series", "n", ["range", None, 0, 1, 1], ["list", "category", [1]]),
        ("series", "n", ["range", None, 0, 1, 1], ["list", "Sparse[int]", [1]]),
        ("series", "n", ["range", None, 0, 1, 1], ["list", "Int64", ["x"]]),
        (
            "series",
            "n",
            ["range", None, 0, 1, 1],
            ["category", [5], ["list", "object", ["a"]], True],
        ),
        ("series", "n", ["range", None, 0, 1, 1], ["zoned", [1], "fortnight", "UTC"]),
        ("series", "n", ["range", None, 0, 1, 1], ["zoned", [1], "s", "Nowhere/Atall"]),
        ("series", "n", ["range", None, 0, 1, 1], ["zoned", [1], "s", "../../etc/passwd"]),
        ("index", ["multi", ["a"], [["list", "object", [1]], ["list", "object", [1, 2]]]]),
        ("index", ["multi", ["a"], [["list", "object", [1]]], [array([5])]]),
        ("index", ["multi", ["a"], [["list", "object", [1, 1]]], [array([0])]]),
        ("index", ["multi", ["a"], [["list", "object", [1]]], [[0]]]),
        ("index", ["flat", None, ["array", array([1.0], "f2")]]),  # NotImplementedError
        ("series", "n", ["range", None, 0, 1, 1], ["list", "Int64", [decimal(1, 9_999_999)]]),
        ("series", "n", ["range", None, 0, 1, 1], ["list", "Int64", [decimal(1, 0)]]),
        ("series", "n", ["range", None, 0, 1, 1], ["zoned", [1], "s", "UTC"]),
        ("timestamp", 1 << 63, None),
        ("timestamp", 0, "Nowhere/Atall"),
        ("timedelta", "x", None),
        ("pickle", b"\x80"),
    ],
    ids=repr,
)
def test_a_content_that_pandas_would_never_make_is_malformed(parts: tuple[object, ...]) -> None:
    with pytest.raises(Malformed):
        codec.decode(content(*parts))


@pytest.mark.parametrize("kind", ["timestamp", "column"])
def test_a_time_zone_never_opens_a_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(dateutil.tz, "tzfile", lambda name, *_: opened.append(str(name)))
    file = tmp_path / "zone"
    file.write_bytes(b"anything")
    zone = f"dateutil/{file}"
    data = (
        content("timestamp", 0, zone)
        if kind == "timestamp"
        else content("series", "n", ["range", None, 0, 1, 1], ["zoned", [0], "s", zone])
    )

    with contextlib.suppress(Malformed, AttributeError):
        codec.decode(data)

    assert opened == []


@pytest.mark.parametrize(
    "keys",
    [
        ["list", "object", [n * ((1 << 61) - 1) for n in range(1, 5)] * 9],
        ["array", array(list(range(30_000)))],
        msgpack.ExtType(Ext.TUPLE, msgpack.packb(["array", array(list(range(30_000)))])),
    ],
    ids=["shown to collide", "perhaps colliding", "in a tuple"],
)
@pytest.mark.parametrize("kind", ["multi", "category"])
def test_keys_are_not_put_into_a_table_of_pandas_if_they_may_all_collide(
    kind: str, keys: object
) -> None:
    codes = array([0], "i1")
    parts = {
        "multi": ("index", ["multi", [None], [keys], [codes]]),
        "category": ("series", None, ["range", None, 0, 1, 1], ["category", codes, keys, False]),
    }

    with pytest.raises(Malformed, match=r"share their hashes|too many values|place of a list"):
        codec.decode(content(*parts[kind]))


def test_a_long_frame_with_few_groups_comes_back() -> None:
    index = pd.MultiIndex.from_product([range(400), list("abcdefghij") * 25])
    frame = pd.DataFrame({"x": pd.Categorical(["a", "b"] * 50_000)}, index=index)

    pd.testing.assert_frame_equal(crossed(frame), frame)


def test_moments_of_many_zones_are_refused() -> None:
    one = msgpack.ExtType(Ext.PANDAS, msgpack.packb(["timestamp", 0, "Europe/Berlin"]))

    assert len(codec.decode(msgpack.packb([one] * 4_000))) == 4_000
    with pytest.raises(Malformed, match="too many values"):
        codec.decode(msgpack.packb([one] * 6_000))
