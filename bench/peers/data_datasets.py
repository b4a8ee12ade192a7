"""Reads, renders and tokenises a file of instructions with datasets and transformers, as people write it."""
from serve import SETTINGS, serve

import os
import tempfile

import datasets
from transformers import PreTrainedTokenizerFast

datasets.disable_progress_bars()
tokenizer = PreTrainedTokenizerFast.from_pretrained(SETTINGS["tokenizer"])
COLUMNS = ["instruction", "input", "output"]


def conversation(instruction, input, output):
    prompt = f"{instruction}\n\n{input}" if input.strip() else instruction
    return [{"role": "user", "content": prompt}, {"role": "assistant", "content": output}]


def one(row):
    messages = conversation(*(row[column] for column in COLUMNS))
    return {"input_ids": tokenizer.apply_chat_template(messages, return_dict=False)}


def many(rows):
    conversations = [conversation(*row) for row in zip(*(rows[column] for column in COLUMNS))]
    texts = tokenizer.apply_chat_template(conversations, tokenize=False)
    return {"input_ids": tokenizer(texts, add_special_tokens=False)["input_ids"]}


def children():
    times = os.times()
    return times.children_user + times.children_system


def handle(request):
    before = children()
    # A folder of its own each time, or datasets would find what it wrote the last time.
    with tempfile.TemporaryDirectory() as folder:
        rows = datasets.load_dataset("parquet", data_files=SETTINGS["file"], split="train", cache_dir=folder)
        if request.get("limit"):
            rows = rows.select(range(request["limit"]))
        how = {"batched": True, "num_proc": request["processes"]} if request["batched"] else {}
        made = rows.map(many if request["batched"] else one, remove_columns=rows.column_names, **how)
        return {
            "rows": len(made),
            "ids": made["input_ids"][: request["show"]] if request.get("show") else [],
            # The processes' own time, which the clock of this one does not count.
            "children": children() - before,
        }


if __name__ == "__main__":
    serve(handle)
