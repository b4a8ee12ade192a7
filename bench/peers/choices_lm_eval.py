"""Choice tasks by lm-evaluation-harness: its own prompts and metrics, rows from a local mirror of the hub, float32."""
from serve import SETTINGS, serve

import os
import tempfile

import lm_eval
import torch
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager
from lm_eval_tasks import harness_name, write_tasks

torch.set_num_threads(SETTINGS["threads"])
folder = tempfile.TemporaryDirectory()
os.environ.setdefault("HF_DATASETS_CACHE", os.path.join(folder.name, "cache"))
write_tasks(SETTINGS["hub"], folder.name)
manager = TaskManager(include_path=folder.name, include_defaults=False)
model = HFLM(pretrained=SETTINGS["model"], dtype="float32", device="cpu", batch_size=8)


def handle(request):
    """For each item, in order: the log-probability of each choice, and the metrics that the task has."""
    task = harness_name(request["task"])
    out = lm_eval.simple_evaluate(
        model=model, tasks=[task], limit=request["limit"], task_manager=manager, log_samples=True, bootstrap_iters=0
    )
    samples = sorted(out["samples"][task], key=lambda sample: sample["doc_id"])
    return [
        {
            "logprobs": [choice[0][0] for choice in sample["resps"]],
            "metrics": {name: sample[name] for name in ("acc", "acc_norm") if name in sample},
        }
        for sample in samples
    ]


serve(handle, None)
