"""Writes activations.txt and losses.txt: what PyTorch computes at the edges of the numbers.

    python3 make_edges.py          made with PyTorch 2.13.0 (CPU)

activations.txt: dtype, activation, options, x, f(x), f'(x)
losses.txt:      dtype, loss, options, prediction, target, loss, its gradient for the sum, its gradient for a mean of two
rows.txt:        dtype, loss, options, logits, target (a class or probabilities), loss, gradient

Numbers read back to the same bits. Where PyTorch's vector code and the scalar code for what is left of a row differ, both stand
there with a | between them.
"""
import math
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
DT = {"float32": torch.float32, "float64": torch.float64}
LANES = 64


def text(v, dt):
    v = float(v)
    if math.isnan(v):
        return "NaN"
    if math.isinf(v):
        return "Infinity" if v > 0 else "-Infinity"
    if dt == "float32":
        s = str(np.float32(v))
        return s if np.float32(s).tobytes() == np.float32(v).tobytes() else repr(v)
    return repr(v)


def either(a, b, dt):
    a, b = text(a, dt), text(b, dt)
    return a if a == b else a + "|" + b


def ladder(dt):
    info = np.finfo(np.float32 if dt == "float32" else np.float64)
    tiny = float(info.smallest_subnormal)
    steps = [0.0, tiny, float(info.smallest_normal) / 1000, float(info.smallest_normal), 1e-20, 1e-4, 0.5, 1.0, 2.0, 3.0, 6.0, 20.0, 20.5,
             50.0, 88.0, 89.0, 104.0, 120.0, 1e10, 2e13, 1e19, 1.8e19, 2e19, 1e38, 3e38, float(info.max), math.inf]
    if dt == "float64":
        steps[-2:-2] = [710.0, 746.0, 1e102, 1e150, 1.3e154, 1e155, 1e300]
    return [s * v for v in steps for s in (1, -1)] + [math.nan]


ACTIVATIONS = [
    ("RELU", "", F.relu),
    ("LEAKY_RELU", "", F.leaky_relu),
    ("LEAKY_RELU", "negativeSlope=0.0", lambda x: F.leaky_relu(x, 0.0)),
    ("LEAKY_RELU", "negativeSlope=-2.0", lambda x: F.leaky_relu(x, -2.0)),
    ("ELU", "", F.elu),
    ("ELU", "alpha=0.5", lambda x: F.elu(x, 0.5)),
    ("ELU", "alpha=0.0", lambda x: F.elu(x, 0.0)),
    ("SELU", "", F.selu),
    ("CELU", "", F.celu),
    ("CELU", "alpha=2.0", lambda x: F.celu(x, 2.0)),
    ("GELU", "", F.gelu),
    ("GELU_TANH", "", lambda x: F.gelu(x, approximate="tanh")),
    ("SILU", "", F.silu),
    ("MISH", "", F.mish),
    ("SIGMOID", "", torch.sigmoid),
    ("LOG_SIGMOID", "", F.logsigmoid),
    ("HARD_SIGMOID", "", F.hardsigmoid),
    ("HARD_SWISH", "", F.hardswish),
    ("HARD_TANH", "", F.hardtanh),
    ("HARD_TANH", "minVal=0.0, maxVal=Double.POSITIVE_INFINITY", lambda x: F.hardtanh(x, 0.0, math.inf)),
    ("HARD_TANH", "minVal=Double.NEGATIVE_INFINITY, maxVal=2.0", lambda x: F.hardtanh(x, -math.inf, 2.0)),
    ("RELU6", "", F.relu6),
    ("SOFTPLUS", "", F.softplus),
    ("SOFTPLUS", "beta=2.0, threshold=5.0", lambda x: F.softplus(x, 2.0, 5.0)),
    ("SOFTSIGN", "", F.softsign),
    ("TANH", "", torch.tanh),
]


def slopes(f, xs):
    x = torch.tensor(xs, requires_grad=True)
    y = f(x)
    y.backward(torch.ones_like(y))
    return y.detach(), x.grad


def activations():
    with open(os.path.join(HERE, "activations.txt"), "w", encoding="ascii", newline="\n") as out:
        for dt, torch_dt in DT.items():
            torch.set_default_dtype(torch_dt)
            for name, options, f in ACTIVATIONS:
                for v in ladder(dt):
                    y, dy = slopes(f, [v] * LANES)
                    y1, dy1 = slopes(f, [v])
                    out.write("; ".join([dt, name, options, text(v, dt), either(y[0], y1[0], dt), either(dy[0], dy1[0], dt)]) + "\n")


