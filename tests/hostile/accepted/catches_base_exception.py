def double(n):
    try:
        raise SystemExit(3)
    except BaseException:
        return 2 * n
