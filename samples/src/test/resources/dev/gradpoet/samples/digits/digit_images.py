"""Trains DigitImages with PyTorch: the first loss of each seed, and how many of the 360 test images are right after ten epochs.

The training is chaotic: another order of sums changes the last digits, and these change which images are right. So each seed is trained in float32 on
one thread and on two, in float32 without oneDNN, and in float64. The masks of dropout are those of a PyTorch built without MKL, such as Debian's.

    python3 digit_images.py ../../../../../../main/resources/dev/gradpoet/samples/digits/digits.csv.gz
"""
import gzip
import sys

import torch
from torch import nn
from torch.nn import functional as F

rows = torch.tensor([[int(cell) for cell in line.split(",")] for line in gzip.open(sys.argv[1], "rt")])
labels = rows[:, 64]


class Dropout(nn.Module):
    """nn.Dropout(0.25) that draws the same mask in float64 as in float32."""

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.empty_like(x, dtype=torch.float32).bernoulli_(0.75).to(x.dtype)
        return x * mask.div_(0.75)


def train(seed, dtype):
    images = (rows[:, :64].to(dtype) / 16).view(-1, 1, 8, 8)
    torch.manual_seed(seed)
    train, test = torch.randperm(len(rows)).split([1437, 360])
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), Dropout(), nn.Linear(128, 10)).to(dtype)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for _ in range(10):
        net.train()
        for batch in torch.randperm(len(train)).split(32):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(images[train[batch]]), labels[train[batch]])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    net.eval()
    with torch.no_grad():
        return losses[0], (net(images[test]).argmax(1) == labels[test]).sum().item()


float32, float64 = torch.float32, torch.float64
for threads, onednn, dtype in [(1, True, float32), (2, True, float32), (1, False, float32), (1, True, float64)]:
    torch.set_num_threads(threads)
    torch.backends.mkldnn.enabled = onednn
    for seed in range(5):
        print(threads, onednn, dtype, seed, "%.6f %d" % train(seed, dtype))
