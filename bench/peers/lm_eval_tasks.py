"""Task files for lm-evaluation-harness that take its own prompts, choices and metrics and read rows from files here.

Each file includes the harness's task and replaces only where the rows come from. Used by choices_lm_eval.py,
prompts_lm_eval.py and test/fixtures/make-lm-eval-prompts.py.
"""
import glob
import os
import re

import lm_eval
import yaml

HARNESS = os.path.join(os.path.dirname(lm_eval.__file__), "tasks")
SHOTS = re.compile(r"@(\d+)shot$")

# Our name: (task file of the harness, split that is asked, files in the mirror). Where the harness's file of a name
# only changes the data set, the file that it includes stands here.
TASKS = {
    "agieval_aqua_rat": ("agieval/aqua-rat.yaml", "test", "hails/agieval-aqua-rat/data/test-*.parquet"),
    "agieval_logiqa_en": ("agieval/aqua-rat.yaml", "test", "hails/agieval-logiqa-en/data/test-*.parquet"),
    "agieval_lsat_ar": ("agieval/aqua-rat.yaml", "test", "hails/agieval-lsat-ar/data/test-*.parquet"),
    "agieval_lsat_lr": ("agieval/aqua-rat.yaml", "test", "hails/agieval-lsat-lr/data/test-*.parquet"),
    "agieval_lsat_rc": ("agieval/aqua-rat.yaml", "test", "hails/agieval-lsat-rc/data/test-*.parquet"),
    "agieval_sat_math": ("agieval/aqua-rat.yaml", "test", "hails/agieval-sat-math/data/test-*.parquet"),
    "arc_challenge": ("arc/arc_easy.yaml", "test", "allenai/ai2_arc/ARC-Challenge/test-*.parquet"),
    "arc_easy": ("arc/arc_easy.yaml", "test", "allenai/ai2_arc/ARC-Easy/test-*.parquet"),
    "bigbench_strategyqa_multiple_choice": (
        "bigbench/multiple_choice/strategyqa.yaml", "default", "hails/bigbench/strategyqa_zero_shot/default-*.parquet"
    ),
    # google/boolq has the column "answer" where aps/super_glue, which the harness reads, has "label": see write_tasks.
    "boolq": ("super_glue/boolq/default.yaml", "validation", "google/boolq/data/validation-*.parquet"),
    "boolq@super_glue": ("super_glue/boolq/default.yaml", "validation", "aps/super_glue/boolq/validation-*.parquet"),
    "commonsense_qa": ("commonsense_qa/default.yaml", "validation", "tau/commonsense_qa/data/validation-*.parquet"),
    "gpqa_diamond_zeroshot": ("gpqa/zeroshot/_gpqa_zeroshot_yaml", "train", "Idavidrein/gpqa/gpqa_diamond.csv"),
    "hellaswag": ("hellaswag/hellaswag.yaml", "validation", "Rowan/hellaswag/data/validation-*.parquet"),
    "logiqa": ("logiqa/logiqa.yaml", "test", "EleutherAI/logiqa/logiqa/test-*.parquet"),
    "logiqa2": ("logiqa2/logiqa2.yaml", "test", "baber/logiqa2/logiqa2/test-*.parquet"),
    "openbookqa": ("openbookqa/openbookqa.yaml", "test", "allenai/openbookqa/main/test-*.parquet"),
    "piqa": ("piqa/piqa.yaml", "validation", "baber/piqa/piqa_validation.parquet"),
    "sciq": ("sciq/sciq.yaml", "test", "allenai/sciq/data/test-*.parquet"),
    "sciq@validation": ("sciq/sciq.yaml", "validation", "allenai/sciq/data/validation-*.parquet"),
    "winogrande": ("winogrande/default.yaml", "validation", "allenai/winogrande/winogrande_xl/validation-*.parquet"),
}
for path in sorted(glob.glob(os.path.join(HARNESS, "mmlu", "default", "mmlu_*.yaml"))):
    name = os.path.basename(path)[: -len(".yaml")]
    subject = name[len("mmlu_") :]
    task = ("mmlu/default/" + os.path.basename(path), "test", f"cais/mmlu/{subject}/test-*.parquet")
    TASKS[name] = task
    TASKS[name + "@5shot"] = task


def harness_name(name):
    return "local_" + name.replace("@", "_at_")


def files_of(hub, pattern):
    return sorted(glob.glob(os.path.join(os.path.abspath(hub), "datasets", pattern)))


def write_tasks(hub, folder, names=None):
    """Writes a task file into `folder` for each of `names` (all) whose rows are in the mirror; returns those names."""
    written = []
    for name in names or TASKS:
        task, split, pattern = TASKS[name]
        data = {split: files_of(hub, pattern)}
        if not data[split]:
            if names:
                raise SystemExit(f"{name}: no file matches datasets/{pattern} in the mirror")
            continue
        config = {"include": os.path.join(HARNESS, task), "task": harness_name(name), "tag": "local"}
        if name == "boolq":
            config["doc_to_target"] = "{{answer|int}}"
        if name.startswith("mmlu_"):
            if SHOTS.search(name):
                data["dev"] = files_of(hub, pattern.replace("/test-", "/dev-"))
                config["num_fewshot"] = int(SHOTS.search(name).group(1))
            else:
                config["fewshot_split"] = None
        else:
            # Splits that the mirror lacks, and a test split that is not the one asked.
            config["training_split"] = "train" if split == "train" else None
            config["validation_split"] = split if split in ("validation", "train") else None
            config["test_split"] = split if split in ("test", "default") else None
        config["dataset_path"] = "csv" if pattern.endswith(".csv") else "parquet"
        config["dataset_name"] = None
        config["dataset_kwargs"] = {"data_files": data}
        with open(os.path.join(folder, harness_name(name) + ".yaml"), "w") as out:
            yaml.safe_dump(config, out)
        written.append(name)
    return written
