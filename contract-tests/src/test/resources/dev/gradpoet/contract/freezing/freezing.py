"""Prints what PyTorch makes of a network some of whose layers are frozen at times: a line of all parameters and buffers for each optimizer.

python3 freezing.py > freezing.txt
"""
import math

import torch
from torch import nn, optim

torch.set_default_dtype(torch.float64)

OPTIMIZERS = {
    "sgd": lambda p: optim.SGD(p, lr=0.1),
    "momentum": lambda p: optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.3, weight_decay=0.01),
    "adam": lambda p: optim.Adam(p, lr=0.01, amsgrad=True),
    "adamw": lambda p: optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "rmsprop": lambda p: optim.RMSprop(p, lr=0.01, momentum=0.5, centered=True),
    "adagrad": lambda p: optim.Adagrad(p, lr=0.05, lr_decay=0.1),
}

# what is frozen in each step
SCHEDULE = [["hidden", "bn"]] * 2 + [[]] * 3 + [["bn", "slope", "out"]] * 2 + [["slope"]] * 2 + [[]]


def batch(step):
    x = [[math.sin(1 + step + 3 * r + i) for i in range(3)] for r in range(5)]
    y = [[math.cos(2 * step + r + 5 * o) for o in range(2)] for r in range(5)]
    return torch.tensor(x), torch.tensor(y)


for name, make in OPTIMIZERS.items():
    torch.manual_seed(5)
    layers = {"hidden": nn.Linear(3, 4), "bn": nn.BatchNorm1d(4, momentum=0.2), "slope": nn.PReLU(), "out": nn.Linear(4, 2)}
    model = nn.Sequential(layers["hidden"], nn.Tanh(), layers["bn"], layers["slope"], layers["out"])
    optimizer = make(model.parameters())
    norms = []
    for step, frozen in enumerate(SCHEDULE):
        model.train()
        for layer, module in layers.items():
            module.requires_grad_(layer not in frozen)
            if layer in frozen:
                module.eval()
        optimizer.zero_grad(set_to_none=True)
        x, y = batch(step)
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), 0.5).item())
        optimizer.step()
    values = [v for p in model.parameters() for v in p.detach().flatten().tolist()]
    bn = layers["bn"]
    values += bn.running_mean.tolist() + bn.running_var.tolist() + [float(bn.num_batches_tracked)]
    print(name, *[repr(v) for v in values + norms])
