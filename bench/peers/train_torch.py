"""Training steps of a Llama-shaped model in eager PyTorch: float32, fused AdamW, clipping to norm 1.

The same shapes as the other side: RMS norm, rotary positions, causal attention through
scaled_dot_product_attention, SwiGLU, tied head, no biases. Every position but the first is a target.
"""
from serve import SETTINGS, serve

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(SETTINGS["threads"])
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.RMSNorm(width, eps=1e-5), nn.RMSNorm(width, eps=1e-5)
        self.q, self.k, self.v, self.o = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.gate, self.up = nn.Linear(width, hidden, bias=False), nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x, cos, sin):
        batch, time, width = x.shape
        h = self.norm1(x)
        q, k, v = (f(h).view(batch, time, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.o(a.transpose(1, 2).reshape(batch, time, width))
        h = self.norm2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


def rotate(x, cos, sin):
    a, b = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-b, a), dim=-1) * sin


class Model(nn.Module):
    def __init__(self, width, layers, heads, hidden, vocabulary):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.blocks = nn.ModuleList(Block(width, heads, hidden) for _ in range(layers))
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.size = width // heads
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=0.02)

    def forward(self, ids):
        angles = torch.arange(ids.shape[1])[:, None] * 10000.0 ** (-torch.arange(0, self.size, 2) / self.size)
        angles = torch.cat((angles, angles), dim=-1)
        cos, sin = angles.cos(), angles.sin()
        x = self.embed(ids)
        for block in self.blocks:
            x = block(x, cos, sin)
        return F.linear(self.norm(x), self.embed.weight)


shape = SETTINGS["shape"]
model = Model(shape["width"], shape["layers"], shape["heads"], shape["feedForward"], shape["vocabulary"])
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, fused=True)
losses = []


def step(ids):
    logits = model(ids)[:, :-1]
    loss = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), ids[:, 1:].reshape(-1))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def handle(request):
    generator = torch.Generator().manual_seed(request["round"])
    loss = 0.0
    for _ in range(request["steps"]):
        ids = torch.randint(shape["vocabulary"], (SETTINGS["batch"], SETTINGS["length"]), generator=generator)
        loss = step(ids)
    return loss


serve(handle, sum(p.numel() for p in model.parameters()))
