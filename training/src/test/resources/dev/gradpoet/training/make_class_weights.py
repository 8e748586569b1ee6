"""Trains 4-16-3 on rare classes with scikit-learn's balanced weights in PyTorch: the losses of ClassWeightsTest. Run it with torch and scikit-learn."""

import numpy as np
import torch
from sklearn.utils.class_weight import compute_class_weight

ROWS, EPOCHS, BATCH = 60, 5, 16

labels = np.array([0 if r % 10 < 7 else 1 if r % 10 < 9 else 2 for r in range(ROWS)])
x = np.array([[((r * 7 + c * 3) % 11) / 5 - 1 + (0.5 if labels[r] == c else 0) for c in range(4)] for r in range(ROWS)])
weights = compute_class_weight("balanced", classes=np.arange(3), y=labels)
print("weights", *weights)

torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3))
criterion = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights, dtype=torch.float32))
optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
xs, ys = torch.tensor(x, dtype=torch.float32), torch.tensor(labels)
for epoch in range(EPOCHS):
    total, count = 0.0, 0.0
    for start in range(0, ROWS, BATCH):
        bx, by = xs[start : start + BATCH], ys[start : start + BATCH]
        optimizer.zero_grad()
        loss = criterion(net(bx), by)
        loss.backward()
        optimizer.step()
        weight = criterion.weight[by].sum().item()
        total += loss.item() * weight
        count += weight
    with torch.no_grad():
        print("epoch", epoch + 1, total / count, criterion(net(xs[40:]), ys[40:]).item())
