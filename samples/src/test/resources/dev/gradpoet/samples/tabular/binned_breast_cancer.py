"""Trains BinnedBreastCancer with PyTorch: the mean loss of the first epoch of each seed, and how many of the 114 test rows are right after 20 epochs.

The masks of dropout are those of a PyTorch built without MKL, such as Debian's.

    python3 binned_breast_cancer.py ../../../../../../main/resources/dev/gradpoet/samples/tabular/breast_cancer.csv
"""
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

rows = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
TRAIN = 455


class Dropout(nn.Module):
    """nn.Dropout(0.2) that draws the same mask in float64 as in float32."""

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.empty_like(x, dtype=torch.float32).bernoulli_(0.8).to(x.dtype)
        return x * mask.div_(0.8)


class Net(nn.Module):
    def __init__(self, means):
        super().__init__()
        self.embedded = nn.Embedding(50, 2)
        self.hidden = nn.Linear(30, 16)
        self.drop = Dropout()
        self.benign = nn.Linear(16, 1)
        self.mean, self.std = means.mean(0), means.std(0)

    def forward(self, means, bins):
        dtype = self.hidden.weight.dtype
        scaled = (means.to(dtype) - torch.tensor(self.mean, dtype=dtype)) / torch.tensor(self.std, dtype=dtype)
        joined = torch.cat([scaled, self.embedded(bins).flatten(1)], 1)
        return self.benign(self.drop(torch.relu(self.hidden(joined))))


def train(seed, dtype):
    torch.manual_seed(seed)
    table = rows[torch.randperm(len(rows)).numpy()]
    means = table[:, :10].astype(np.float32)
    bins = np.empty((len(rows), 10), dtype=np.int64)
    for i in range(10):
        edges = np.sort(table[:TRAIN, 20 + i])[[TRAIN * k // 5 for k in range(1, 5)]]
        bins[:, i] = 5 * i + np.searchsorted(edges, table[:, 20 + i], side="right")
    labels = torch.tensor(table[:, 30:], dtype=dtype)
    torch.manual_seed(seed)
    net = Net(means[:TRAIN].astype(np.float64)).to(dtype)
    means, bins = torch.tensor(means), torch.tensor(bins)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    first = 0
    for epoch in range(20):
        net.train()
        for batch in torch.randperm(TRAIN).split(32):
            optimizer.zero_grad()
            loss = F.binary_cross_entropy_with_logits(net(means[batch], bins[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            first += loss.item() * len(batch) / TRAIN if epoch == 0 else 0
    net.eval()
    with torch.no_grad():
        return first, ((net(means, bins) > 0) == labels)[TRAIN:].sum().item()


torch.set_num_threads(1)
for dtype in torch.float32, torch.float64:
    for seed in range(5):
        print(dtype, seed, "%.6f %d" % train(seed, dtype))
