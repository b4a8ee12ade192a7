"""Builds the requests of choice tasks with lm-evaluation-harness, rows from a local mirror of the hub."""
from serve import SETTINGS, serve

import os
import tempfile

import datasets
from lm_eval.tasks import TaskManager
from lm_eval_tasks import harness_name, write_tasks

datasets.disable_progress_bars()
folder = tempfile.TemporaryDirectory()
os.environ.setdefault("HF_DATASETS_CACHE", os.path.join(folder.name, "cache"))
write_tasks(SETTINGS["hub"], folder.name, SETTINGS["tasks"])
manager = TaskManager(include_path=folder.name, include_defaults=False)
# Rows are read, and HellaSwag's are cleaned, before anything is timed.
tasks = {name: manager.load([harness_name(name)])["tasks"][harness_name(name)] for name in SETTINGS["tasks"]}


def handle(request):
    task = tasks[request["task"]]
    task.build_all_requests(limit=request["limit"])
    return len({instance.doc_id for instance in task.instances})


serve(handle, None)
