package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.torch.TorchObjects.Storage;
import dev.gradpoet.onnx.torch.TorchObjects.View;
import dev.gradpoet.onnx.wire.MalformedFileException;
import dev.gradpoet.onnx.wire.Shown;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of NumPy (<a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format npy</a>).
 *
 * @param view where its values are
 * @param values their bytes
 */
record NumpyArray(View view, ByteBuffer values) {

  private static final Map<String, TorchType> TYPES = Map.of(
      "f4", TorchType.FLOAT,
      "f8", TorchType.DOUBLE,
      "f2", TorchType.HALF,
      "i8", TorchType.LONG,
      "i4", TorchType.INT,
      "i2", TorchType.SHORT,
      "i1", TorchType.CHAR,
      "u1", TorchType.BYTE,
      "b1", TorchType.BOOL);

  private static final Pattern HEADER = Pattern.compile(
      "\\s*\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]*)\\)\\s*,?\\s*\\}\\s*");

  static NumpyArray read(String file, ByteBuffer bytes) throws MalformedFileException {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < 12 || (in.get(0) & 0xff) != 0x93 || in.get(1) != 'N' || in.get(5) != 'Y') {
      throw new MalformedFileException(file, 0, "not a NumPy array, expected the bytes 93 NUMPY");
    }
    int version = in.get(6);
    int begin = version == 1 ? 10 : 12;
    int length = version == 1 ? in.getShort(8) & 0xffff : in.getInt(8);
    if (version < 1 || version > 3 || length < 0 || length > in.limit() - begin) {
      throw new MalformedFileException(
          file,
          6,
          "version " + version + " and a header of " + length
              + " bytes, expected version 1 to 3 and at most " + (in.limit() - begin) + " bytes");
    }
    byte[] text = new byte[length];
    in.get(begin, text);
    String header = new String(text, StandardCharsets.UTF_8);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new MalformedFileException(
          file,
          begin,
          "the header " + Shown.text(header) + ", expected descr, fortran_order and shape");
    }
    String descr = matcher.group(1);
    TorchType type = descr.length() == 3 && "<|".indexOf(descr.charAt(0)) >= 0
        ? TYPES.get(descr.substring(1))
        : null;
    if (type == null) {
      throw new MalformedFileException(
          file,
          begin,
          "the type \"" + Shown.text(descr) + "\", expected little-endian numbers such as <f4");
    }
    List<Long> shape = new ArrayList<>();
    for (String size : matcher.group(3).split(",")) {
      if (!size.isBlank()) {
        shape.add(size(file, begin, size.strip()));
      }
    }
    ByteBuffer values =
        in.slice(begin + length, in.limit() - begin - length).order(ByteOrder.LITTLE_ENDIAN);
    long count = values.remaining() / type.bytes();
    return new NumpyArray(
        new View(
            new Storage(type, file, count),
            0,
            shape,
            strides(shape, matcher.group(2).equals("True"))),
        values);
  }

  private static long size(String file, int at, String text) throws MalformedFileException {
    if (text.length() > 9 || text.contains(" ")) {
      throw new MalformedFileException(
          file, at, "the size " + Shown.text(text) + ", expected less than 10^9");
    }
    return Long.parseLong(text);
  }

  private static List<Long> strides(List<Long> shape, boolean fortran) {
    List<Long> strides = new ArrayList<>(shape);
    long stride = 1;
    for (int i = 0; i < shape.size(); i++) {
      int d = fortran ? i : shape.size() - 1 - i;
      strides.set(d, stride);
      stride = Math.min(stride * Math.max(1, shape.get(d)), Integer.MAX_VALUE);
    }
    return strides;
  }
}
