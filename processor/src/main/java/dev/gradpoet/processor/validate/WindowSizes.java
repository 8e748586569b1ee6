package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.Sited;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Validates the members of windows that have one number for all dimensions, or one for each. */
final class WindowSizes {

  private final Problems problems;

  WindowSizes(Problems problems) {
    this.problems = problems;
  }

  /** The numbers of a member, one for each dimension. A member that is not written is 1 in each; of {@code kernel}, which must be written, there are then none. */
  Optional<List<Integer>> of(LayerSpec layer, String member, int dims) {
    Sited<List<Sited<Integer>>> written = layer.sizes().get(member);
    if (written == null) {
      return member.equals("kernel") ? Optional.empty() : Optional.of(Collections.nCopies(dims, 1));
    }
    int count = written.value().size();
    if (count != 1 && count != dims) {
      return wrongCount(
          written,
          member,
          dims == 1 ? "1" : "1, or " + dims + ": one for each dimension, {height, width}");
    }
    return atLeast(member, written, 1, dims);
  }

  /** The padding: all beginnings, then all ends. */
  Optional<List<Integer>> padding(LayerSpec layer, int dims) {
    Sited<List<Sited<Integer>>> written = layer.sizes().get("padding");
    if (written == null) {
      return Optional.of(Collections.nCopies(2 * dims, 0));
    }
    int count = written.value().size();
    if (count != 1 && count != dims && count != 2 * dims) {
      return wrongCount(
          written,
          "padding",
          dims == 1
              ? "1, or 2: {left, right}"
              : "1, or 2: {height, width}, or 4: {top, left, bottom, right}");
    }
    return atLeast("padding", written, 0, 2 * dims);
  }

  /** Where a number of a member is written, in the order of {@link #of} or {@link #padding}; the layer if it is not. */
  Site site(LayerSpec layer, String member, int index) {
    Sited<List<Sited<Integer>>> written = layer.sizes().get(member);
    return written == null
        ? layer.site()
        : written.value().get(index % written.value().size()).site();
  }

  private Optional<List<Integer>> wrongCount(
      Sited<List<Sited<Integer>>> written, String member, String expected) {
    problems.add(
        ProblemCode.MEMBER_OUT_OF_RANGE,
        written.site(),
        member + " has " + written.value().size() + " values, expected " + expected);
    return Optional.empty();
  }

  /** So many numbers, which repeat those that are written. */
  private Optional<List<Integer>> atLeast(
      String member, Sited<List<Sited<Integer>>> written, int least, int count) {
    List<Sited<Integer>> values = written.value();
    for (Sited<Integer> value : values) {
      if (value.value() < least) {
        problems.add(
            ProblemCode.MEMBER_OUT_OF_RANGE,
            value.site(),
            member + " is " + value.value() + ", expected at least " + least);
      }
    }
    return values.stream().allMatch(value -> value.value() >= least)
        ? Optional.of(IntStream.range(0, count)
            .map(i -> values.get(i % values.size()).value())
            .boxed()
            .toList())
        : Optional.empty();
  }
}
