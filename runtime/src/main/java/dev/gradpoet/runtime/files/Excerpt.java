package dev.gradpoet.runtime.files;

import java.nio.file.Path;
import java.util.Collection;

/** Makes names, paths and shapes from untrusted sources safe for messages: short, and without control characters. */
public final class Excerpt {

  /** The maximum length of a message about a file. */
  public static final int LONGEST_MESSAGE = 299;

  private static final int LONGEST_PATH = 120;
  private static final int LONGEST_NAME = 40;
  private static final String CUT = "...";

  private Excerpt() {}

  /** A message, truncated if it is too long. */
  public static String message(String text) {
    return text.length() <= LONGEST_MESSAGE
        ? text
        : text.substring(0, LONGEST_MESSAGE - CUT.length()) + CUT;
  }

  /** The path as the user gave it; of a long path, the beginning and the end. */
  public static String path(Path path) {
    String text = printable(path.toString());
    if (text.length() <= LONGEST_PATH) {
      return text;
    }
    int begin = LONGEST_PATH / 3;
    return text.substring(0, begin)
        + CUT
        + text.substring(text.length() - (LONGEST_PATH - begin - CUT.length()));
  }

  /** A name in quotation marks. */
  public static String name(String name) {
    return '"' + shortened(name, LONGEST_NAME) + '"';
  }

  /** A text, truncated to a maximum number of characters. */
  public static String shortened(String text, int most) {
    // Nothing beyond the cut is examined: a text may have millions of characters.
    String printable = printable(text.length() > most ? text.substring(0, most + 1) : text);
    return printable.length() <= most
        ? printable
        : printable.substring(0, most - CUT.length()) + CUT;
  }

  /** {@code [a, b]}, or {@code [a, b, and 7 more]} if all of them would exceed a maximum number of characters. */
  public static String names(Collection<String> names, int most) {
    StringBuilder list = new StringBuilder("[");
    int left = names.size();
    for (String name : names) {
      String next = shortened(name, LONGEST_NAME);
      String more = ", and " + left + " more";
      boolean last = left == 1;
      if (left < names.size()
          && list.length() + next.length() + 2 + (last ? 1 : more.length() + 1) > most) {
        return list.append(more).append(']').toString();
      }
      list.append(left < names.size() ? ", " : "").append(next);
      left--;
    }
    return list.append(']').toString();
  }

  /** A shape, truncated if it is long. */
  public static String shape(long... sizes) {
    StringBuilder shape = new StringBuilder("[");
    for (int d = 0; d < sizes.length; d++) {
      if (shape.length() > LONGEST_NAME) {
        return shape.append(", and ").append(sizes.length - d).append(" more]").toString();
      }
      shape.append(d == 0 ? "" : ", ").append(sizes[d]);
    }
    return shape.append(']').toString();
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(code -> {
      if (isPrintable(code)) {
        printable.appendCodePoint(code);
      } else {
        for (char unit : Character.toChars(code)) {
          printable.append("\\u").append(String.format("%04x", (int) unit));
        }
      }
    });
    return printable.toString();
  }

  private static boolean isPrintable(int code) {
    return switch (Character.getType(code)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
