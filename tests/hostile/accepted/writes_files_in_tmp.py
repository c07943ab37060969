import tempfile


def double(n):
    with tempfile.TemporaryFile("w+") as file:
        file.write(str(2 * n))
        file.seek(0)
        return int(file.read())
