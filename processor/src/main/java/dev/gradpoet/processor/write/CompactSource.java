package dev.gradpoet.processor.write;

import java.util.regex.Pattern;

/**
 * Joins lines of JavaPoet's output that contain very little, so that more of a class fits on a screen. Patterns consume what is before the place that
 * they change: a look behind it would be tried at every character, and take longer than all else that the processor does.
 */
final class CompactSource {

  /** A one-line Javadoc comment, printed on three lines. */
  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.{1,140})\\n *\\*/$");

  /** The empty line between two one-line fields, the second perhaps with one line of Javadoc. */
  private static final Pattern BETWEEN_FIELDS =
      Pattern.compile("(?m)(;\\n)\\n(?=( +/\\*\\* .* \\*/\\n)? +[a-zA-Z][^{\\n]*;$)");

  /** {@code @Override} on a separate line. */
  private static final Pattern OVERRIDE =
      Pattern.compile("(?m)^( *@Override)\\n *(?=public |protected |void )");

  /** A method that only calls a loop over vectors, printed on three lines. */
  private static final Pattern CALL_OF_LOOP = Pattern.compile(
      "(?m)^(.{1,100}\\) \\{)\\n +((?:return )?Loops\\.[^\\n]{1,60};)\\n +(?=\\}$)");

  /** The annotation of a nested class, on a separate line. */
  private static final Pattern MARK_OF_NESTED =
      Pattern.compile("(?m)^( +@GeneratedNetwork)\\n +(?=[a-z ]*class )");

  private CompactSource() {}

  /** The same source in fewer lines. */
  static String of(String source) {
    String compact = SHORT_JAVADOC.matcher(source).replaceAll("$1/** $2 */");
    compact = OVERRIDE.matcher(compact).replaceAll("$1 ");
    compact = MARK_OF_NESTED.matcher(compact).replaceAll("$1 ");
    compact = CALL_OF_LOOP.matcher(compact).replaceAll("$1 $2 ");
    return BETWEEN_FIELDS.matcher(compact).replaceAll("$1");
  }
}
