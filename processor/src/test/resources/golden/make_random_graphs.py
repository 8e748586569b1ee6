"""Random cases of the kinds graph and graph_training, for a directory of their own.

    OMP_NUM_THREADS=1 /usr/bin/python3 make_random_graphs.py DIR SEED COUNT [tiny | large]
    ./mvnw verify -pl annotations,runtime,processor -Dtest=GoldenConformanceTest \
        -Dsurefire.failIfNoSpecifiedTests=false -Dgradpoet.golden=DIR

They are not part of the project's cases: PyTorch computes new ones for each seed. Tolerances are wide for float32, where rounding adds up,
and narrow for float64. A difference of a norm of values that are equal but for rounding, before an activation with a kink, is not a fault.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import numpy as np  # noqa: E402
import torch  # noqa: E402
from golden_lib import opt_spec, write_case  # noqa: E402
from graph_lib import graph, graph_case, graph_training_case  # noqa: E402

# The largest channels, height and width, length, width of a vector and channels of a convolution.
SIZES = {"": (9, 8, 12, 20, 40), "tiny": (3, 3, 4, 4, 9), "large": (64, 19, 40, 70, 100)}
SMOOTH = ["tanh", "gelu", "silu", "sigmoid", "leaky_relu", "elu", "hardswish", "softplus", "mish", "softmax", "log_softmax", "selu", "gelu_tanh", "softsign"]
ACTIVATIONS = ["identity"] * 6 + ["relu"] * 4 + SMOOTH
TOLERANCES = {"float64": {"rtol": 1e-8, "atol": 1e-10}, "float32": {"rtol": 3e-3, "atol": 3e-4}}
TRAINING_TOLERANCES = {"float64": {"rtol": 1e-6, "atol": 1e-8}, "float32": {"rtol": 1e-2, "atol": 1e-3}}
TRAINED = ("linear", "conv1d", "conv2d", "embedding", "prelu")


class Graph:
    """A random graph: its values, with their shapes, and its layers."""

    def __init__(self, r, sizes):
        self.r = r
        self.channels, self.side, self.length, self.width, self.out = sizes
        self.inputs, self.shapes, self.layers = {}, {}, []
        for name in ["input", "second", "third"][: r.choice([1, 1, 1, 2, 2, 3])]:
            self.input(name)

    def input(self, name):
        r = self.r
        kind = r.choice(["map", "map", "map", "signal", "signal", "vector", "index"])
        if kind == "index":
            count, classes, dim = r.randint(1, 4), r.randint(2, 9), r.randint(1, 6)
            self.inputs[name] = ("index", count, classes)
            self.add("embedding", name, [count, dim], num_embeddings=classes, embedding_dim=dim)
            return
        shape = {"map": [r.randint(1, self.channels), r.randint(1, self.side), r.randint(1, self.side)],
                 "signal": [r.randint(1, self.channels), r.randint(1, self.length)],
                 "vector": [r.randint(1, self.width)]}[kind]
        self.inputs[name] = self.shapes[name] = shape

    def add(self, kind, sources, shape, **options):
        name = f"l{len(self.layers)}"
        activation = self.r.choice(SMOOTH if kind == "activation" else ACTIVATIONS)
        self.layers.append({"kind": kind, "name": name, "from": sources, "activation": activation, **options})
        self.shapes[name] = shape
        return name

    def source(self):
        return list(self.shapes)[-1] if self.r.random() < 0.7 else self.r.choice(list(self.shapes))

    def layer(self):
        r, x = self.r, self.source()
        s = self.shapes[x]
        d = len(s) - 1
        kinds = ["prelu", "layer_norm", "batch_norm", "dropout", "activation", "linear", "add", "mul", "concat"]
        kinds += ["linear"] * 3 if d == 0 else ["conv"] * 7 + ["pool"] * 3 + ["global_avg_pool", "flatten"]
        kind = r.choice(kinds)
        if kind == "linear":
            out = r.randint(1, self.width)
            self.add(kind, x, s[:-1] + [out], out=out, bias=r.random() < 0.7)
        elif kind == "conv":
            self.convolution(x, s, d)
        elif kind == "pool":
            self.pooling(x, s, d)
        elif kind == "global_avg_pool":
            self.add(kind, x, [s[0]] + [1] * d)
        elif kind == "flatten":
            self.add(kind, x, [int(np.prod(s))])
        elif kind == "prelu":
            self.add(kind, x, s, num_parameters=r.choice([1, s[0]]))
        elif kind == "layer_norm":
            self.add(kind, x, s, dims=r.randint(1, d + 1), affine=r.random() < 0.6, eps=r.choice([1e-5, 1e-2]))
        elif kind == "batch_norm":
            self.add(kind, x, s, affine=r.random() < 0.6, momentum=r.choice([0.1, 0.3]), eps=r.choice([1e-3, 1e-2]))
        elif kind == "dropout":
            self.add(kind, x, s, p=r.choice([0.0, 0.25, 0.5]))
        elif kind == "activation":
            self.add(kind, x, s)
        elif kind == "concat":
            fitting = [v for v in self.shapes if self.shapes[v][1:] == s[1:]]
            parts = [x] + [r.choice(fitting) for _ in range(r.choice([1, 2]))]
            self.add(kind, parts, [sum(self.shapes[v][0] for v in parts)] + s[1:])
        else:
            equal = [v for v in self.shapes if self.shapes[v] == s]
            self.add(kind, [x] + [r.choice(equal) for _ in range(r.choice([1, 2]) if kind == "add" else 1)], s)

    def convolution(self, x, s, d):
        r, o, sizes = self.r, {"kernel_size": [], "stride": [], "padding": [], "dilation": []}, []
        for size in s[1:]:
            dilation, padding, stride = r.choice([1, 1, 2]), r.choice([0, 0, 1, 1, 2]), r.choice([1, 1, 1, 2, 3])
            kernel = r.randint(1, max(1, min(4, (size + 2 * padding - 1) // dilation + 1)))
            sizes.append((size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1)
            for name, value in zip(o, (kernel, stride, padding, dilation)):
                o[name].append(value)
        groups = r.choice([1, 1, 1] + [g for g in range(1, s[0] + 1) if s[0] % g == 0])
        out = groups * r.randint(1, max(1, r.choice([8, self.out]) // groups))
        if r.random() < 0.2:
            groups = out = s[0]
        self.add(f"conv{d}d", x, [out] + sizes, out_channels=out, groups=groups, bias=r.random() < 0.7, **o)

    def pooling(self, x, s, d):
        r, o, sizes = self.r, {"kernel_size": [], "stride": [], "padding": []}, []
        for size in s[1:]:
            kernel = r.randint(1, min(4, size + 2) if size > 1 else 1)
            padding = r.choice([0, 0, kernel // 2])
            if kernel > size + 2 * padding:
                kernel, padding = size, 0
            stride = r.choice([kernel, 1, 2])
            sizes.append((size + 2 * padding - kernel) // stride + 1)
            for name, value in zip(o, (kernel, stride, padding)):
                o[name].append(value)
        kind = r.choice(["max", "avg"])
        more = {"count_include_pad": r.random() < 0.5} if kind == "avg" else {}
        self.add(f"{kind}_pool{d}d", x, [s[0]] + sizes, **o, **more)

    def loss(self):
        """Ends the graph, and returns the name of a loss that its output fits."""
        loss = self.r.choice(["cross_entropy", "cross_entropy", "mse", "smooth_l1", "bce_with_logits"])
        if loss == "cross_entropy" or not self.layers:
            x = list(self.shapes)[-1]
            if len(self.shapes[x]) > 1:
                x = self.add("flatten", x, [int(np.prod(self.shapes[x]))])
            out = self.r.randint(2, 9)
            self.add("linear", x, [out], out=out)
            self.layers[-1]["activation"] = "identity"
        elif self.layers[-1]["activation"] == "log_softmax":
            self.layers[-1]["activation"] = "tanh"
        return loss

    def prune(self):
        """Leaves out what the output does not depend on."""
        needed, kept = {self.layers[-1]["name"]}, []
        for layer in reversed(self.layers):
            if layer["name"] in needed:
                kept.append(layer)
                needed.update(layer["from"] if isinstance(layer["from"], list) else [layer["from"]])
        self.layers = kept[::-1]
        self.inputs = {name: shape for name, shape in self.inputs.items() if name in needed}

    def is_trained(self):
        return any(layer["kind"] in TRAINED or layer.get("affine") for layer in self.layers)


def random_graph(r, sizes):
    while True:
        made = Graph(r, sizes)
        for _ in range(r.randint(2, 9)):
            made.layer()
        loss = made.loss()
        made.prune()
        if made.is_trained():
            return graph(made.inputs, made.layers, loss, {"reduction": r.choice(["mean", "sum"])})


def case(r, seed, i, sizes):
    g = random_graph(r, sizes)
    dtype = r.choice(["float64", "float64", "float64", "float32"])
    name, seed, data = f"random{i}_{'f64' if dtype == 'float64' else 'f32'}", seed * 1000 + i, r.randint(0, 10**6)
    if r.random() < 0.75:
        return "graph", graph_case(name, "Random.", g, dtype, seed, data, r.choice([2, 3, 5, 17]), mode=r.choice(["train", "train", "eval"]),
                                   shaken=r.random() < 0.5, tolerance=TOLERANCES[dtype])
    optimizers = [opt_spec("sgd", lr=0.01, momentum=0.9), opt_spec("sgd", lr=0.02), opt_spec("rmsprop", lr=0.001, eps=1e-2)]
    optimizer = opt_spec("sgd", lr=0.01) if dtype == "float32" else r.choice(optimizers)
    return "graph_training", graph_training_case(name, "Random.", g, dtype, seed, data, r.choice([2, 3, 6]), 2, 4, optimizer, tolerance=TRAINING_TOLERANCES[dtype])


def main(directory, seed, count, size=""):
    torch.set_num_threads(1)
    r, made = random.Random(int(seed)), 0
    for kind in ("graph", "graph_training"):
        os.makedirs(os.path.join(directory, kind), exist_ok=True)
    while made < int(count):
        try:
            kind, made_case = case(r, int(seed), made, SIZES[size])
        except ValueError:
            continue  # a batch norm of a single value: PyTorch refuses it
        write_case(directory, kind, made_case)
        made += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
