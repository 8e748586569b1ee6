"""Trains 4-6-1 on rare positive targets with pos_weight in PyTorch: the losses of PosWeightTest. Run it with torch."""

import numpy as np
import torch

ROWS, EPOCHS, BATCH = 60, 5, 16

labels = np.array([1 if r % 10 < 2 else 0 for r in range(ROWS)])
x = np.array([[((r * 7 + c * 3) % 11) / 5 - 1 + (0.5 if labels[r] == c else 0) for c in range(4)] for r in range(ROWS)])

torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 1))
criterion = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor([float((labels == 0).sum() / (labels == 1).sum())]))
optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
xs, ys = torch.tensor(x, dtype=torch.float32), torch.tensor(labels, dtype=torch.float32)[:, None]
for epoch in range(EPOCHS):
    total = 0.0
    for start in range(0, ROWS, BATCH):
        bx, by = xs[start : start + BATCH], ys[start : start + BATCH]
        optimizer.zero_grad()
        loss = criterion(net(bx), by)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(by)
    with torch.no_grad():
        print("{%r, %r}," % (total / ROWS, criterion(net(xs[40:]), ys[40:]).item()))
