import builtins
import gc
import json
import os
import sys
import threading


def double(n):
    if n == 20:
        assert not hasattr(builtins, "owned")
        assert json.loads("[1]") == [1]
        assert "OWNED" not in os.environ
        assert sys.modules["json"] is json
        assert gc.isenabled()
        assert threading.active_count() == 1
        assert os.getcwd() == "/tmp"
    if n == 22:
        builtins.owned, builtins.print = True, None
        json.loads = sys.modules["json"] = None
        os.environ["OWNED"] = "1"
        sys.path.insert(0, "/tmp")
        sys.settrace(lambda *_: None)
        gc.disable()
        os.chdir("/")
    return 2 * n
