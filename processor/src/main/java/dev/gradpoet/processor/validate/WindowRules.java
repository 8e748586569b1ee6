package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.MapLayers;
import dev.gradpoet.processor.valid.MapLayers.PoolLayer.Pooling;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Validates convolutions and pooling. */
final class WindowRules {

  private final Problems problems;
  private final SizeRules sizes;
  private final WindowSizes members;

  WindowRules(Problems problems, SizeRules sizes) {
    this.problems = problems;
    this.sizes = sizes;
    this.members = new WindowSizes(problems);
  }

  /**
   * The layer, or empty if a member is invalid, or if the source is unknown or does not fit.
   *
   * @param source the name of what it reads
   * @param input the shape of that
   */
  Optional<ValidLayer> layer(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    return switch (layer.kind()) {
      case CONV1D -> conv(name, layer, source, input, 1, activation);
      case CONV2D -> conv(name, layer, source, input, 2, activation);
      case MAX_POOL1D -> pool(name, layer, source, input, 1, Pooling.MAX, activation);
      case MAX_POOL2D -> pool(name, layer, source, input, 2, Pooling.MAX, activation);
      case AVG_POOL1D -> pool(name, layer, source, input, 1, average(layer), activation);
      case AVG_POOL2D -> pool(name, layer, source, input, 2, average(layer), activation);
      case GLOBAL_AVG_POOL -> globalPool(name, layer, source, input, activation);
      default -> throw new IllegalArgumentException(layer.kind() + " has no windows");
    };
  }

  private Optional<ValidLayer> conv(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      int dims,
      ValidActivation activation) {
    Sited<Integer> out = layer.integers().get("out");
    boolean valid = sizes.checkWidth("out", out);
    Sited<Integer> groups = layer.integers().getOrDefault("groups", new Sited<>(1, layer.site()));
    Optional<Geometry> geometry = geometry(layer, source, input, dims, false);
    if (!valid
        || geometry.isEmpty()
        || !areGroups(groups, geometry.get().input().first(), out)) {
      return Optional.empty();
    }
    long positions = geometry.get().positions();
    if (!sizes.checkRow(
            "the number of outputs",
            positions * out.value(),
            MapLayout.ROOM * (Math.min(out.value(), Convolving.FEW_CHANNELS) + 1),
            out.site())
        || !sizes.checkRow(
            "the number of values that all positions of the kernel read",
            positions * geometry.get().taps(),
            MapLayout.ROOM,
            layer.site())) {
      return Optional.empty();
    }
    sizes.checkProduct(geometry.get().taps() / groups.value(), out);
    return Optional.of(new MapLayers.ConvLayer(
        name,
        source.orElseThrow(),
        geometry.get(),
        out.value(),
        groups.value(),
        layer.flag("bias", true),
        activation));
  }

  /** Whether groups divide the channels and the outputs. */
  private boolean areGroups(Sited<Integer> groups, int channels, Sited<Integer> out) {
    int count = groups.value();
    if (count < 1) {
      return refuse(groups.site(), "groups is " + count + ", expected at least 1");
    }
    if (channels % count != 0) {
      return refuse(
          groups.site(),
          "groups is " + count + ", expected a divisor of " + channels
              + ", the number of channels that it reads");
    }
    return out.value() % count == 0
        || refuse(
            groups.site(),
            "groups is " + count + ", expected a divisor of out, which is " + out.value());
  }

  private static Pooling average(LayerSpec layer) {
    return layer.flag("countIncludePad", true) ? Pooling.AVERAGE : Pooling.AVERAGE_WITHOUT_PADDING;
  }

  private Optional<ValidLayer> pool(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      int dims,
      Pooling pooling,
      ValidActivation activation) {
    return geometry(layer, source, input, dims, true)
        .filter(geometry -> sizes.checkRow(
            "the number of outputs",
            (long) geometry.positions() * geometry.input().first(),
            MapLayout.ROOM,
            layer.site()))
        .map(geometry ->
            new MapLayers.PoolLayer(name, source.orElseThrow(), geometry, pooling, activation));
  }

  private Optional<ValidLayer> globalPool(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    return input
        .filter(shape -> isOfRank(layer, source.orElseThrow(), shape, !shape.isVector()))
        .map(shape -> new MapLayers.PoolLayer(
            name, source.orElseThrow(), Geometry.whole(shape), Pooling.GLOBAL_AVERAGE, activation));
  }

