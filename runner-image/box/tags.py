"""The tags of frames between the supervisor and the process that runs user code."""

SETUP = 1  # supervisor → process: how to step down, once, JSON
REQUEST = 2  # supervisor → process: something to do
ANSWER = 3  # supervisor → process: the answer to its question
REPLY = 4  # process → supervisor: what came of a request
QUESTION = 5  # process → supervisor: a use of an exposed object
