package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.Shown;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The inputs that a model reads, and what is wrong with them.
 *
 * @param readable in the order of the model
 * @param unreadable the names of the others
 * @param problems all of them
 * @param type in which the network computes: {@code FLOAT} or {@code DOUBLE}
 * @param count the number of rows, if the model fixes it
 */
record ModelInputs(
    List<InputRows> readable,
    List<String> unreadable,
    List<UnfitException> problems,
    ElementType type,
    OptionalLong count) {

  /** The limit of a declaration. */
  private static final int MOST = 64;

  static ModelInputs of(List<ValueInfoProto> inputs, Optional<ElementType> output) {
    List<InputRows> readable = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    List<UnfitException> problems = new ArrayList<>();
    for (ValueInfoProto input : inputs) {
      try {
        readable.add(InputRows.of(input));
      } catch (UnfitException e) {
        unreadable.add(input.name());
        problems.add(e);
      }
    }
    if (inputs.size() > MOST) {
      problems.add(new UnfitException(
          "it reads " + inputs.size() + " inputs, expected at most " + MOST,
          "join inputs of the same kind in the model"));
    }
    List<ElementType> types = readable.stream()
        .filter(rows -> !rows.holdsIntegers())
        .map(InputRows::type)
        .distinct()
        .toList();
    if (types.size() > 1) {
      problems.add(new UnfitException(
          "its inputs are of types " + listed(readable, InputRows::type) + ", expected one",
          "a network computes in one type: give all inputs of numbers the same in the model"));
    }
    List<OptionalLong> counts =
        readable.stream().map(InputRows::count).distinct().toList();
    if (counts.size() > 1) {
      problems.add(
          new UnfitException(
              "its inputs have these numbers of rows: "
                  + listed(
                      readable, rows -> rows.count().isPresent() ? rows.count().getAsLong() : "any")
                  + ", expected the same for all",
              "a network reads a row of each input at once: give all the same first dimension in the model"));
    }
    ElementType of = output.filter(ElementType.DOUBLE::equals).orElse(ElementType.FLOAT);
    return new ModelInputs(
        readable,
        unreadable,
        problems,
        types.isEmpty() ? of : types.get(0),
        counts.size() == 1 ? counts.get(0) : OptionalLong.empty());
  }

  private interface Of {
    Object value(InputRows rows);
  }

  private static String listed(List<InputRows> inputs, Of of) {
    return String.join(
        ", ",
        inputs.stream()
            .map(rows -> Shown.text(rows.name()) + " " + of.value(rows))
            .toList());
  }
}
