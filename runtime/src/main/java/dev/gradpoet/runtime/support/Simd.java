package dev.gradpoet.runtime.support;

import java.lang.System.Logger.Level;
import java.lang.module.ModuleFinder;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether a generated class runs its vector kernels or its plain ones, which compute the same bits. The system property {@code
 * gradpoet.simd} overrules: {@code off} never, {@code force} wherever the module of the vectors is there, {@code auto} (the default) where they
 * pay. The decision is logged by {@code dev.gradpoet}, once per run of the virtual machine, unless the property requests it.
 */
public final class Simd {

  private static final String PROPERTY = "gradpoet.simd";

  private Simd() {}

  /** What {@code gradpoet.simd} asks for. */
  enum Wish {
    AUTO,
    OFF,
    FORCE,
    /** A value that is none of the others; it counts as auto. */
    UNKNOWN;

    static Wish of(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "auto" -> AUTO;
        case "off" -> OFF;
        case "force" -> FORCE;
        default -> UNKNOWN;
      };
    }
  }

  /** Which kernels a network runs, and why. */
  enum Decision {
    /** The vector kernels. */
    VECTORS(""),
    /** The user wants the plain ones. */
    SWITCHED_OFF(""),
    /** There are no others. */
    NOT_GENERATED(
        "it was compiled without them; to get them, start javac and java with --add-modules %1$s"),
    /** The module is not resolved. */
    NOT_READABLE("they need the java option --add-modules %1$s"),
    /** The module is not there at all. */
    NOT_THERE("this runtime has no module %1$s; a jlink image needs --add-modules %1$s"),
    /** Vectors would be objects. */
    NOT_COMPILED(
        "this virtual machine (%2$s) does not compile the Vector API to vector instructions"),
    /** Fused multiply-adds would be slow. */
    NO_FMA("this machine has no fast fused multiply-add");

    private final String reason;

    Decision(String reason) {
      this.reason = reason;
    }

    /** The sentence for the log; it is said of the first such network alone. */
    String text(String module, String network, VirtualMachine machine) {
      return this == VECTORS
          ? network + " uses its vector kernels"
          : network + " uses its plain kernels, not the faster vector kernels: "
              + reason.formatted(module, machine.name() + ", " + machine.info())
              + " (to suppress this message, start java with -D" + PROPERTY + "=off)";
    }

    private boolean isAskedFor(Wish wish) {
      return this == SWITCHED_OFF || (this == VECTORS && wish == Wish.FORCE);
    }
  }

  /**
   * Whether vector kernels are used. What is used, and why, is said once.
   *
   * @param module the module of the vectors
   * @param network the generated class
   */
  public static boolean isUsable(String module, Class<?> network) {
    Decision decision = decide(Asked.WISH, presence(module, network.getModule()), Asked.MACHINE);
    say(decision, module, network);
    return decision == Decision.VECTORS;
  }

  /**
   * Says once that a class has no vector kernels.
   *
   * @param module the module of the vectors
   * @param network the generated class
   */
  public static void isPlain(String module, Class<?> network) {
    say(Asked.WISH == Wish.OFF ? Decision.SWITCHED_OFF : Decision.NOT_GENERATED, module, network);
  }

  /**
   * The decision for a class that has vector kernels.
   *
   * @param presence {@link Decision#VECTORS} where the module of the vectors can be read
   */
  static Decision decide(Wish wish, Decision presence, VirtualMachine machine) {
    if (wish == Wish.OFF) {
      return Decision.SWITCHED_OFF;
    }
    if (presence != Decision.VECTORS || wish == Wish.FORCE) {
      return presence;
    }
    if (!machine.compilesVectors()) {
      return Decision.NOT_COMPILED;
    }
    return machine.hasFma() ? Decision.VECTORS : Decision.NO_FMA;
  }

  /** Whether a module can read another one, and if not, why. */
  static Decision presence(String name, Module reader) {
    ModuleLayer layer = reader.getLayer() == null ? ModuleLayer.boot() : reader.getLayer();
    Optional<Module> module = layer.findModule(name);
    if (module.isPresent() && reader.canRead(module.get())) {
      return Decision.VECTORS;
    }
    return isInRuntime(name) ? Decision.NOT_READABLE : Decision.NOT_THERE;
  }

  private static boolean isInRuntime(String module) {
    try {
      return ModuleFinder.ofSystem().find(module).isPresent();
    } catch (RuntimeException | Error e) {
      // native images have no such finder: this is for the wording of a message alone
      return false;
    }
  }

  private static void say(Decision decision, String module, Class<?> network) {
    if (!decision.isAskedFor(Asked.WISH) && Asked.SAID.add(decision)) {
      log(Level.INFO, decision.text(module, network.getSimpleName(), Asked.MACHINE));
    }
  }

  /** Logs; a logger that fails, of which there are all kinds, must not fail the network. */
  private static void log(Level level, String text) {
    try {
      System.getLogger("dev.gradpoet").log(level, text);
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      // nobody is left to tell
    }
  }

  /** What is asked once in the life of a virtual machine; initializing this class is that once. */
  private static final class Asked {
    static final Set<Decision> SAID = ConcurrentHashMap.newKeySet();
    static final Wish WISH = wish();
    static final VirtualMachine MACHINE = machine();

    private Asked() {}

    private static Wish wish() {
      String value = VirtualMachine.property(PROPERTY, "auto");
      Wish wish = Wish.of(value);
      if (wish == Wish.UNKNOWN) {
        log(
            Level.WARNING,
            PROPERTY + " is \"" + value + "\", expected auto, off or force: taken as auto");
      }
      return wish;
    }

    private static VirtualMachine machine() {
      VirtualMachine machine = VirtualMachine.current();
      if (!machine.hasFma()) {
        // of plain kernels, too: who lacks the instruction should know
        log(
            Level.WARNING,
            "Math.fma takes " + Math.round(machine.fma())
                + " ns here, because the processor, or an option such as UseAVX, has no instruction for it: results are right, but slow");
      }
      return machine;
    }
  }

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
}
