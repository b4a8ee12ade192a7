"""Mathematical answers by Math-Verify: each pair is parsed and compared as its documentation shows."""
from serve import SETTINGS, serve

import logging

from math_verify import parse, verify

logging.disable(logging.CRITICAL)


def right(output, gold):
    # A reference has to stand in delimiters, or Math-Verify takes only numbers from it.
    return bool(verify(parse(f"${gold}$"), parse(output)))


def handle(request):
    return [right(output, gold) for output, gold in request["pairs"]]


serve(handle, None)
