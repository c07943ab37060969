import subprocess
import sys


def double(n):
    code = f"print(2 * {n})"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True).stdout)
