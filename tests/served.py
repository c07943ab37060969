"""A real `judge serve` as a process, on a free port and a data directory of its own."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from judge.address import Address, read_address, read_token

START_SECONDS = 30


@dataclass(frozen=True)
class Served:
    """A running server, and the process it is."""

    address: Address
    data_dir: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return self.address.url

    @property
    def token(self) -> str:
        return read_token(self.data_dir) or ""

    @property
    def environment(self) -> dict[str, str]:
        """What makes a command of this project find it."""
        return {"JUDGE_DATA": str(self.data_dir)}


@contextlib.contextmanager
def served(
    data_dir: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Run a server while the block lasts; its log is `log.txt` in the data directory."""
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir / "log.txt"
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "judge", "serve", "--port", "0", *arguments],
            env={**os.environ, "JUDGE_DATA": str(data_dir), **(environment or {})},
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        yield Served(_answering(process, data_dir), data_dir, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _answering(process: subprocess.Popen[bytes], data_dir: Path) -> Address:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        address = read_address(data_dir)
        if address is not None and address.pid == process.pid:
            return address
        time.sleep(0.02)
    raise AssertionError((data_dir / "log.txt").read_text())
