"""Runs programs one after the other as lm-evaluation-harness 0.4.13 does: a process for each, with a manager beside it.

Takes the harness's own check of CRUXEval, which is the published code of HumanEval's reference implementation; its
other code tasks fetch the same from the hub.
"""
from serve import serve

import importlib.util
import os
import sysconfig

PATH = os.path.join(sysconfig.get_paths()["purelib"], "lm_eval", "tasks", "cruxeval", "utils.py")
spec = importlib.util.spec_from_file_location("cruxeval_utils", PATH)
utils = importlib.util.module_from_spec(spec)
spec.loader.exec_module(utils)


def handle(request):
    before = os.times()
    passed = [utils.check_correctness(program, timeout=3) for program in request["programs"]]
    after = os.times()
    # The processes' own time, which the clock of this one does not count.
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return {"passed": passed, "children": children}


if __name__ == "__main__":
    serve(handle)
