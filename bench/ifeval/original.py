"""Judges responses with lm-evaluation-harness's own IFEval code, strict and loose.

    NLTK_DATA=DIR python original.py IN.jsonl OUT.jsonl [SEED|none]

Needs lm_eval (0.4.13), nltk, langdetect, immutabledict, and nltk's punkt_tab under NLTK_DATA. langdetect draws at random:
with SEED (0 when left out) every detection starts from that seed, as langdetect's own README recommends; `none` leaves
it as the harness runs it. OUT has the lines of IN with "strict" and "loose".
"""

import json
import logging
import sys

import langdetect
from lm_eval.tasks.ifeval import utils

logging.disable(logging.CRITICAL)
seed = sys.argv[3] if len(sys.argv) > 3 else "0"
langdetect.DetectorFactory.seed = None if seed == "none" else int(seed)
with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in source:
        row = json.loads(line)
        doc = utils.InputExample(key=0, instruction_id_list=[row["id"]], prompt=row["prompt"], kwargs=[row["kwargs"]])
        row["strict"] = utils.test_instruction_following_strict(doc, row["response"]).follow_all_instructions
        row["loose"] = utils.test_instruction_following_loose(doc, row["response"]).follow_all_instructions
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
