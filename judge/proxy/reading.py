"""How replies are read: strictly, since they may be forged, and within a budget of time."""

import math
import time
from typing import Any

from judge.proxy.codes import Malformed

# The types of a reply's fields. The callee runs beside the submission, so a reply may be forged.
_FIELDS: dict[str, type] = {
    "args": list,
    "kwargs": dict,
    "warnings": list,
    "missing": str,
    "uncrossable": str,
    "raised": dict,
    "method": bool,
}


class Reading:
    """CPU time that replies may still take to be decoded, at nobody's expense."""

    seconds_left = math.inf  # a session of a grader sets a limit

    def __enter__(self) -> None:
        """Begin to decode one."""
        self._began = time.process_time()

    def __exit__(self, *_: object) -> None:
        """Take off what it took; raise Malformed when there is nothing left."""
        self.seconds_left -= time.process_time() - self._began
        if self.seconds_left < 0:
            raise Malformed("all that was returned takes too long to be read")


READING = Reading()  # of this process


def is_reply(reply: dict[Any, Any]) -> bool:
    """Whether it has the fields of a reply and no others, each of its type."""
    for name, said in reply.items():
        # Nothing is asked of a name but its type: it may be pandas' NA, whose == is no bool.
        if type(name) is not str or (name != "value" and type(said) is not _FIELDS.get(name)):
            return False
    return all(type(text) is str for text in reply.get("warnings", []))
