package dev.gradpoet.onnx.wire;

/** Makes text from untrusted files fit for messages and for generated comments: short, and without control characters. */
public final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  /** The text, shortened, with control characters replaced. */
  public static String text(String text) {
    String begin = text.length() > LONGEST ? text.substring(0, LONGEST - 3) + "..." : text;
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < begin.length(); i++) {
      char c = begin.charAt(i);
      boolean plain = switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.PRIVATE_USE,
            Character.SURROGATE,
            Character.UNASSIGNED -> false;
        default -> true;
      };
      shown.append(plain ? String.valueOf(c) : "?");
    }
    return shown.toString();
  }
}
