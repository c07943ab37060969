# afterwards: skipped
"""The compiler writes the block of every `finally` twice: nineteen in each other, 2**19 times."""

source, indent = "", ""
for _ in range(19):
    source += f"{indent}try: pass\n{indent}finally:\n"
    indent += " "
exec(source + indent + "pass\n")


def double(n):
    return 2 * n
