package dev.gradpoet.runtime.support;

/**
 * What a Java virtual machine says of itself, as far as vector kernels care.
 *
 * @param name {@code java.vm.name}
 * @param info {@code java.vm.info}: how it runs byte code
 * @param otherCompiler whether a compiler written in Java may take C2's place
 * @param fma nanoseconds of one {@code Math.fma}: some 20 in the machine, over 2000 without
 */
record VirtualMachine(String name, String info, boolean otherCompiler, double fma) {

  private static final double SLOWEST_FMA = 300;
  private static final int ROUNDS = 8;
  private static final int CALLS = 32;

  /** This one. */
  static VirtualMachine current() {
    return new VirtualMachine(
        property("java.vm.name", ""),
        property("java.vm.info", ""),
        Boolean.getBoolean("jdk.internal.vm.ci.enabled"),
        nanosecondsOfFma());
  }

  /** Whether HotSpot's C2 compiles: every other compiler makes objects of vectors. */
  boolean compilesVectors() {
    boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");
    boolean optimizes = !info.contains("interpreted") && !info.contains("emulated-client");
    return hotSpot && !name.contains("OpenJ9") && optimizes && !otherCompiler;
  }

  /** Whether the processor multiplies and adds in one step. */
  boolean hasFma() {
    return fma < SLOWEST_FMA;
  }

  /** A system property, or the default where there is none, or where it may not be read. */
  static String property(String name, String otherwise) {
    try {
      return System.getProperty(name, otherwise);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  private static double nanosecondsOfFma() {
    float x = 0;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.5f, 1f);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    // the sum is near 2: what is never used would not be computed
    return x > 0 ? (double) best / CALLS : Double.MAX_VALUE;
  }
}
