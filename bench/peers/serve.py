"""Answers one JSON request a line. Whatever libraries print goes to stderr, so stdout holds answers alone."""
import time

START = time.perf_counter()

import json
import os
import sys

_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
SETTINGS = json.loads(sys.argv[1])


def _answer(seconds, result):
    _answers.write(json.dumps({"seconds": seconds, "result": result}) + "\n")
    _answers.flush()


def serve(handle, about=None):
    """Says that everything is loaded, then calls handle(request) for each request and times it."""
    _answer(time.perf_counter() - START, about)
    for line in sys.stdin:
        request = json.loads(line)
        start = time.perf_counter()
        result = handle(request)
        _answer(time.perf_counter() - start, result)
