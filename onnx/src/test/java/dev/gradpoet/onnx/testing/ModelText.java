package dev.gradpoet.onnx.testing;

import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.FunctionProto;
import dev.gradpoet.onnx.wire.GraphProto;
import dev.gradpoet.onnx.wire.ModelProto;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.OperatorSetIdProto;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Small models from text, a line each: {@code in x [N,4]} (also {@code ints}, {@code int32}, {@code double}, {@code bools}), {@code out y}, {@code w [4,3]} (random numbers), {@code c [2] 1 -1} (floats), {@code i [2] ints 0 1}, {@code d [4] double},
 * {@code y = Gemm(x, w) transB=1}, {@code opset 13}, {@code function f(a) b {...}}, whose body ends with <code>}</code>.
 */
public final class ModelText {

  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private final List<FunctionProto> functions = new ArrayList<>();
  private final Random random = new Random(11);
  private long opset = 17;

  private ModelText() {}

  /** The model of a text. */
  public static ModelProto of(String text) {
    ModelText model = new ModelText();
    List<String> lines =
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("function")) {
        int end = i + lines.subList(i, lines.size()).indexOf("}");
        model.function(lines.get(i), lines.subList(i + 1, end));
        i = end;
      } else {
        model.line(lines.get(i));
      }
    }
    List<OperatorSetIdProto> opsets =
        List.of(new OperatorSetIdProto("", model.opset), new OperatorSetIdProto("local", 1));
    return new ModelProto(
        8,
        "test",
        opsets,
        new GraphProto("g", model.nodes, model.constants, model.inputs, model.outputs, List.of()),
        model.functions);
  }

  private void line(String line) {
    String[] words = line.split(" +");
    if (line.contains(" = ")) {
      nodes.add(node(line));
    } else if (words[0].equals("opset")) {
      opset = Long.parseLong(words[1]);
    } else if (words[0].equals("in")) {
      int type = words.length < 4
          ? 1
          : switch (words[3]) {
            case "ints" -> 7;
            case "int32" -> 6;
            case "double" -> 11;
            case "bools" -> 9;
            default -> throw new IllegalArgumentException(words[3]);
          };
      inputs.add(value(words[1], words.length > 2 ? words[2] : "", type));
    } else if (words[0].equals("out")) {
      outputs.add(value(words[1], "", words.length > 2 ? 11 : 1));
    } else {
      constants.add(constant(words));
    }
  }

  private static ValueInfoProto value(String name, String shape, int type) {
    if (shape.isEmpty()) {
      return new ValueInfoProto(name, type, Optional.empty());
    }
    List<ValueInfoProto.Dimension> dimensions = new ArrayList<>();
    for (String size : shape.substring(1, shape.length() - 1).split(",")) {
      boolean number = size.matches("[0-9]+");
      dimensions.add(
          new ValueInfoProto.Dimension(number ? Long.parseLong(size) : -1, number ? "" : size));
    }
    return new ValueInfoProto(name, type, Optional.of(dimensions));
  }

  private TensorProto constant(String[] words) {
    List<Long> dims = words[1].equals("[]")
        ? List.of()
        : Arrays.stream(words[1].substring(1, words[1].length() - 1).split(","))
            .map(Long::parseLong)
            .toList();
    int count = (int) (long) dims.stream().reduce(1L, (a, b) -> a * b);
    boolean integers = words.length > 2 && words[2].equals("ints");
    boolean doubles = words.length > 2 && words[2].equals("double");
    ByteBuffer values =
        ByteBuffer.allocate(count * (integers || doubles ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (integers) {
        values.putLong(Long.parseLong(words[3 + i]));
      } else if (doubles) {
        values.putDouble(
            words.length > 3 ? Double.parseDouble(words[3 + i]) : random.nextGaussian());
      } else {
        values.putFloat(
            words.length > 2 ? Float.parseFloat(words[2 + i]) : (float) random.nextGaussian());
      }
    }
    ElementType type =
        integers ? ElementType.INT64 : doubles ? ElementType.DOUBLE : ElementType.FLOAT;
    return new TensorProto(words[0], type.number(), dims, values.flip());
  }

  /** {@code a, b = Op(x, y) name=value list=1,2 real=0.5 text=TEXT}. */
  private static NodeProto node(String line) {
    String left = line.substring(0, line.indexOf(" = "));
    String call = line.substring(line.indexOf(" = ") + 3, line.indexOf('('));
    String in = line.substring(line.indexOf('(') + 1, line.indexOf(')'));
    List<AttributeProto> attributes = new ArrayList<>();
    for (String word : line.substring(line.indexOf(')') + 1).strip().split(" +")) {
      if (!word.isEmpty()) {
        attributes.add(attribute(word.split("=")[0], word.split("=")[1]));
      }
    }
    int dot = call.lastIndexOf('.');
    return new NodeProto(
        left.split(", *")[0],
        call.substring(dot + 1),
        dot < 0 ? "" : call.substring(0, dot),
        "",
        in.isEmpty() ? List.of() : List.of(in.split(", *")),
        List.of(left.split(", *")),
        attributes,
        0);
  }

  private static AttributeProto attribute(String name, String value) {
    if (value.startsWith("@")) {
      AttributeProto typed = AttributeProto.of(name, 0L);
      return new AttributeProto(
          name,
          value.substring(1),
          typed.kind(),
          0,
          0,
          "",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of());
    }
    if (value.startsWith("[")) {
      return AttributeProto.of(name, longs(value.substring(1, value.length() - 1)));
    }
    if (value.matches("-?[0-9]+")) {
      return AttributeProto.of(name, Long.parseLong(value));
    }
    if (value.matches("-?[0-9,-]+")) {
      return AttributeProto.of(name, longs(value));
    }
    if (value.matches("-?[0-9.e-]+")) {
      return AttributeProto.of(name, Float.parseFloat(value));
    }
    return AttributeProto.of(name, value);
  }

  private static List<Long> longs(String text) {
    return Arrays.stream(text.split(",")).map(Long::parseLong).toList();
  }

  /** {@code function f(a, b) c axis}: inputs, output, attributes. */
  private void function(String head, List<String> body) {
    String name = head.substring(head.indexOf(' ') + 1, head.indexOf('('));
    List<String> in =
        List.of(head.substring(head.indexOf('(') + 1, head.indexOf(')')).split(", *"));
    String[] rest =
        head.substring(head.indexOf(')') + 1).replace("{", "").strip().split(" +");
    functions.add(new FunctionProto(
        "local",
        name,
        "",
        in,
        List.of(rest[0]),
        List.of(rest).subList(1, rest.length),
        List.of(),
        body.stream().map(ModelText::node).toList(),
        List.of(new OperatorSetIdProto("", opset), new OperatorSetIdProto("local", 1))));
  }
}
