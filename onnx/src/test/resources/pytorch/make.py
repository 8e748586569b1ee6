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

class Clicks(nn.Module):
    """Numbers beside the embeddings of two class indices."""
    def __init__(self):
        super().__init__()
        self.embedded = nn.Embedding(9, 3)
        self.hidden = nn.Linear(10, 8)
        self.drop = nn.Dropout(0.3)
        self.click = nn.Linear(8, 2)
    def forward(self, numbers, categories):
        joined = torch.cat([numbers, self.embedded(categories).flatten(1)], 1)
        return self.click(self.drop(torch.tanh(self.hidden(joined))))

class Maps(nn.Module):
    """Two images, every layer of maps that the other models lack."""
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(2, 6, 3, padding=1, groups=2)
        self.bn = nn.BatchNorm2d(6)
        self.right = nn.Conv2d(1, 6, 3, padding=1)
        self.depthwise = nn.Conv2d(6, 6, 3, groups=6)
        self.norm = nn.LayerNorm([6, 3, 3])
        self.fc = nn.Linear(54, 3)
    def forward(self, x, z):
        y = self.bn(torch.relu(self.left(x)) * self.right(z))
        y = nn.functional.max_pool2d(y, 2)
        return self.fc(self.norm(self.depthwise(y)).flatten(1))

class Wave(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.bn = nn.BatchNorm1d(4)
        self.fc = nn.Linear(16, 2)
    def forward(self, x):
        y = self.bn(nn.functional.avg_pool1d(self.conv(x), 2))
        return self.fc(y.flatten(1))

def trained(model, *inputs):
    """The model after 20 steps of SGD towards random targets."""
    with torch.enable_grad():
        optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
        target = torch.randn_like(model(*inputs))
        for _ in range(20):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(*inputs), target).backward()
            optimizer.step()
    return model

ALL = [nn.ReLU(), nn.LeakyReLU(0.2), nn.ELU(0.7), nn.SELU(), nn.CELU(1.5), nn.GELU(), nn.SiLU(), nn.Mish(), nn.Sigmoid(), nn.LogSigmoid(),
       nn.Hardsigmoid(), nn.Hardswish(), nn.Hardtanh(-0.8, 1.2), nn.ReLU6(), nn.Softplus(), nn.Softsign(), nn.Tanh(), nn.Softmax(-1), nn.LogSoftmax(-1)]

def write(name, model, shape, opset, dynamic=True):
    torch.manual_seed(1)
    write_inputs(name, model, {"x": torch.randn(3, *shape)}, opset, dynamic)

def write_inputs(name, model, inputs, opset, dynamic=True):
    model.eval()
    path = os.path.join(OUT, name + ".onnx")
    torch.onnx.export(model, tuple(inputs.values()), path, opset_version=opset, input_names=list(inputs), output_names=["y"],
                      dynamic_axes={key: {0: "n"} for key in [*inputs, "y"]} if dynamic else None)
    y = model(*inputs.values())
    with open(os.path.join(OUT, name + ".bin"), "wb") as f:
        for t in (*inputs.values(), y):
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

    torch.manual_seed(7)
    x, codes = torch.randn(3, 4), torch.randint(0, 9, (3, 2))
    model = trained(Clicks(), torch.randn(32, 4), torch.randint(0, 9, (32, 2)))
    write_inputs("clicks-14", model, {"numbers": x, "categories": codes}, 14)
    model = trained(Maps(), torch.randn(32, 2, 10, 10), torch.randn(32, 1, 10, 10))
    write_inputs("maps-16", model, {"x": torch.randn(3, 2, 10, 10), "z": torch.randn(3, 1, 10, 10)}, 16)
    write_inputs("wave-13", trained(Wave(), torch.randn(32, 2, 10)), {"x": torch.randn(3, 2, 10)}, 13)
