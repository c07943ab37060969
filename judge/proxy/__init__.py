"""How a test outside the box talks to a submission inside it: framing, values, caller, callee.

Runs on the host, in the grader and in the box alike; one copy serves all three.
"""
