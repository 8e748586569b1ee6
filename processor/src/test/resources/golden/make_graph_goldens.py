"""Regenerates graph/ and graph_training/ under this directory.

    OMP_NUM_THREADS=1 /usr/bin/python3 processor/src/test/resources/golden/make_graph_goldens.py

Needs python3-torch (made with Debian 12's 1.13.1) and numpy.  See README.md for the schema.
"""
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from golden_lib import opt_spec, write_case  # noqa: E402
from graph_lib import graph, graph_case, graph_training_case  # noqa: E402

SHORT = {"float32": "f32", "float64": "f64"}
L = lambda kind, **o: {"kind": kind, **o}


def one(name, description, inputs, layers, loss, seed, rows, dtypes=("float32", "float64"), loss_options=None, **o):
    for dt in dtypes:
        g = graph(inputs, layers, loss, loss_options)
        write_case(HERE, "graph", graph_case(f"{name}_{SHORT[dt]}", description, g, dt, seed, 5000 + seed, rows, **o))


def train(name, description, inputs, layers, loss, seed, rows, batches, steps, optimizer, dtypes=("float32", "float64"), loss_options=None, **o):
    for dt in dtypes:
        g = graph(inputs, layers, loss, loss_options)
        write_case(HERE, "graph_training", graph_training_case(f"{name}_{SHORT[dt]}", description, g, dt, seed, 6000 + seed, rows, batches, steps, optimizer, **o))


