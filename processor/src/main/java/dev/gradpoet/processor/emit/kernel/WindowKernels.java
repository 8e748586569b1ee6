package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.shape.Geometry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Prints the calls of the runtime's operations on windows, and the constants that describe the windows. */
final class WindowKernels {

  private static final ClassName WINDOW = RuntimeTypes.maps("Window");

  private final ClassName maps;

  /** The names of the constants. */
  private final Map<Geometry, String> constants = new LinkedHashMap<>();

  WindowKernels(Plan plan, Scalar scalar) {
    this.maps = RuntimeTypes.maps(scalar == Scalar.FLOAT ? "FloatMaps" : "DoubleMaps");
    plan.windows()
        .forEach(window -> geometry(window)
            .forEach(geometry ->
                constants.computeIfAbsent(geometry, added -> "WINDOW" + (constants.size() + 1))));
  }

  private static Stream<Geometry> geometry(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public Stream<Geometry> patches(WindowOp.Patches op) {
        return Stream.of(op.geometry());
      }

      @Override
      public Stream<Geometry> channelsFirst(WindowOp.ChannelsFirst op) {
        return Stream.empty();
      }

      @Override
      public Stream<Geometry> channelsLast(WindowOp.ChannelsLast op) {
        return Stream.empty();
      }

      @Override
      public Stream<Geometry> maxPool(WindowOp.MaxPool op) {
        return Stream.of(op.geometry());
      }

      @Override
      public Stream<Geometry> averagePool(WindowOp.AveragePool op) {
        return Stream.of(op.geometry());
      }
    });
  }

  // /** Windows of 5 x 5 over [1, 28, 28]. */
  // static final Window WINDOW1 = new Window(1, 28, 28, 5, 5, 1, 1, 2, 2, 1, 1, 28, 28);
  List<FieldSpec> fields() {
    return constants.entrySet().stream()
        .map(constant -> field(constant.getValue(), constant.getKey()))
        .toList();
  }

  private static FieldSpec field(String name, Geometry geometry) {
    List<Integer> numbers = Stream.of(
            Stream.of(geometry.input().first()),
            image(geometry.input().rest(), 1),
            image(geometry.kernel(), 1),
            image(geometry.stride(), 1),
            image(geometry.begin(), 0),
            image(geometry.dilation(), 1),
            image(geometry.output(), 1))
        .flatMap(part -> part)
        .toList();
    return FieldSpec.builder(WINDOW, name, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(
            "Windows of $L over $L.\n",
            geometry.kernel().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
            geometry.input())
        .initializer(
            "new $T($L)",
            WINDOW,
            numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")))
        .build();
  }

  /** The numbers of the two dimensions of an image; a signal is an image of height 1. */
  private static Stream<Integer> image(List<Integer> dimensions, int height) {
    return dimensions.size() == 1 ? Stream.of(height, dimensions.get(0)) : dimensions.stream();
  }

  /** The name of the function that an operation calls; that of its gradient is a suffix longer. */
  static String name(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String patches(WindowOp.Patches op) {
        return "patches";
      }

      @Override
      public String channelsFirst(WindowOp.ChannelsFirst op) {
        return "channelsFirst";
      }

      @Override
      public String channelsLast(WindowOp.ChannelsLast op) {
        return "channelsLast";
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return "maxPool";
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return "averagePool";
      }
    });
  }

  /**
   * The Javadoc of a kernel.
   *
   * @param formula of what the layer computes from a value
   */
  static String describe(
      WindowOp window, String layer, String source, UnaryOperator<String> formula) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String patches(WindowOp.Patches op) {
        return "{@code patches(%s)}: the values that each position of the kernel reads, a row each.\n"
            .formatted(source);
      }

      @Override
      public String channelsFirst(WindowOp.ChannelsFirst op) {
        return "{@code %s} with the channels first, from a row of channels for each position.\n"
            .formatted(layer);
      }

      @Override
      public String channelsLast(WindowOp.ChannelsLast op) {
        return "The values of each sample of %s as a row of channels for each position.\n"
            .formatted(source);
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return formula.apply(name(op) + "(" + source + ")") + ".\n";
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return formula.apply(name(op) + "(" + source + ")") + ".\n";
      }
    });
  }

  // FloatMaps.patches(xs, n, WINDOW1, ys)
  CodeBlock forward(WindowOp window) {
    return CodeBlock.of("$T.$L(xs, n, $L, ys)", maps, name(window), arguments(window));
  }

  // FloatMaps.patchesGradient(dys, n, WINDOW1, dxs, true)
  // FloatMaps.maxPoolGradient(dys, xs, n, WINDOW1, dxs, true)
  CodeBlock backward(WindowOp window, boolean first) {
    return CodeBlock.of(
        "$T.$LGradient(dys, $Ln, $L, dxs, $L)",
        maps,
        name(window),
        window.gradientReadsInput() ? "xs, " : "",
        arguments(window),
        first);
  }

  /** What both functions of an operation are told of it. */
  private String arguments(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String patches(WindowOp.Patches op) {
        return constants.get(op.geometry());
      }

      @Override
      public String channelsFirst(WindowOp.ChannelsFirst op) {
        return op.positions() + ", " + op.channels();
      }

      @Override
      public String channelsLast(WindowOp.ChannelsLast op) {
        return op.positions() + ", " + op.channels();
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return constants.get(op.geometry());
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return constants.get(op.geometry()) + ", " + op.countsPadding();
      }
    });
  }
}
