"""Exports small PyTorch models as ONNX files, with an input and the output that PyTorch computes. Run: python3 make.py DIRECTORY"""
import os, struct, sys
import torch
from torch import nn

OUT = sys.argv[1]

class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Linear(6, 12)
        self.down = nn.Linear(12, 6)
        self.norm = nn.LayerNorm(6, eps=1e-6)
        self.head = nn.Linear(6, 3)
    def forward(self, x):
        return torch.log_softmax(self.head(self.norm(x + self.down(nn.functional.gelu(self.up(x))))), -1)

class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.value = nn.Linear(5, 7)
        self.gate = nn.Linear(5, 7)
        self.mix = nn.Linear(14, 4, bias=False)
    def forward(self, x):
        v = self.value(x)
        g = v * torch.sigmoid(self.gate(x))
        return torch.tanh(self.mix(torch.cat([g, v], 1)))

class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.prelu = nn.PReLU(6)
        self.conv2 = nn.Conv2d(6, 8, (3, 1), dilation=(2, 1), bias=False)
        self.pool = nn.AvgPool2d(2, stride=1, padding=1)
        self.fc = nn.Linear(8, 4)
    def forward(self, x):
        x = self.pool(nn.functional.silu(self.conv2(self.prelu(self.conv1(x)))))
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))

class Signals(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 5, padding=2)
        self.norm = nn.LayerNorm([4, 6])
        self.fc = nn.Linear(24, 3)
    def forward(self, x):
        x = nn.functional.max_pool1d(nn.functional.hardswish(self.conv(x)), 2)
        return self.fc(self.norm(x).reshape(x.shape[0], -1))

class Activations(nn.Module):
    def __init__(self, functions):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in functions])
        self.functions = functions
    def forward(self, x):
        for layer, f in zip(self.layers, self.functions):
            x = f(layer(x))
        return x

class Shared(nn.Module):
    """One linear layer, whose output two functions read, and a normalized vector with batch norm."""
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 5)
        self.bn = nn.BatchNorm1d(5)
        self.last = nn.Linear(5, 2)
        self.bn.running_mean.uniform_(-1, 1)
        self.bn.running_var.uniform_(0.5, 2)
    def forward(self, x):
        y = self.first(x)
        return self.last(self.bn(torch.relu(y) + torch.sigmoid(y)))

ALL = [nn.ReLU(), nn.LeakyReLU(0.2), nn.ELU(0.7), nn.SELU(), nn.CELU(1.5), nn.GELU(), nn.SiLU(), nn.Mish(), nn.Sigmoid(), nn.LogSigmoid(),
       nn.Hardsigmoid(), nn.Hardswish(), nn.Hardtanh(-0.8, 1.2), nn.ReLU6(), nn.Softplus(), nn.Softsign(), nn.Tanh(), nn.Softmax(-1), nn.LogSoftmax(-1)]

def write(name, model, shape, opset, dynamic=True):
    model.eval()
    torch.manual_seed(1)
    x = torch.randn(3, *shape)
    path = os.path.join(OUT, name + ".onnx")
    torch.onnx.export(model, x, path, opset_version=opset, input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "n"}, "y": {0: "n"}} if dynamic else None)
    y = model(x)
    with open(os.path.join(OUT, name + ".bin"), "wb") as f:
        for t in (x, y):
            f.write(struct.pack("<i", t.numel()))
            f.write(t.detach().contiguous().numpy().astype("<f4").tobytes())

torch.manual_seed(0)
with torch.no_grad():
    for opset in (9, 13, 16):
        write(f"residual-{opset}", Residual(), [6], opset)
    write("gated-11", Gated(), [5], 11)
    write("images-12", Images(), [3, 9, 8], 12)
    write("images-16", Images(), [3, 9, 8], 16, False)
    write("signals-15", Signals(), [2, 12], 15)
    for opset in (14, 16):
        write(f"activations-{opset}", Activations(ALL), [4], opset)
    write("activations-tanh-gelu-16", Activations([nn.GELU(approximate="tanh"), nn.Tanh()]), [4], 16)
    write("shared-13", Shared(), [4], 13)
