"""Writes printed-tensors.txt: what PyTorch prints for each tensor that TensorPrinterTest prints.

Run with PyTorch 1.13 or later: python3 make_printed_tensors.py > printed-tensors.txt

A case is a line "# dtype shape values", the values exact (float.hex, decimal integers), or
"range START STEP" for START + i * STEP computed in float64; then the printed lines; then "---".
"""
import torch

DTYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64}


def case(dtype, shape, values):
    if isinstance(values, tuple):
        start, step = values
        count = 1
        for size in shape:
            count *= size
        numbers = [start + i * step for i in range(count)]
        described = f"range {start!r} {step!r}"
    else:
        numbers = values
        tensor = torch.tensor(numbers, dtype=DTYPES[dtype])
        described = " ".join(
            str(v) if dtype == "int64" else float(v).hex() for v in tensor.tolist()
        )
    tensor = torch.tensor(numbers, dtype=DTYPES[dtype]).reshape(shape)
    name = "x".join(str(size) for size in shape) or "scalar"
    print(f"# {dtype} {name} {described}".rstrip())
    print(tensor)
    print("---")


nan, inf = float("nan"), float("inf")

for dtype in ("float32", "float64"):
    for scalar in (0.0, -0.0, 1.0, -1.0, 0.5, 6.0, 9.8222, 0.1, 0.00009, 0.0001, 1e-30, 123456789.0,
                   1e8, 1.0001e8, 12345.678, -0.99999, 0.00125, 2.5, nan, inf, -inf):
        case(dtype, [], [scalar])
    case(dtype, [0], [])
    case(dtype, [0, 3], [])
    case(dtype, [2, 0, 4], [])
    case(dtype, [3], [1.0, 2.0, 3.0])
    case(dtype, [4], [1.0, -2.0, 300.0, 0.0])
    case(dtype, [3], [0.0, 0.0, 0.0])
    case(dtype, [3], [0.0, -0.0, nan])
    case(dtype, [4], [1.0, nan, inf, -inf])
    case(dtype, [4], [100.0, nan, inf, -inf])
    case(dtype, [4], [0.5, nan, inf, -inf])
    case(dtype, [5], [1e-5, nan, inf, -inf, 0.0])
    case(dtype, [2], [1.0, 1000.0])
    case(dtype, [2], [1.0, 1001.0])
    case(dtype, [2], [0.5, 500.0])
    case(dtype, [2], [0.5, 501.0])
    case(dtype, [3], [1e10, 2e10, -1e10])
    case(dtype, [3], [1e-4, 0.05, 0.0999])
    case(dtype, [3], [1e38, 1e-38, -1.5])
    case(dtype, [6], [1.2828e-01, 1.1698e-04, 5.7492e-01, 3.4961e-02, 1.5669e-01, 1.0503e-01])
    # Ties that are exact in binary, so that rounding half to even shows.
    case(dtype, [6], [0.03125, 0.09375, 0.15625, 0.21875, -0.03125, 0.28125])
    case(dtype, [4], [1.000030517578125, 1.5, 0.500030517578125, 2.00006103515625])
    case(dtype, [3], [100005.0, 100015.0, 1.0])
    case(dtype, [2], [99999.5, 0.001])
    case(dtype, [5, 1], [0.0557, 0.5150, -0.3101, 0.7701, -0.3550])
    case(dtype, [2, 3], [1.5, -2.25, 3.0, 4.0, 5.0, 6.0])
    case(dtype, [1, 16], (-0.8, 0.1))
    case(dtype, [3, 16], (-1.0, 0.0625))
    case(dtype, [40], (0.0, 0.25))
    case(dtype, [13], (-3.0, 0.5))
    case(dtype, [2, 2, 3], (-2.5, 0.75))
    case(dtype, [2, 1, 2, 3], (0.0, 1.5))
    case(dtype, [1, 1, 1], [0.125])
    case(dtype, [2, 3, 12], (-9.0, 0.5))
    case(dtype, [1000], (0.0, 0.001953125))
    case(dtype, [1001], (0.0, 1.0))
    case(dtype, [1001], (0.0, 0.5))
    case(dtype, [7, 200], (-700.0, 1.0))
    case(dtype, [5, 300], (0.0, 0.25))
    case(dtype, [300, 5], (-100.0, 0.25))
    case(dtype, [10, 11, 12], (0.0, 0.125))
    case(dtype, [8, 7, 2, 10], (-10.0, 0.03125))
    case(dtype, [1, 2000], (1.0, 123.0))

for scalar in (0, -7, 2**53 + 1, 2**63 - 1, -(2**63)):
    case("int64", [], [scalar])
case("int64", [0], [])
case("int64", [0, 3], [])
case("int64", [3], [1, 0, 0])
case("int64", [4], [5, -10, 1000000, 0])
case("int64", [2], [2**63 - 1, 1])
case("int64", [30], (0, 1))
case("int64", [4, 25], (-50, 1))
case("int64", [2, 3, 4], (0, 7))
case("int64", [1797], (0, 1))
case("int64", [50, 60], (-5, 3))

# Suffixes around the end of the line.
for n in range(5, 10):
    case("float64", [n], (0.5, 1.0))
for digits in range(1, 9):
    case("float64", [2, 5], (0.5, 10.0**digits / 16))