LOSSES = [
    ("MSE", "", lambda x, t, r: F.mse_loss(x, t, reduction=r)),
    ("L1", "", lambda x, t, r: F.l1_loss(x, t, reduction=r)),
    ("SMOOTH_L1", "", lambda x, t, r: F.smooth_l1_loss(x, t, reduction=r)),
    ("SMOOTH_L1", "beta=0.0", lambda x, t, r: F.smooth_l1_loss(x, t, reduction=r, beta=0.0)),
    ("HUBER", "", lambda x, t, r: F.huber_loss(x, t, reduction=r)),
    ("HUBER", "delta=Double.POSITIVE_INFINITY", lambda x, t, r: F.huber_loss(x, t, reduction=r, delta=math.inf)),
    ("BCE", "", lambda x, t, r: F.binary_cross_entropy(x, t, reduction=r)),
    ("BCE_WITH_LOGITS", "", lambda x, t, r: F.binary_cross_entropy_with_logits(x, t, reduction=r)),
    ("KL_DIV", "", lambda x, t, r: F.kl_div(x, t, reduction=r)),
    ("KL_DIV", "logTarget=true", lambda x, t, r: F.kl_div(x, t, reduction=r, log_target=True)),
]


def pairs(name, options, dt):
    if name == "BCE":
        eps = float(np.finfo(np.float32 if dt == "float32" else np.float64).eps)
        tiny = 1e-40 if dt == "float32" else 1e-310
        xs, ts = [0.0, -0.0, tiny, 1e-38, 1e-20, 0.5, 1 - eps, 1.0], [0.0, tiny, 0.5, 1.0]
    elif name == "BCE_WITH_LOGITS":
        xs, ts = ladder(dt), [0.0, 0.5, 1.0, 2.0, -1.0]
    elif name == "KL_DIV" and not options:
        xs, ts = [0.0, -0.0, -1.0, -1e10, -1e38, -math.inf, math.nan], [0.0, -0.0, 1e-40, 0.5, 1.0, 3e38, -1.0, -1e-40, math.inf, math.nan]
    elif name == "KL_DIV":
        xs, ts = [0.0, -1.0, -1e10, -1e38, -math.inf, math.nan], [0.0, -1.0, -120.0, -800.0, 100.0, -math.inf, math.nan]
    else:
        xs, ts = ladder(dt), [0.0, 1.0, -3e38]
    return [(x, t) for x in xs for t in ts]


def losses():
    with open(os.path.join(HERE, "losses.txt"), "w", encoding="ascii", newline="\n") as out:
        for dt, torch_dt in DT.items():
            torch.set_default_dtype(torch_dt)
            for name, options, f in LOSSES:
                for v, w in pairs(name, options, dt):
                    def at(n, reduction, count):
                        x = torch.tensor([v] * count, requires_grad=True)
                        loss = f(x, torch.tensor([w] * count), reduction)
                        (loss if loss.dim() == 0 else loss.sum()).backward()
                        return loss.detach().reshape(-1)[0], x.grad[0]
                    (y, dy), (y1, dy1) = at(0, "none", LANES), at(0, "none", 1)
                    mean = at(0, "mean", 2)[1]
                    out.write("; ".join([dt, name, options, text(v, dt), text(w, dt), either(y, y1, dt), either(dy, dy1, dt),
                                         text(mean, dt)]) + "\n")


def rows():
    inf, nan = math.inf, math.nan
    logits = [[0.0, 0.0, 0.0], [1.0, -inf, 2.0], [1.0, 2.0, inf], [1e38, -1e38, 0.0], [3e38, -3e38, 3e38], [1e10, 1e10, -1e10], [nan, 0.0, 1.0],
              [-inf, -inf, -inf], [1e-40, -1e-40, 0.0], [-200.0, 0.0, 200.0]]
    dense = [[0.5, 0.0, 0.5], [0.0, 1.0, 0.0], [0.2, 0.3, 0.5]]
    cases = [("", {}), ("labelSmoothing=0.1", {"label_smoothing": 0.1}), ("classWeights={1, 0, 2}", {"weight": [1.0, 0.0, 2.0]})]
    with open(os.path.join(HERE, "rows.txt"), "w", encoding="ascii", newline="\n") as out:
        for dt, torch_dt in DT.items():
            torch.set_default_dtype(torch_dt)
            for options, kw in cases:
                kw = {k: torch.tensor(v) if k == "weight" else v for k, v in kw.items()}
                for row in logits:
                    for target in [0, 1, 2] + dense:
                        x = torch.tensor([row], requires_grad=True)
                        loss = F.cross_entropy(x, torch.tensor([target]), reduction="sum", **kw)
                        loss.backward()
                        out.write("; ".join([dt, "CROSS_ENTROPY", options, " ".join(text(v, dt) for v in row),
                                             str(target) if isinstance(target, int) else " ".join(text(v, dt) for v in target),
                                             text(loss.detach(), dt), " ".join(text(v, dt) for v in x.grad[0])]) + "\n")


if __name__ == "__main__":
    activations()
    losses()
    rows()
