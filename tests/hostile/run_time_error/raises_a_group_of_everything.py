def double(n):
    if n == 21:
        raise BaseExceptionGroup("x", [SystemExit(0), KeyboardInterrupt(), GeneratorExit()])
    return 2 * n
