"""Logits of a folder in Hugging Face layout, with or without a PEFT adapter: one file of float32 per request."""
from serve import SETTINGS, serve

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

torch.set_num_threads(SETTINGS["threads"])


def handle(request):
    model = AutoModelForCausalLM.from_pretrained(request["model"], dtype=torch.float32)
    if request.get("adapter"):
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, request["adapter"])
    model.eval()
    with torch.inference_mode():
        logits = model(torch.tensor([request["ids"]])).logits[0]
    logits.numpy().astype("<f4").tofile(request["out"])
    tokenizer = AutoTokenizer.from_pretrained(request["model"])
    chat = tokenizer.apply_chat_template(request["chat"], tokenize=False, add_generation_prompt=True)
    return {"ids": [tokenizer(text, add_special_tokens=False)["input_ids"] for text in request["texts"]], "chat": chat}


serve(handle)
