package dev.gradpoet.onnx.source;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.LayerKind.Linear;
import dev.gradpoet.onnx.net.Literal;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetInput;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the interface that declares a network. */
final class SourceWriter {

  private static final int LINE = 100;

  private final Net net;
  private final ImportedSource.Target target;
  private final List<String> origin;
  private final boolean shorthand;
  private final Set<String> imports = new TreeSet<>();

  /**
   * A writer.
   *
   * @param origin the lines of the Javadoc that say where the network comes from
   */
  SourceWriter(Net net, ImportedSource.Target target, List<String> origin) {
    this.net = net;
    this.target = target;
    this.origin = origin;
    this.shorthand = Shorthand.fits(net);
    if (shorthand) {
      Shorthand.name(net);
    } else {
      LayerNames.assign(net);
    }
  }

  /** The simple names of the types that the source imports. */
  Set<String> imported() {
    text();
    return imports.stream()
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .collect(Collectors.toSet());
  }

  /** The whole file. */
  String text() {
    imports.clear();
    String declaration = shorthand ? shorthand() : methods();
    StringBuilder text = new StringBuilder();
    if (!target.packageName().isEmpty()) {
      text.append("package ").append(target.packageName()).append(";\n\n");
    }
    imports.forEach(name -> text.append("import ").append(name).append(";\n"));
    return text.append('\n').append(javadoc()).append(declaration).toString();
  }

  private String use(String type) {
    imports.add("dev.gradpoet." + type);
    return type;
  }

  private String javadoc() {
    StringBuilder text = new StringBuilder("/**\n");
    origin.forEach(
        line -> text.append(line.isEmpty() ? " *" : " * ").append(line).append('\n'));
    List<NetLayer> renamed = Stream.concat(
            net.inputs().stream().filter(input -> !net.hasUnnamedInput()).map(NetInput::layer),
            net.layers().stream())
        .filter(layer -> !layer.origin().isEmpty() && !layer.origin().equals(layer.name()))
        .toList();
    if (!renamed.isEmpty()) {
      text.append(" *\n * <table>\n * <caption>Names</caption>\n");
      text.append(" * <tr><th>layer</th><th>in the model</th></tr>\n");
      renamed.forEach(layer -> text.append(" * <tr><td>")
          .append(layer.name())
          .append("</td><td>")
          .append(Javadoc.escaped(layer.origin()))
          .append("</td></tr>\n"));
      text.append(" * </table>\n");
    }
    return text.append(" */\n").toString();
  }

  private String shorthand() {
    List<String> widths = new ArrayList<>();
    widths.add(String.valueOf(net.inputs().get(0).layer().shape()[0]));
    net.layers().forEach(layer -> widths.add(String.valueOf(((Linear) layer.kind()).out())));
    List<String> members = new ArrayList<>();
    members.add("layers = {" + String.join(", ", widths) + "}");
    NetLayer first = net.layers().get(0);
    NetLayer last = net.layers().get(net.layers().size() - 1);
    StringBuilder text = new StringBuilder();
    if (net.layers().size() > 1) {
      addActivation(members, "activation", first.activation());
      text.append(options(first, ""));
    }
    addActivation(members, "outputActivation", last.activation());
    addType(members);
    return text.append(annotation("@" + use("Network"), members, ""))
        .append("\npublic interface ")
        .append(target.name())
        .append(" {}\n")
        .toString();
  }

  private void addActivation(List<String> members, String member, Activation activation) {
    if (activation != Activation.IDENTITY) {
      members.add(member + " = " + use("Activation") + "." + activation);
    }
  }

  private void addType(List<String> members) {
    if (net.type() == ElementType.DOUBLE) {
      members.add("dtype = " + use("DType") + ".FLOAT64");
    }
  }

  private String methods() {
    List<String> members = new ArrayList<>();
    if (net.hasUnnamedInput()) {
      members.add("input = " + sizes(net.inputs().get(0).layer().shape()));
    }
    addType(members);
    StringBuilder text = new StringBuilder();
    text.append(annotation("@" + use("Network"), members, ""))
        .append("\npublic interface ")
        .append(target.name())
        .append(" {\n");
    for (NetInput input : net.hasUnnamedInput() ? List.<NetInput>of() : net.inputs()) {
      text.append('\n').append(method(input.layer()));
    }
    NetLayer before = net.inputs().get(net.inputs().size() - 1).layer();
    for (NetLayer layer : net.layers()) {
      text.append('\n').append(method(layer, before));
      before = layer;
    }
    imports.add("dev.gradpoet.runtime.Layer");
    return text.append("}\n").toString();
  }

  private static String sizes(int[] shape) {
    return shape.length == 1
        ? String.valueOf(shape[0])
        : Arrays.stream(shape)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** {@code @Input(value = 2, classes = 9) Layer categories();}. */
  private String method(NetLayer input) {
    List<String> members = new ArrayList<>(input.kind().members());
    members.add(0, (members.isEmpty() ? "" : "value = ") + sizes(input.shape()));
    return method(input, members);
  }

  private String method(NetLayer layer, NetLayer before) {
    LayerKind kind = layer.kind();
    List<String> members = new ArrayList<>(kind.members());
    if (kind instanceof LayerKind.Activate) {
      use("Activation");
    } else {
      addActivation(members, "activation", layer.activation());
    }
    List<NetLayer> from = layer.from();
    if (kind instanceof LayerKind.Merge) {
      members.add(
          0,
          from.stream()
              .map(source -> '"' + source.name() + '"')
              .collect(Collectors.joining(", ", "from = {", "}")));
    } else if (from.get(0) != before) {
      if (kind instanceof LayerKind.Activate) {
        members.set(0, "value = " + members.get(0));
      }
      members.add("from = \"" + from.get(0).name() + '"');
    }
    return method(layer, members);
  }

  private String method(NetLayer layer, List<String> members) {
    String annotation = annotation("@" + use(layer.kind().annotation()), members, "  ");
    String method = "Layer " + layer.name() + "();\n";
    boolean oneLine = !annotation.contains("\n") && annotation.length() + method.length() < LINE;
    return options(layer, "  ") + "  " + annotation + (oneLine ? " " : "\n  ") + method;
  }

  /** {@code @ActivationOptions} on a line of its own, or nothing. */
  private String options(NetLayer layer, String indent) {
    if (layer.options().isEmpty()) {
      return "";
    }
    List<String> members = new ArrayList<>();
    for (Map.Entry<String, Double> option : layer.options().entrySet()) {
      members.add(option.getKey() + " = " + Literal.of(option.getValue()));
    }
    return indent + annotation("@" + use("ActivationOptions"), members, indent) + "\n";
  }

  /** On one line, or one member a line where that would be too long. */
  private static String annotation(String name, List<String> members, String indent) {
    String line = members.isEmpty() ? name : name + "(" + String.join(", ", members) + ")";
    return indent.length() + line.length() <= LINE
        ? line
        : name + "(\n" + indent + "    " + String.join(",\n" + indent + "    ", members) + ")";
  }
}
