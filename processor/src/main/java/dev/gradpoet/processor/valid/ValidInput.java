package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An input.
 *
 * @param name the name by which layers refer to it
 * @param shape the shape of one sample
 * @param classes the number of classes if it holds class indices
 * @param method whether a method of the interface declares it
 */
public record ValidInput(String name, Shape shape, OptionalInt classes, boolean method) {

  private static final Pattern WORD = Pattern.compile("(?<=[\\p{Ll}0-9])(?=\\p{Lu})");

  /** The constant of an input among several: {@code ZIP_CODES_INPUTS} of {@code zipCodes}. */
  public static String constant(String name) {
    return WORD.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT) + "_INPUTS";
  }

  /** The only input of a declaration that does not name it. */
  public static ValidInput unnamed(Shape shape) {
    return new ValidInput(ValidSpec.INPUT, shape, OptionalInt.empty(), false);
  }
}