def layers():
    x = {"input": [2, 6, 7]}
    flat = [L("flatten"), L("linear", out=3)]
    one("conv2d_3x3", "Conv2d 2 to 4, 3x3.", x, [L("conv2d", out_channels=4, kernel_size=3, activation="relu"), *flat], "cross_entropy", 1, 3)
    one("conv2d_padded_strided", "Conv2d with stride (2, 1), padding (1, 2), no bias.", x,
        [L("conv2d", out_channels=5, kernel_size=[3, 2], stride=[2, 1], padding=[1, 2], bias=False, activation="tanh"), *flat], "cross_entropy", 2, 3)
    one("conv2d_dilated", "Conv2d with dilation 2.", x, [L("conv2d", out_channels=3, kernel_size=[2, 3], dilation=2), *flat], "mse", 3, 2)
    one("conv2d_grouped", "Conv2d 4 to 6 in two groups.", {"input": [4, 5, 5]}, [L("conv2d", out_channels=6, kernel_size=3, padding=1, groups=2, activation="gelu"), *flat], "mse", 4, 2)
    one("conv2d_depthwise", "Depthwise 3x3, then 1x1.", {"input": [3, 6, 6]},
        [L("conv2d", out_channels=3, kernel_size=3, padding=1, groups=3, activation="relu6"), L("conv2d", out_channels=8, kernel_size=1, activation="relu6"), *flat], "cross_entropy", 5, 2)
    one("conv2d_pointwise", "1x1 on 16 channels.", {"input": [16, 3, 4]}, [L("conv2d", out_channels=17, kernel_size=1), *flat], "mse", 6, 2)
    one("conv2d_no_flatten", "The output is a map: [2, 4, 4], trained on dense targets.", {"input": [1, 6, 6]}, [L("conv2d", out_channels=2, kernel_size=3)], "mse", 7, 2)
    one("conv1d_k5", "Conv1d 3 to 8, kernel 5, stride 2, padding 2.", {"input": [3, 20]}, [L("conv1d", out_channels=8, kernel_size=5, stride=2, padding=2, activation="silu"), *flat], "cross_entropy", 8, 3)
    one("conv1d_causal_stack", "Two dilated convolutions of a signal.", {"input": [1, 32]},
        [L("conv1d", out_channels=4, kernel_size=2, activation="relu"), L("conv1d", out_channels=4, kernel_size=2, dilation=2, activation="relu"), *flat], "mse", 9, 2)
    one("max_pool2d", "MaxPool2d 2.", x, [L("max_pool2d", kernel_size=2), *flat], "mse", 10, 3)
    one("max_pool2d_overlapping", "MaxPool2d 3, stride 2, padding 1.", x, [L("max_pool2d", kernel_size=3, stride=2, padding=1), *flat], "mse", 11, 3)
    one("max_pool2d_ties", "Integers, so that maxima tie: the first in row order takes the gradient.", {"input": [1, 4, 4]}, [L("activation", activation="hardtanh"), L("max_pool2d", kernel_size=2), *flat], "mse", 12, 2, scale=4.0)
    one("avg_pool2d", "AvgPool2d 2 by 3, padding 1, zeros counted.", x, [L("avg_pool2d", kernel_size=[2, 3], stride=[2, 2], padding=1), *flat], "mse", 13, 3)
    one("avg_pool2d_exclude_pad", "AvgPool2d 3, padding 1, zeros not counted.", x, [L("avg_pool2d", kernel_size=3, stride=2, padding=1, count_include_pad=False), *flat], "mse", 14, 3)
    one("pool1d", "MaxPool1d 2, then AvgPool1d 3.", {"input": [4, 18]}, [L("max_pool1d", kernel_size=2), L("avg_pool1d", kernel_size=3), *flat], "mse", 15, 3)
    one("global_avg_pool", "AdaptiveAvgPool2d(1).", x, [L("conv2d", out_channels=4, kernel_size=3), L("global_avg_pool"), *flat], "cross_entropy", 16, 3)
    one("global_avg_pool1d", "AdaptiveAvgPool1d(1).", {"input": [5, 9]}, [L("global_avg_pool"), *flat], "mse", 17, 3)
    for mode in ("train", "eval"):
        one(f"batch_norm_vector_{mode}", f"BatchNorm1d on rows, {mode}.", {"input": [7]}, [L("linear", out=9), L("batch_norm", activation="relu"), L("linear", out=3)], "cross_entropy", 18, 6, mode=mode, shaken=True)
        one(f"batch_norm_map_{mode}", f"BatchNorm2d, momentum 0.3, eps 1e-3, {mode}.", x, [L("conv2d", out_channels=4, kernel_size=3, bias=False), L("batch_norm", momentum=0.3, eps=1e-3, activation="relu"), *flat], "cross_entropy", 19, 4, mode=mode, shaken=True)
        one(f"batch_norm_signal_{mode}", f"BatchNorm1d on signals, {mode}.", {"input": [3, 11]}, [L("batch_norm"), *flat], "mse", 20, 4, mode=mode, shaken=True)
        one(f"batch_norm_plain_{mode}", f"BatchNorm1d without affine parameters, {mode}.", {"input": [5]}, [L("batch_norm", affine=False), L("linear", out=2)], "mse", 21, 5, mode=mode)
        one(f"dropout_{mode}", f"Dropout 0.3, {mode}: the mask follows the parameters in the stream.", {"input": [12]}, [L("linear", out=24, activation="relu"), L("dropout", p=0.3), L("linear", out=4)], "cross_entropy", 22, 5, mode=mode)
        one(f"dropout_map_{mode}", f"Dropout 0.5 on maps, {mode}.", x, [L("conv2d", out_channels=3, kernel_size=3), L("dropout", p=0.5), *flat], "mse", 23, 2, mode=mode)
    one("layer_norm", "LayerNorm of rows.", {"input": [10]}, [L("linear", out=17), L("layer_norm", activation="gelu"), L("linear", out=3)], "cross_entropy", 24, 4, shaken=True)
    one("layer_norm_map", "LayerNorm over [C, H, W].", {"input": [2, 4, 5]}, [L("layer_norm", dims=3), *flat], "mse", 25, 3, shaken=True)
    one("layer_norm_last", "LayerNorm over the last dimension of a signal, plain.", {"input": [3, 8]}, [L("layer_norm", affine=False), *flat], "mse", 26, 3)
    one("embedding", "Embedding of three indices.", {"input": ("index", 3, 11)}, [L("embedding", num_embeddings=11, embedding_dim=5), *flat], "cross_entropy", 27, 6)
    one("embedding_and_numbers", "Categories and numbers: two inputs.", {"numbers": [4], "categories": ("index", 2, 7)},
        [L("embedding", num_embeddings=7, embedding_dim=3, **{"from": "categories"}), L("flatten", name="flat"), L("concat", **{"from": ["numbers", "flat"]}), L("linear", out=8, activation="relu"), L("linear", out=1)],
        "bce_with_logits", 28, 6)
    one("two_dense_inputs", "Two towers that meet in a product.", {"left": [5], "right": [7]},
        [L("linear", out=6, name="a", activation="tanh"), L("linear", out=6, name="b", **{"from": "right"}), L("mul", **{"from": ["a", "b"]}), L("linear", out=2)], "mse", 29, 4)
    one("prelu", "PReLU with one slope.", {"input": [6]}, [L("linear", out=8), L("prelu"), L("linear", out=2)], "mse", 30, 4, shaken=True)
    one("prelu_channels", "PReLU, a slope a channel.", x, [L("conv2d", out_channels=4, kernel_size=3), L("prelu", num_parameters=4), *flat], "mse", 31, 3, shaken=True)
    one("residual_block", "Two convolutions with batch norm around a skip, relu after the sum.", {"input": [4, 5, 5]},
        [L("conv2d", out_channels=4, kernel_size=3, padding=1, bias=False), L("batch_norm", activation="relu"), L("conv2d", out_channels=4, kernel_size=3, padding=1, bias=False), L("batch_norm", name="bn"),
         L("add", activation="relu", **{"from": ["bn", "input"]}), L("global_avg_pool"), *flat], "cross_entropy", 32, 3)
    one("squeeze_excite", "A channel gate: [C, 1, 1] is not broadcast here, so the gate works on pooled rows.", {"input": [6]},
        [L("linear", out=6, name="gate", activation="sigmoid"), L("mul", **{"from": ["gate", "input"]}), L("linear", out=2)], "mse", 33, 4)
    one("mul", "Products of two and of three values, one of them twice, after which one activation reads its input.", {"input": [5]},
        [L("linear", out=5, name="gate", activation="sigmoid"), L("mul", name="gated", **{"from": ["gate", "input"]}, activation="gelu"), L("linear", out=5, name="b", activation="tanh"),
         L("mul", **{"from": ["gated", "b", "gated"]}), L("linear", out=2)], "mse", 36, 4)
    one("activation_alone", "Activations of the input, of values that others read too, and at the end.", {"input": [6]},
        [L("activation", activation="tanh"), L("linear", out=8, name="a"), L("activation", name="silu", activation="silu"), L("activation", name="clipped", activation="hardtanh", activation_options={"min_val": -0.25, "max_val": 0.5}, **{"from": "a"}),
         L("add", activation="softplus", **{"from": ["silu", "clipped", "a"]}), L("linear", out=3), L("activation", activation="gelu_tanh")], "mse", 37, 4)
    one("prelu_vector", "PReLU of rows, a slope a value, of the input and before an activation.", {"input": [6]},
        [L("prelu", num_parameters=6, name="first"), L("linear", out=8), L("prelu", num_parameters=8, activation="tanh"), L("linear", out=2)], "mse", 38, 4, shaken=True)
    one("concat_maps", "Two convolutions side by side, channels concatenated.", x,
        [L("conv2d", out_channels=2, kernel_size=3, padding=1, name="a"), L("conv2d", out_channels=3, kernel_size=1, name="b", **{"from": "input"}), L("concat", activation="relu", **{"from": ["a", "b"]}), *flat], "cross_entropy", 34, 2)
    one("elementwise_on_maps", "Maps are activated, added, multiplied, concatenated along the channels, dropped and flattened with an activation.", {"input": [2, 3, 4]},
        [L("activation", name="a", activation="silu"), L("add", name="sum", **{"from": ["a", "input"]}, activation="tanh"), L("mul", name="product", **{"from": ["sum", "input"]}),
         L("concat", name="both", **{"from": ["product", "a", "input"]}), L("dropout", p=0.25), L("flatten", activation="leaky_relu"), L("linear", out=3)], "cross_entropy", 38, 5, mode="train")
    one("flatten_twice", "A map is flattened for two linear layers, and a vector is flattened, too.", {"input": [3, 5]},
        [L("flatten", name="flat"), L("linear", name="left", out=4, activation="relu"), L("flatten", name="again", **{"from": "input"}), L("linear", name="right", out=4), L("mul", **{"from": ["left", "right"]}), L("flatten")], "mse", 39, 3)
    one("rows_of_maps", "Linear layers, layer norms and softmaxes on the last dimensions of [2, 3, 5], values of which several layers read.", {"input": [2, 3, 5]},
        [L("linear", name="a", out=4, activation="gelu"), L("layer_norm", name="norm", dims=1), L("linear", name="b", out=4, bias=False, activation="softmax"), L("linear", name="c", out=4, activation="silu", **{"from": "norm"}),
         L("mul", name="gated", **{"from": ["b", "c"]}, activation="softmax"), L("activation", name="d", activation="log_softmax"), L("layer_norm", name="planes", dims=2, activation="log_softmax"),
         L("add", name="sum", **{"from": ["planes", "a", "d"]}), L("flatten"), L("linear", out=3)], "cross_entropy", 40, 4, shaken=True)
    one("prelu_maps", "PReLU on [3, 2, 5]: a slope a channel, then one slope, then activations.", {"input": [3, 2, 5]},
        [L("prelu", name="channels", num_parameters=3, activation="tanh"), L("prelu", name="whole", **{"from": "input"}), L("add", activation="softplus", **{"from": ["channels", "whole", "channels"]}), L("prelu", num_parameters=3), L("flatten"), L("linear", out=2)], "mse", 42, 4, shaken=True)
    one("map_output", "The output is a map of rows, which a linear layer computes.", {"input": [3, 6]}, [L("linear", out=5, activation="tanh"), L("layer_norm", dims=2), L("linear", out=2)], "mse", 41, 3)
    one("linear_on_signal", "A linear layer on the last dimension of [3, 5].", {"input": [3, 5]}, [L("linear", out=4, activation="relu"), *flat], "mse", 35, 3)


