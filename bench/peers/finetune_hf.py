"""Fine-tuning steps of a real model with transformers, and with peft for LoRA: float32, fused AdamW, clipping to norm 1."""
from serve import SETTINGS, serve

import torch
from transformers import AutoModelForCausalLM

torch.set_num_threads(SETTINGS["threads"])
torch.manual_seed(0)
model = AutoModelForCausalLM.from_pretrained(SETTINGS["model"], dtype=torch.float32)
if SETTINGS["rank"]:
    from peft import LoraConfig, get_peft_model

    names = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    config = LoraConfig(r=SETTINGS["rank"], lora_alpha=2 * SETTINGS["rank"], target_modules=names, task_type="CAUSAL_LM")
    model = get_peft_model(model, config)
model.train()
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=1e-5, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, fused=True)


def handle(request):
    loss = 0.0
    for rows in request["batches"]:
        ids = torch.tensor(rows["ids"])
        labels = ids.masked_fill(torch.tensor(rows["supervised"]) == 0, -100)
        out = model(input_ids=ids, labels=labels, use_cache=False)
        out.loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss = out.loss.item()
    return loss


serve(handle, sum(p.numel() for p in trained))
