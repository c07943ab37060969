import os
import tempfile


def double(n):
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w+") as file:
        file.write(str(2 * n))
        file.flush()
        os.link(file.name, f"{folder}/answer")
        return int(open(f"{folder}/answer").read())