LENET = [L("conv2d", out_channels=6, kernel_size=5, padding=2, activation="relu"), L("max_pool2d", kernel_size=2), L("conv2d", out_channels=16, kernel_size=5, activation="relu"), L("max_pool2d", kernel_size=2),
         L("flatten"), L("linear", out=12, activation="relu"), L("linear", out=10)]


def training():
    train("lenet_sgd", "A small LeNet, SGD with momentum.", {"input": [1, 16, 16]}, LENET, "cross_entropy", 41, 4, 2, 10, opt_spec("sgd", lr=0.05, momentum=0.9))
    train("batch_norm_adam", "Convolution, batch norm, Adam.", {"input": [2, 6, 6]}, [L("conv2d", out_channels=4, kernel_size=3, bias=False), L("batch_norm", activation="relu"), L("flatten"), L("linear", out=3)], "cross_entropy", 42, 6, 2, 12, opt_spec("adam", lr=0.01))
    train("dropout_sgd", "Dropout twice, SGD: ten steps of masks.", {"input": [10]}, [L("dropout", p=0.2), L("linear", out=16, activation="relu"), L("dropout", p=0.5), L("linear", out=3)], "cross_entropy", 43, 5, 2, 10, opt_spec("sgd", lr=0.1))
    train("embedding_adamw", "Categories and numbers, AdamW.", {"numbers": [3], "categories": ("index", 2, 9)},
          [L("embedding", num_embeddings=9, embedding_dim=4, **{"from": "categories"}), L("flatten", name="flat"), L("concat", **{"from": ["numbers", "flat"]}), L("linear", out=8, activation="relu"), L("linear", out=1)],
          "bce_with_logits", 44, 8, 2, 12, opt_spec("adamw", lr=0.01, weight_decay=0.1))
    train("layer_norm_rmsprop", "LayerNorm, RMSprop.", {"input": [6]}, [L("linear", out=12), L("layer_norm", activation="gelu"), L("linear", out=2)], "mse", 45, 5, 2, 12, opt_spec("rmsprop", lr=0.005))
    train("conv1d_adam", "Conv1d, batch norm, pooling, Adam.", {"input": [2, 24]}, [L("conv1d", out_channels=6, kernel_size=5, padding=2), L("batch_norm", activation="relu"), L("max_pool1d", kernel_size=2), L("conv1d", out_channels=8, kernel_size=3, activation="relu"), L("global_avg_pool"), L("flatten"), L("linear", out=4)],
          "cross_entropy", 46, 6, 2, 12, opt_spec("adam", lr=0.01))
    train("mul_adam", "A gated layer, Adam.", {"input": [6]}, [L("linear", out=6, name="gate", activation="sigmoid"), L("linear", out=6, name="value", **{"from": "input"}), L("mul", **{"from": ["gate", "value"]}), L("linear", out=2)],
          "mse", 48, 5, 2, 12, opt_spec("adam", lr=0.02))
    train("prelu_sgd", "PReLU with one slope and with a slope a value, both from 0.25; SGD with momentum and weight decay.", {"input": [6]},
          [L("linear", out=9), L("prelu"), L("linear", out=7), L("prelu", num_parameters=7), L("linear", out=2)], "mse", 49, 5, 2, 12, opt_spec("sgd", lr=0.05, momentum=0.9, weight_decay=1e-2))
    train("batch_norm_rows_sgd", "Two batch norms of rows, one with momentum 0.3 and eps 1e-3, one without affine parameters, SGD with momentum.", {"input": [6]},
          [L("linear", out=12, bias=False), L("batch_norm", momentum=0.3, eps=1e-3, activation="relu"), L("linear", out=7), L("batch_norm", affine=False, activation="tanh"), L("linear", out=3)],
          "cross_entropy", 49, 5, 2, 12, opt_spec("sgd", lr=0.05, momentum=0.9))
    train("residual_sgd", "A residual block, SGD with Nesterov momentum and weight decay.", {"input": [3, 6, 6]},
          [L("conv2d", out_channels=3, kernel_size=3, padding=1, bias=False), L("batch_norm", name="bn"), L("add", activation="relu", **{"from": ["bn", "input"]}), L("global_avg_pool"), L("flatten"), L("linear", out=3)], "cross_entropy", 47, 5, 2, 12,
          opt_spec("sgd", lr=0.1, momentum=0.9, nesterov=True, weight_decay=1e-3))


if __name__ == "__main__":
    for d in ("graph", "graph_training"):
        shutil.rmtree(os.path.join(HERE, d), ignore_errors=True)
    layers()
    training()
    print(sum(len(f) for _, _, f in os.walk(os.path.join(HERE, "graph"))), "graph cases,", len(os.listdir(os.path.join(HERE, "graph_training"))), "training cases")
