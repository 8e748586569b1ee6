package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.LaidOut;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The constants of a generated class that describe maps and the windows of kernels over them. */
public final class MapConstants {

  private static final ClassName WINDOW = RuntimeTypes.maps("Window");
  private static final ClassName SAMPLE = WINDOW.nestedClass("Sample");
  private static final ClassName KERNEL = WINDOW.nestedClass("Kernel");
  private static final ClassName PADDING = WINDOW.nestedClass("Padding");

  private final Map<Windows, String> windows = new LinkedHashMap<>();
  private final Map<LaidOut, String> maps = new LinkedHashMap<>();

  private record Windows(Geometry geometry, MapLayout from, int groups) {}

  /** The constants that the kernels of a plan read. */
  public MapConstants(Plan plan) {
    plan.windows()
        .forEach(op -> op.match(new WindowOp.Cases<Void>() {
          @Override
          public Void relayout(WindowOp.Relayout op) {
            add(new LaidOut(op.shape(), op.from()));
            add(new LaidOut(op.shape(), op.to()));
            return null;
          }

          @Override
          public Void pad(WindowOp.Pad op) {
            return add(windows(op.convolution()));
          }

          @Override
          public Void maxPool(WindowOp.MaxPool op) {
            return add(ofEachChannel(op.geometry(), op.from()));
          }

          @Override
          public Void averagePool(WindowOp.AveragePool op) {
            return add(ofEachChannel(op.geometry(), op.from()));
          }
        }));
    plan.batchNorms().forEach(norm -> norm.map().ifPresent(map -> add(map)));
    plan.convolutions().forEach(kernel -> add(windows(kernel.what())));
    plan.convolutionGradients().forEach(kernel -> add(positions(kernel.what())));
    plan.convolutions().stream()
        .filter(kernel -> kernel.what().groups() > 1 && kernel.bias().isPresent()
            || kernel.what().planes())
        .forEach(kernel -> addOutputs(kernel.what()));
  }

  private Void add(Windows added) {
    windows.computeIfAbsent(added, any -> "WINDOW" + (windows.size() + 1));
    return null;
  }

  private void add(LaidOut added) {
    maps.computeIfAbsent(added, any -> "MAP" + (maps.size() + 1));
  }

  private void addOutputs(Convolving what) {
    add(new LaidOut(output(what), what.to()));
    if (what.planes()) {
      add(new LaidOut(output(what), MapLayout.channelsLast(what.out())));
    }
  }

  private static Shape output(Convolving what) {
    return what.geometry().output(what.out());
  }

  private static Windows windows(Convolving what) {
    return new Windows(what.geometry(), what.from(), what.groups());
  }

  /** The outputs of a convolution at each position, as windows of one position. */
  private static Windows positions(Convolving what) {
    return new Windows(Geometry.ofPositions(output(what)), MapLayout.channelsLast(what.out()), 1);
  }

  /** The windows of a convolution. */
  public String of(Convolving what) {
    return windows.get(windows(what));
  }

  /** The outputs of a convolution at each position, with the channels last. */
  public String ofPositions(Convolving what) {
    return windows.get(positions(what));
  }

  /** The windows of a pooling. */
  public String of(Geometry geometry, MapLayout from) {
    return windows.get(ofEachChannel(geometry, from));
  }

  /** The windows of a pooling, which reads the channels one by one. */
  private static Windows ofEachChannel(Geometry geometry, MapLayout from) {
    return new Windows(geometry, from, geometry.input().first());
  }

  /** A map in its layout. */
  public String of(LaidOut map) {
    return maps.get(map);
  }

  /** A map in a layout. */
  public String of(Shape shape, MapLayout layout) {
    return maps.get(new LaidOut(shape, layout));
  }

  /** The output of a convolution in the layout that it has, or with the channels last. */
  public String ofOutput(Convolving what, boolean last) {
    return of(output(what), last ? MapLayout.channelsLast(what.out()) : what.to());
  }

  /** The constants. */
  public List<FieldSpec> fields() {
    List<FieldSpec> fields = new ArrayList<>();
    windows.forEach((window, name) -> fields.add(field(name, window)));
    maps.forEach((map, name) -> fields.add(field(name, map)));
    return fields;
  }

  // /** Windows of 5 x 5 over [1, 28, 28]. */
  // static final Window WINDOW1 = new Window(new Window.Sample(1, 28, 28, 1, 784),
  //     new Window.Kernel(5, 5, 1, 1, 1, 1), new Window.Padding(2, 2, 2, 2), 1);
  private static FieldSpec field(String name, Windows window) {
    Geometry geometry = window.geometry();
    return constant(WINDOW, name)
        .addJavadoc(
            "Windows of $L over $L$L.\n",
            geometry.describe(),
            geometry.input(),
            window.groups() == 1
                ? ""
                : window.groups() == geometry.input().first()
                    ? ", channel by channel"
                    : " in " + window.groups() + " groups")
        .initializer(
            "new $T(new $T($L), new $T($L), new $T($L), $L)",
            WINDOW,
            SAMPLE,
            sample(new LaidOut(geometry.input(), window.from())),
            KERNEL,
            numbers(
                image(geometry.kernel(), 1),
                image(geometry.stride(), 1),
                image(geometry.dilation(), 1)),
            PADDING,
            numbers(image(geometry.begin(), 0), image(geometry.end(), 0)),
            window.groups())
        .build();
  }

  // /** [6, 28, 28], position by position. */
  // static final Window.Sample MAP1 = new Window.Sample(6, 28, 28, 6, 1);
  private static FieldSpec field(String name, LaidOut map) {
    return constant(SAMPLE, name)
        .addJavadoc(
            "$L, $L.\n",
            map.shape(),
            map.layout().channel() == 1 ? "position by position" : "channel by channel")
        .initializer("new $T($L)", SAMPLE, sample(map))
        .build();
  }

  private static FieldSpec.Builder constant(ClassName type, String name) {
    return FieldSpec.builder(type, name, Modifier.STATIC, Modifier.FINAL);
  }

  private static String sample(LaidOut map) {
    return numbers(
        Stream.of(map.shape().first()),
        image(map.shape().rest(), 1),
        Stream.of(map.layout().pixel(), map.layout().channel()));
  }

  /** The numbers of the two dimensions of an image; a signal is an image of height 1. */
  private static Stream<Integer> image(List<Integer> dimensions, int height) {
    return dimensions.size() == 1 ? Stream.of(height, dimensions.get(0)) : dimensions.stream();
  }

  @SafeVarargs
  private static String numbers(Stream<Integer>... parts) {
    return Stream.of(parts)
        .flatMap(part -> part)
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
