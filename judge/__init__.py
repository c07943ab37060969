"""A practice-coding judge: every submission is judged in a throwaway Docker container."""

__version__ = "0.1.0"
