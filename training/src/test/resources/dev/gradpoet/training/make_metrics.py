"""Writes metrics.txt: predictions, and what scikit-learn says of them. Run with scikit-learn 1.2 or later in this directory."""
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.simplefilter("ignore")
out = open("metrics.txt", "w")
rng = np.random.default_rng(22)


def line(*cells):
    print(*cells, file=out)


def values(name, array):
    line(name, *[repr(float(v)) for v in np.asarray(array).ravel()])


def binary(name, labels, scores, dtype):
    p = scores.astype(dtype)
    predicted = (p > 0.5).astype(int)
    line("case", name, "1", dtype.__name__)
    values("outputs", p)
    line("labels", *labels)
    line("classes", *predicted)
    line("expected", "accuracy", repr(m.accuracy_score(labels, predicted)))
    for metric, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        line("expected", metric, repr(float(f(labels, predicted, zero_division=0))))
        line("expected", "macro_" + metric, repr(float(f(labels, predicted, average="macro", zero_division=0))))
        line("expected", "micro_" + metric, repr(float(f(labels, predicted, average="micro", zero_division=0))))
    if len(set(labels)) == 2:
        line("expected", "roc_auc", repr(float(m.roc_auc_score(labels, p))))
    line("expected", "log_loss", repr(float(m.log_loss(labels, p, labels=[0, 1]))))


def multiclass(name, labels, p, dtype, auc=True):
    p = p.astype(dtype)
    predicted = p.argmax(axis=1)
    classes = list(range(p.shape[1]))
    line("case", name, p.shape[1], dtype.__name__)
    values("outputs", p)
    line("labels", *labels)
    line("classes", *predicted)
    line("expected", "accuracy", repr(m.accuracy_score(labels, predicted)))
    for k in (1, 2, 3):
        line("expected", "top_%d" % k, repr(float(m.top_k_accuracy_score(labels, p, k=k, labels=classes))))
    for metric, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        line("expected", "macro_" + metric, repr(float(f(labels, predicted, average="macro", zero_division=0))))
        line("expected", "micro_" + metric, repr(float(f(labels, predicted, average="micro", zero_division=0))))
    if auc:
        line("expected", "roc_auc", repr(float(m.roc_auc_score(labels, p, multi_class="ovr", labels=classes))))
    line("expected", "log_loss", repr(float(m.log_loss(labels, p, labels=classes))))


def regression(name, y, predicted):
    line("case", name, y.shape[1], "float64")
    values("outputs", predicted)
    values("targets", y)
    line("expected", "mse", repr(float(m.mean_squared_error(y, predicted))))
    line("expected", "mae", repr(float(m.mean_absolute_error(y, predicted))))
    line("expected", "r2", repr(float(m.r2_score(y, predicted))))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


line("#", "scikit-learn", sklearn.__version__)
binary("random", rng.integers(0, 2, 40), rng.random(40), np.float64)
binary("ties", rng.integers(0, 2, 60), rng.integers(0, 5, 60) / 4, np.float64)
binary("float", rng.integers(0, 2, 30), rng.random(30), np.float32)
binary("certain", np.array([0, 1, 0, 1, 1]), np.array([0.0, 1.0, 1.0, 0.0, 0.5]), np.float64)
binary("certain_float", np.array([0, 1, 0, 1, 1]), np.array([0.0, 1.0, 1.0, 0.0, 0.5]), np.float32)
binary("never_predicted", np.array([0, 1, 1, 0]), np.array([0.1, 0.2, 0.3, 0.4]), np.float64)
binary("one_class", np.array([0, 0, 0, 0]), np.array([0.1, 0.9, 0.3, 0.4]), np.float64)
multiclass("four", rng.integers(0, 4, 50), softmax(rng.normal(size=(50, 4))), np.float64)
multiclass("five_float", rng.integers(0, 5, 50), softmax(3 * rng.normal(size=(50, 5))), np.float32)
tied = np.repeat([[0.25, 0.25, 0.25, 0.25], [0.5, 0.0, 0.5, 0.0], [0.0, 0.5, 0.25, 0.25]], 4, axis=0)
multiclass("tied", np.tile([0, 1, 2, 3], 3), tied, np.float64)
multiclass("absent", np.array([0, 1, 1, 0, 3]), softmax(rng.normal(size=(5, 6))), np.float64, auc=False)
two = softmax(rng.normal(size=(25, 2)))
labels = rng.integers(0, 2, 25)
line("case", "two_outputs", "2", "float64")
values("outputs", two)
line("labels", *labels)
line("classes", *two.argmax(axis=1))
line("expected", "roc_auc", repr(float(m.roc_auc_score(labels, two[:, 1]))))
line("expected", "log_loss", repr(float(m.log_loss(labels, two))))
y = rng.normal(size=(30, 1))
regression("one_target", y, y + 0.3 * rng.normal(size=y.shape))
y = rng.normal(size=(20, 3)) * [1, 10, 0.1]
regression("three_targets", y, y + 0.3 * rng.normal(size=y.shape))
y = np.stack([np.full(6, 2.0), np.full(6, 3.0), np.arange(6.0)], axis=1)
regression("constant_targets", y, np.stack([np.full(6, 2.0), np.arange(6.0), np.arange(6.0) + 1], axis=1))
