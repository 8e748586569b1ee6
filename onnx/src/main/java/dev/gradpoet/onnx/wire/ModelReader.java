package dev.gradpoet.onnx.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the messages of a model; fields that nothing here needs are skipped. */
final class ModelReader {

  private final TensorReader tensors;

  ModelReader(TensorReader tensors) {
    this.tensors = tensors;
  }

  ModelProto model(WireReader in) throws IOException {
    long irVersion = 0;
    String producer = "";
    String version = "";
    List<OperatorSetIdProto> opsets = new ArrayList<>();
    GraphProto graph = null;
    List<FunctionProto> functions = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> irVersion = in.integer();
        case 2 -> producer = in.string();
        case 3 -> version = in.string();
        case 7 -> graph = graph(in.message());
        case 8 -> opsets.add(opset(in.message()));
        case 25 -> functions.add(function(in.message()));
        default -> in.skip();
      }
    }
    if (graph == null) {
      throw in.error("the end of the file, but no graph was found, expected an ONNX model");
    }
    return new ModelProto(irVersion, (producer + " " + version).strip(), opsets, graph, functions);
  }

  private GraphProto graph(WireReader in) throws IOException {
    String name = "";
    List<NodeProto> nodes = new ArrayList<>();
    List<TensorProto> initializers = new ArrayList<>();
    List<ValueInfoProto> inputs = new ArrayList<>();
    List<ValueInfoProto> outputs = new ArrayList<>();
    List<String> sparse = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> nodes.add(node(in));
        case 2 -> name = in.string();
        case 5 -> initializers.add(tensors.tensor(in.message()));
        case 11 -> inputs.add(valueInfo(in.message()));
        case 12 -> outputs.add(valueInfo(in.message()));
        case 15 -> sparse.add(sparseName(in.message()));
        default -> in.skip();
      }
    }
    return new GraphProto(name, nodes, initializers, inputs, outputs, sparse);
  }

  private NodeProto node(WireReader outer) throws IOException {
    int offset = outer.offset();
    WireReader in = outer.message();
    String name = "";
    String operator = "";
    String domain = "";
    String overload = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<AttributeProto> attributes = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> inputs.add(in.string());
        case 2 -> outputs.add(in.string());
        case 3 -> name = in.string();
        case 4 -> operator = in.string();
        case 5 -> attributes.add(attribute(in.message()));
        case 7 -> domain = in.string();
        case 8 -> overload = in.string();
        default -> in.skip();
      }
    }
    return new NodeProto(
        name, operator, normal(domain), overload, inputs, outputs, attributes, offset);
  }

  /** ONNX's own domain has two names. */
  private static String normal(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private AttributeProto attribute(WireReader in) throws IOException {
    String name = "";
    String reference = "";
    long kind = -1;
    float real = 0;
    long integer = 0;
    String text = "";
    Optional<TensorProto> tensor = Optional.empty();
    Optional<GraphProto> graph = Optional.empty();
    LongList reals = new LongList();
    LongList integers = new LongList();
    List<String> texts = new ArrayList<>();
    AttributeProto.Kind seen = AttributeProto.Kind.OTHER;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.string();
        case 2 -> {
          real = in.single();
          seen = AttributeProto.Kind.FLOAT;
        }
        case 3 -> {
          integer = in.integer();
          seen = AttributeProto.Kind.INT;
        }
        case 4 -> {
          text = in.string();
          seen = AttributeProto.Kind.STRING;
        }
        case 5 -> {
          tensor = Optional.of(tensors.tensor(in.message()));
          seen = AttributeProto.Kind.TENSOR;
        }
        case 6 -> {
          graph = Optional.of(graph(in.message()));
          seen = AttributeProto.Kind.GRAPH;
        }
        case 7 -> {
          in.fixed(4, reals);
          seen = AttributeProto.Kind.FLOATS;
        }
        case 8 -> {
          in.integers(integers);
          seen = AttributeProto.Kind.INTS;
        }
        case 9 -> {
          texts.add(in.string());
          seen = AttributeProto.Kind.STRINGS;
        }
        case 20 -> kind = in.integer();
        case 21 -> reference = in.string();
        default -> in.skip();
      }
    }
    List<Float> floats = new ArrayList<>();
    for (long bits : reals.toArray()) {
      floats.add(Float.intBitsToFloat((int) bits));
    }
    List<Long> longs = new ArrayList<>();
    for (long value : integers.toArray()) {
      longs.add(value);
    }
    // files of the first IR versions have no type
    AttributeProto.Kind known = kind < 0 ? seen : AttributeProto.Kind.of(kind);
    boolean missing = known == AttributeProto.Kind.TENSOR && tensor.isEmpty()
        || known == AttributeProto.Kind.GRAPH && graph.isEmpty();
    if (missing && reference.isEmpty()) {
      throw in.error(
          "an attribute \"" + Shown.text(name) + "\" of type " + known + " without a value");
    }
    return new AttributeProto(
        name, reference, known, real, integer, text, tensor, graph, floats, longs, texts);
  }

  private static String sparseName(WireReader in) throws IOException {
    String name = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        WireReader values = in.message();
        for (int inner = values.next(); inner != 0; inner = values.next()) {
          if (inner == 8) {
            name = values.string();
          } else {
            values.skip();
          }
        }
      } else {
        in.skip();
      }
    }
    return name;
  }

  private static ValueInfoProto valueInfo(WireReader in) throws IOException {
    String name = "";
    int type = 0;
    Optional<List<ValueInfoProto.Dimension>> shape = Optional.empty();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.string();
        case 2 -> {
          WireReader types = in.message();
          for (int kind = types.next(); kind != 0; kind = types.next()) {
            if (kind != 1) {
              types.skip();
              continue;
            }
            WireReader tensor = types.message();
            for (int part = tensor.next(); part != 0; part = tensor.next()) {
              switch (part) {
                case 1 -> type = (int) tensor.integer();
                case 2 -> shape = Optional.of(dimensions(tensor.message()));
                default -> tensor.skip();
              }
            }
          }
        }
        default -> in.skip();
      }
    }
    return new ValueInfoProto(name, type, shape);
  }

  private static List<ValueInfoProto.Dimension> dimensions(WireReader in) throws IOException {
    List<ValueInfoProto.Dimension> dimensions = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field != 1) {
        in.skip();
        continue;
      }
      WireReader dimension = in.message();
      long value = -1;
      String name = "";
      for (int part = dimension.next(); part != 0; part = dimension.next()) {
        switch (part) {
          case 1 -> value = dimension.integer();
          case 2 -> name = dimension.string();
          default -> dimension.skip();
        }
      }
      dimensions.add(new ValueInfoProto.Dimension(value < 0 ? -1 : value, name));
    }
    return dimensions;
  }

  private static OperatorSetIdProto opset(WireReader in) throws IOException {
    String domain = "";
    long version = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> domain = in.string();
        case 2 -> version = in.integer();
        default -> in.skip();
      }
    }
    return new OperatorSetIdProto(normal(domain), version);
  }

  private FunctionProto function(WireReader in) throws IOException {
    String name = "";
    String domain = "";
    String overload = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> attributes = new ArrayList<>();
    List<AttributeProto> defaults = new ArrayList<>();
    List<NodeProto> nodes = new ArrayList<>();
    List<OperatorSetIdProto> opsets = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.string();
        case 4 -> inputs.add(in.string());
        case 5 -> outputs.add(in.string());
        case 6 -> attributes.add(in.string());
        case 7 -> nodes.add(node(in));
        case 9 -> opsets.add(opset(in.message()));
        case 10 -> domain = in.string();
        case 11 -> defaults.add(attribute(in.message()));
        case 13 -> overload = in.string();
        default -> in.skip();
      }
    }
    return new FunctionProto(
        normal(domain), name, overload, inputs, outputs, attributes, defaults, nodes, opsets);
  }
}
