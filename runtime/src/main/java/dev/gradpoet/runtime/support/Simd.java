package dev.gradpoet.runtime.support;

import java.lang.System.Logger.Level;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether a generated class runs its vector kernels or its plain ones, which compute the same bits. The system property {@code
 * gradpoet.simd} overrules: {@code off} never, {@code force} wherever the module of the vectors is there, {@code auto} (the default) where they
 * pay. That plain kernels run although nobody requested it, and why, is logged by {@code dev.gradpoet}, once per run of the virtual machine.
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
    /** The module is not resolved, or not there at all. */
    NOT_READABLE("they need the java option --add-modules %1$s"),
    /** Vectors would be objects. */
    NOT_COMPILED(
        "this virtual machine (%2$s) does not compile the Vector API to vector instructions"),
    /** Fused multiply-adds would be slow. */
    NO_FMA("this machine has no fast fused multiply-add");

    private static final String NOT_THERE =
        "this runtime has no module %1$s; a jlink image needs --add-modules %1$s";

    private final String reason;

    Decision(String reason) {
      this.reason = reason;
    }

    /** The sentence for the log; it is said of the first such network alone. */
    String text(String module, String network, VirtualMachine machine) {
      String why = this == NOT_READABLE && !isInRuntime(module) ? NOT_THERE : reason;
      return network + " uses its plain kernels, not the faster vector kernels: "
          + why.formatted(module, machine.name() + ", " + machine.info())
          + " (to suppress this message, start java with -D" + PROPERTY + "=off)";
    }

    /** Whether there is nothing to say: a logger takes longer to start than a network, so nothing is said of what goes as it should. */
    private boolean isExpected() {
      return this == SWITCHED_OFF || this == VECTORS;
    }
  }

  /**
   * Whether vector kernels are used. If not, it is said once why, unless the user wants the plain ones.
   *
   * @param module the module of the vectors
   * @param network the generated class
   */
  public static boolean isUsable(String module, Class<?> network) {
    boolean readable = Asked.WISH != Wish.OFF && isReadable(module, network.getModule());
    Decision decision = decide(Asked.WISH, readable, Asked.MACHINE);
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
   * @param readable whether the module of the vectors can be read
   */
  static Decision decide(Wish wish, boolean readable, VirtualMachine machine) {
    if (wish == Wish.OFF) {
      return Decision.SWITCHED_OFF;
    }
    if (!readable) {
      return Decision.NOT_READABLE;
    }
    if (wish == Wish.FORCE) {
      return Decision.VECTORS;
    }
    if (!machine.compilesVectors()) {
      return Decision.NOT_COMPILED;
    }
    return machine.hasFma() ? Decision.VECTORS : Decision.NO_FMA;
  }

  /** Whether a module can read another one. */
  static boolean isReadable(String name, Module reader) {
    ModuleLayer layer = reader.getLayer() == null ? ModuleLayer.boot() : reader.getLayer();
    Optional<Module> module = find(name, layer);
    return module.isPresent() && reader.canRead(module.get());
  }

  /** {@code ModuleLayer.findModule}, which searches the parents of a layer with streams, and these take 15 ms when a program starts. */
  private static Optional<Module> find(String name, ModuleLayer layer) {
    for (ResolvedModule module : layer.configuration().modules()) {
      if (module.name().equals(name)) {
        return layer.findModule(name);
      }
    }
    for (ModuleLayer parent : layer.parents()) {
      Optional<Module> module = find(name, parent);
      if (module.isPresent()) {
        return module;
      }
    }
    return Optional.empty();
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
    if (!decision.isExpected() && Asked.SAID.add(decision)) {
      new Message(Level.INFO) {
        @Override
        String text() {
          return decision.text(module, network.getSimpleName(), Asked.MACHINE);
        }
      }.log();
    }
  }

  /**
   * A message, logged on a thread of its own, because the first message of a program takes longer than its first prediction. The virtual machine waits for
   * the thread before it ends.
   */
  private abstract static class Message implements Runnable {

    private final Level level;

    Message(Level level) {
      this.level = level;
    }

    abstract String text();

    final void log() {
      Thread thread = new Thread(null, this, "gradpoet-log", 0, false);
      thread.setDaemon(false);
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        // no more threads: the network works without the message
      }
    }

    /** Logs; a logger that fails, of which there are all kinds, must not fail the program. */
    @Override
    public final void run() {
      try {
        System.getLogger("dev.gradpoet").log(level, text());
      } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
        // nobody is left to tell
      }
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
        new Message(Level.WARNING) {
          @Override
          String text() {
            return PROPERTY + " is \"" + value + "\", expected auto, off or force: taken as auto";
          }
        }.log();
      }
      return wish;
    }

    private static VirtualMachine machine() {
      VirtualMachine machine = VirtualMachine.current();
      if (!machine.hasFma()) {
        // of plain kernels, too: who lacks the instruction should know
        new Message(Level.WARNING) {
          @Override
          String text() {
            return "Math.fma takes " + Math.round(machine.fma())
                + " ns here, because the processor, or an option such as UseAVX, has no instruction for it: results are right, but slow";
          }
        }.log();
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
