"""`python -m judge` is the same as `judge`."""

from judge.cli.app import main

if __name__ == "__main__":
    main()
