"""Answers one JSON request a line. Whatever libraries print goes to stderr, so stdout holds answers alone."""
import time

START = time.perf_counter()

import json
import os
import sys

_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
SETTINGS = json.loads(sys.argv[1])


def _answer(wall, processor, result):
    _answers.write(json.dumps({"wall": wall, "processor": processor, "result": result}) + "\n")
    _answers.flush()


def serve(handle, about=None):
    """Says that everything is loaded, then calls handle(request) for each request and times it."""
    _answer(time.perf_counter() - START, time.process_time(), about)
    for line in sys.stdin:
        request = json.loads(line)
        start, used = time.perf_counter(), time.process_time()
        result = handle(request)
        _answer(time.perf_counter() - start, time.process_time() - used, result)
