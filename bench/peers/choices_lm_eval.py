"""Choice tasks by lm-evaluation-harness: its own prompts and metrics, rows from a local mirror of the hub, float32."""
from serve import SETTINGS, serve

import glob
import os
import tempfile

import lm_eval
import torch
import yaml
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager

torch.set_num_threads(SETTINGS["threads"])
HARNESS = os.path.join(os.path.dirname(lm_eval.__file__), "tasks")
# Task file of the harness, split and files in the mirror. ARC-Challenge is ARC-Easy's file with other rows.
TASKS = {
    "arc_challenge": ("arc/arc_easy.yaml", "test", "allenai/ai2_arc/ARC-Challenge/test-*.parquet"),
    "winogrande": ("winogrande/default.yaml", "validation", "allenai/winogrande/winogrande_xl/validation-*.parquet"),
    "commonsense_qa": ("commonsense_qa/default.yaml", "validation", "tau/commonsense_qa/data/validation-*.parquet"),
}
folder = tempfile.TemporaryDirectory()
os.environ.setdefault("HF_DATASETS_CACHE", os.path.join(folder.name, "cache"))
for name, (task, split, pattern) in TASKS.items():
    files = sorted(glob.glob(os.path.join(os.path.abspath(SETTINGS["hub"]), "datasets", pattern)))
    if not files:
        raise SystemExit(f"{name}: no file matches datasets/{pattern} in the mirror")
    config = {
        "include": os.path.join(HARNESS, task),
        "task": f"bench_{name}",
        "tag": "bench",
        "dataset_path": "parquet",
        "dataset_name": None,
        "dataset_kwargs": {"data_files": {split: files}},
        "training_split": None,
    }
    if split == "test":
        config["validation_split"] = None
    with open(os.path.join(folder.name, f"{name}.yaml"), "w") as out:
        yaml.safe_dump(config, out)
manager = TaskManager(include_path=folder.name)
model = HFLM(pretrained=SETTINGS["model"], dtype="float32", device="cpu", batch_size=8)


def handle(request):
    task = f"bench_{request['task']}"
    out = lm_eval.simple_evaluate(
        model=model, tasks=[task], limit=request["limit"], task_manager=manager, log_samples=True, bootstrap_iters=0
    )
    samples = sorted(out["samples"][task], key=lambda sample: sample["doc_id"])
    return [[choice[0][0] for choice in sample["resps"]] for sample in samples]


serve(handle, None)
