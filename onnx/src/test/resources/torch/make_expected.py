"""Prints what PyTorch and NumPy read of the files here. Run: python3 make_expected.py > expected.txt"""
import io, os, tarfile, zlib
import numpy, torch

HERE = os.path.dirname(os.path.abspath(__file__))

def tensors(name, value):
    if isinstance(value, torch.Tensor):
        yield name or "tensor", value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield from tensors(f"{name}.{k}" if name else str(k), v)
    elif isinstance(value, (list, tuple)):
        for i, v in enumerate(value):
            yield from tensors(f"{name}.{i}" if name else str(i), v)

def show(file, value):
    print("# " + file)
    for name, t in tensors("", value):
        t = t.detach()
        kind = "FLOAT64" if t.dtype == torch.float64 else "FLOAT32" if t.dtype.is_floating_point else "INT64"
        t = t.to({"FLOAT64": torch.float64, "FLOAT32": torch.float32, "INT64": torch.int64}[kind]).contiguous()
        print(name, str(list(t.shape)).replace(" ", ""), kind, format(zlib.crc32(t.numpy().tobytes()), "08x"))

with tarfile.open(os.path.join(HERE, "burn-store-pt-files.tar.gz")) as tar:
    for member in sorted(tar.getmembers(), key=lambda m: m.name):
        if member.name.endswith(".pt"):
            try:
                value = torch.load(io.BytesIO(tar.extractfile(member).read()), map_location="cpu")
            except Exception:
                print("# " + member.name)
                print("refused")
                continue
            show(member.name, value)
show("magika-lenet.pth", torch.load(os.path.join(HERE, "magika-lenet.pth"), map_location="cpu"))
for file in ("candle-test.npz", "djl-list.npz"):
    arrays = numpy.load(os.path.join(HERE, file))
    show(file, {k: torch.from_numpy(arrays[k]) for k in arrays.files})
