package dev.gradpoet.training;

import java.io.Console;

/** Whether the output of the program goes to a terminal that can redraw a line. */
final class Terminal {

  private static final int CONSOLE_MAY_BE_REDIRECTED = 22;

  private Terminal() {}

  static boolean isPresent() {
    Console console = System.console();
    return isPresent(
        console != null,
        console != null && isTerminal(console),
        System.getenv("TERM"),
        System.getProperty("os.name"));
  }

  /**
   * The decision. Windows sets no {@code TERM}; elsewhere a terminal does.
   *
   * @param hasConsole whether there is a {@link System#console()}
   * @param isTerminal whether that is a terminal
   * @param term the environment variable {@code TERM}; null if it is not set
   * @param os the system property {@code os.name}
   */
  static boolean isPresent(boolean hasConsole, boolean isTerminal, String term, String os) {
    boolean redraws =
        term == null || term.isEmpty() ? os.startsWith("Windows") : !term.equals("dumb");
    return hasConsole && isTerminal && redraws;
  }

  /** From JDK 22 on there may be a console even if the output is redirected; its method {@code isTerminal} is as new. */
  private static boolean isTerminal(Console console) {
    if (Runtime.version().feature() < CONSOLE_MAY_BE_REDIRECTED) {
      return true;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
