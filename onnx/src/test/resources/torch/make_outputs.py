"""Prints what PyTorch computes with the weights of two files here, for inputs x[i] = (37 i mod 101) / 64 - 0.75. Run: python3 make_outputs.py > outputs.txt"""
import json, os, struct
import numpy, torch
from torch.nn.functional import batch_norm, conv2d, linear, relu

HERE = os.path.dirname(os.path.abspath(__file__))

def safetensors(file):
    data = open(os.path.join(HERE, file), "rb").read()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    return {name: torch.from_numpy(numpy.frombuffer(data[8 + length:], "<f4", (e["data_offsets"][1] - e["data_offsets"][0]) // 4, e["data_offsets"][0])
                                   .reshape(e["shape"]).copy())
            for name, e in header.items() if name != "__metadata__" and e["dtype"] == "F32"}

def inputs(*shape):
    count = int(numpy.prod(shape))
    return torch.tensor([(37 * i % 101) / 64 - 0.75 for i in range(count)], dtype=torch.float32).reshape(shape)

def show(name, y):
    print(name, *[repr(float(v)) for v in y.flatten()])

w = safetensors("burn-multi-layer.safetensors")
x = conv2d(inputs(2, 3, 8, 8), w["conv1.weight"], w["conv1.bias"], padding=1)
x = relu(batch_norm(x, w["norm1.running_mean"], w["norm1.running_var"], w["norm1.weight"], w["norm1.bias"]))
show("multi-layer", linear(x.flatten(1), w["fc1.weight"], w["fc1.bias"]))
show("multi-layer-head", linear(inputs(2, 256), w["fc1.weight"], w["fc1.bias"]))
w = torch.load(os.path.join(HERE, "magika-lenet.pth"), map_location="cpu")
x = relu(linear(inputs(2, 120), w["fc2.weight"], w["fc2.bias"]))
show("lenet-head", linear(x, w["fc3.weight"], w["fc3.bias"]))
