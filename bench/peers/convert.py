"""Writes a GGUF file or a folder as a float32 folder in Hugging Face layout: convert.py MODEL FOLDER."""
import os
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

model, folder = sys.argv[1:]
where, extra = (model, {}) if os.path.isdir(model) else (os.path.dirname(model) or ".", {"gguf_file": os.path.basename(model)})
loaded = AutoModelForCausalLM.from_pretrained(where, dtype=torch.float32, **extra)
loaded.config.quantization_config = None
loaded.hf_quantizer = None
loaded.save_pretrained(folder)
AutoTokenizer.from_pretrained(where, **extra).save_pretrained(folder)
