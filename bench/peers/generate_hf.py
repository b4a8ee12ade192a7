"""Greedy generation with transformers, float32: `new` new tokens, or with `may_end` as many as the model wants up to it."""
from serve import SETTINGS, serve

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

torch.set_num_threads(SETTINGS["threads"])
tokenizer = AutoTokenizer.from_pretrained(SETTINGS["model"], padding_side="left")
tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained(SETTINGS["model"], dtype=torch.float32)
model.eval()


def handle(request):
    rows = tokenizer(request["prompts"], return_tensors="pt", padding=True, add_special_tokens=False)
    with torch.inference_mode():
        out = model.generate(
            **rows,
            do_sample=False,
            max_new_tokens=request["new"],
            min_new_tokens=None if request.get("may_end") else request["new"],
            pad_token_id=tokenizer.pad_token_id,
        )
    return tokenizer.batch_decode(out[:, rows["input_ids"].shape[1] :], skip_special_tokens=True)


serve(handle, None)
