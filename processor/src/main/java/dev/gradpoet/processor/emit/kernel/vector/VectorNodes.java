package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Estimates the maximum number of nodes that C2 of JDK 17 creates for vector code. At 18,000 it postpones the inlining of the rest of a method, and
 * vectors there may then always be objects. The number for an operation depends on earlier code: about 110, or four times that if methods of the
 * Vector API have been compiled for one kind of operation and then used for others, as in a virtual machine with several networks. A warm network
 * must never allocate, so the larger number counts. C2 of JDK 25 creates at most about 130 for any operation.
 *
 * <p>The body of a loop counts once: C2 unrolls loops later.
 */
public final class VectorNodes {

  /** The maximum for a method: the limit, less the nodes of code that is not a vector operation. */
  public static final int MOST = 17_300;

  /** The maximum for code that takes no longer than a call. */
  public static final int FEW = 5_000;

  private static final String NUMBER = "(?:-?[0-9][0-9.E-]*f?|Float\\.[A-Z]\\w*)";

  private enum Operation {
    LOAD("\\.fromArray\\(", 270),
    STORE("\\.intoArray\\(", 240),
    BROADCAST("\\.broadcast\\(", 160),
    FMA("\\.fma\\(", 490),
    WITH_WHOLE("\\.(?:add|sub)\\(-?[0-9]+\\)", 900),
    WITH_NUMBER("\\.(?:add|sub|mul|div|max|min)\\(" + NUMBER + "\\)", 790),
    BINARY("\\.(?:add|sub|mul|div|max|min)\\(", 515),
    UNARY("\\.(?:neg|abs)\\(", 430),
    COMPARE_NUMBER("\\.compare\\([\\w.]+, " + NUMBER + "\\)", 560),
    COMPARE("\\.compare\\(", 330),
    BLEND_NUMBER("\\.blend\\(" + NUMBER + ",", 560),
    BLEND("\\.blend\\(", 330),
    ROOT("\\.sqrt\\(", 500),
    BITS("\\.lanewise\\(", 480),
    REINTERPRET("\\.reinterpretAs", 380);

    private final String pattern;
    private final int nodes;

    Operation(String pattern, int nodes) {
      this.pattern = pattern;
      this.nodes = nodes;
    }
  }

  private static final Pattern OPERATIONS;

  static {
    StringBuilder all = new StringBuilder();
    for (Operation operation : Operation.values()) {
      all.append(all.length() == 0 ? "" : "|")
          .append('(')
          .append(operation.pattern)
          .append(')');
    }
    OPERATIONS = Pattern.compile(all.toString());
  }

  private VectorNodes() {}

  /** The estimated number of nodes for printed code. */
  public static int of(CodeBlock code) {
    Matcher operations = OPERATIONS.matcher(code.toString());
    int nodes = 0;
    while (operations.find()) {
      for (Operation operation : Operation.values()) {
        if (operations.group(operation.ordinal() + 1) != null) {
          nodes += operation.nodes;
        }
      }
    }
    return nodes;
  }

  /** Whether one method may hold the code. */
  public static boolean fits(CodeBlock code) {
    return of(code) <= MOST;
  }
}