  private boolean isOfRank(LayerSpec layer, String source, Shape input, boolean is) {
    if (!is) {
      String name = layer.kind().annotation();
      String expected = name.endsWith("1d")
          ? "[C, L]"
          : name.endsWith("2d") ? "[C, H, W]" : "[C, L] or [C, H, W]";
      problems.add(
          ProblemCode.WRONG_RANK,
          layer.site(),
          "@" + name + " reads " + source + " of shape " + input + ", expected " + expected
              + (source.equals(ValidSpec.INPUT) && input.isVector()
                  ? ": declare the shape of a sample, such as input = "
                      + (name.endsWith("1d") ? "{3, 100}" : "{1, 28, 28}")
                  : ""));
    }
    return is;
  }

  /** How the kernel moves over the source; the stride of a pooling is by default its kernel. */
  private Optional<Geometry> geometry(
      LayerSpec layer, Optional<String> source, Optional<Shape> input, int dims, boolean pools) {
    Optional<List<Integer>> kernel = members.of(layer, "kernel", dims);
    Optional<List<Integer>> stride =
        pools && isDefault(layer, "stride") ? kernel : members.of(layer, "stride", dims);
    Optional<List<Integer>> padding = members.padding(layer, dims);
    Optional<List<Integer>> dilation = members.of(layer, "dilation", dims);
    boolean fits = input
        .filter(
            shape -> isOfRank(layer, source.orElseThrow(), shape, shape.rest().size() == dims))
        .isPresent();
    if (!fits || Stream.of(kernel, stride, padding, dilation).anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Geometry geometry = new Geometry(
        input.get(),
        kernel.get(),
        stride.get(),
        padding.get().subList(0, dims),
        padding.get().subList(dims, 2 * dims),
        dilation.get());
    for (int d = 0; d < dims && fits; d++) {
      fits = fits(layer, geometry, d, pools);
    }
    return fits ? Optional.of(geometry).filter(all -> isCounted(layer, all)) : Optional.empty();
  }

  private static boolean isDefault(LayerSpec layer, String member) {
    Sited<List<Sited<Integer>>> written = layer.sizes().get(member);
    return written == null || written.value().isEmpty();
  }

  private boolean fits(LayerSpec layer, Geometry geometry, int d, boolean pools) {
    int kernel = geometry.kernel().get(d);
    int dims = geometry.kernel().size();
    int largest = Math.max(geometry.begin().get(d), geometry.end().get(d));
    if (pools && largest > kernel / 2) {
      return refuse(
          members.site(layer, "padding", largestPadding(geometry, d)),
          "padding is " + largest + ", expected at most " + kernel / 2 + ", half of the window of "
              + kernel);
    }
    if (geometry.covered(d) > geometry.padded(d)) {
      int dilation = geometry.dilation().get(d);
      return refuse(
          members.site(layer, "kernel", d),
          "kernel is " + kernel
              + (dilation == 1
                  ? ""
                  : " with dilation " + dilation + ", which covers " + geometry.covered(d)
                      + " values")
              + ", expected at most " + geometry.padded(d) + ": "
              + (dims == 1 ? "L" : d == 0 ? "H" : "W") + " of " + geometry.input()
              + " with its padding");
    }
    return true;
  }

  /** Where the larger padding of a dimension is in the list of all. */
  private static int largestPadding(Geometry geometry, int d) {
    return geometry.end().get(d) > geometry.begin().get(d) ? geometry.kernel().size() + d : d;
  }

  private boolean refuse(Site site, String text) {
    problems.add(ProblemCode.MEMBER_OUT_OF_RANGE, site, text);
    return false;
  }

  /** Whether places in the padded input, positions, and the values that the kernel reads at one can be counted in an int. */
  private boolean isCounted(LayerSpec layer, Geometry geometry) {
    for (int d = 0; d < geometry.kernel().size(); d++) {
      if (!sizes.checkRow(
          "the size of a dimension with its padding",
          geometry.padded(d),
          members.site(layer, "padding", largestPadding(geometry, d)))) {
        return false;
      }
    }
    return sizes.checkRow(
            "the number of positions of the kernel",
            SizeRules.product(geometry.outputs()),
            layer.site())
        && sizes.checkRow(
            "the number of values that the kernel reads",
            SizeRules.product(
                Stream.concat(Stream.of(geometry.input().first()), geometry.kernel().stream())
                    .map(Integer::longValue)
                    .toList()),
            members.site(layer, "kernel", 0))
        && sizes.checkRow(
            "the number of values with the padding",
            SizeRules.product(Stream.concat(
                    Stream.of((long) geometry.input().first()),
                    IntStream.range(0, geometry.kernel().size()).mapToObj(geometry::padded))
                .toList()),
            MapLayout.ROOM,
            members.site(layer, "padding", 0));
  }
}
