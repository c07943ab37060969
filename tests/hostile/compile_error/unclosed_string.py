# afterwards: skipped
def double(n):
    return "
