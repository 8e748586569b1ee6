package dev.gradpoet.runtime.support;

import java.lang.System.Logger.Level;
import java.lang.module.ModuleFinder;
import java.util.Locale;

/**
 * Decides whether a generated class runs its vector kernels or its plain ones, which compute the same bits. The system property {@code
 * gradpoet.simd} overrules: {@code off} never, {@code force} wherever the module of the vectors is there, {@code auto} (the default) where they
 * pay.
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

  /**
   * Whether vector kernels are used. What leaves speed behind is said once, through the logger {@code dev.gradpoet}.
   *
   * @param module the module of the vectors
   * @param network the generated class
   */
  public static boolean isUsable(String module, Class<?> network) {
    // asked even where it decides nothing: who lacks the instruction should know
    boolean worthwhile = isWorthwhile(Asked.MACHINE);
    return decide(Asked.WISH, isReadable(module, network.getModule()), worthwhile);
  }

  private static boolean decide(Wish wish, boolean readable, boolean worthwhile) {
    if (wish == Wish.OFF) {
      return false;
    }
    if (!readable) {
      NoModule.say();
      return false;
    }
    return wish == Wish.FORCE || worthwhile;
  }

  static boolean isWorthwhile(VirtualMachine machine) {
    return machine.compilesVectors() && machine.hasFma();
  }

  static boolean isReadable(String name, Module reader) {
    ModuleLayer layer = reader.getLayer() == null ? ModuleLayer.boot() : reader.getLayer();
    return layer.findModule(name).filter(reader::canRead).isPresent();
  }

  private static void log(Level level, String text) {
    System.getLogger("dev.gradpoet").log(level, text);
  }

  /** What is asked once in the life of a virtual machine; initializing this class is that once. */
  private static final class Asked {
    static final Wish WISH = wish();
    static final VirtualMachine MACHINE = machine();

    private Asked() {}

    private static Wish wish() {
      String value = System.getProperty(PROPERTY, "auto");
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
        log(
            Level.WARNING,
            "Math.fma takes " + Math.round(machine.fma())
                + " ns here, because the processor, or an option such as UseAVX, has no instruction for it: results are right, but slow");
      }
      return machine;
    }
  }

  /** Says once that there are faster kernels. */
  private static final class NoModule {

    static {
      // asked of the system: the runtime does not know the module, whose name will change when it
      // leaves incubation
      String module = ModuleFinder.ofSystem().findAll().stream()
          .map(reference -> reference.descriptor().name())
          .filter(name -> name.endsWith(".vector"))
          .findFirst()
          .orElse("the module of the Vector API, which this runtime image lacks");
      log(
          Level.INFO,
          "networks run their plain kernels; for the faster vector kernels start java with --add-modules "
              + module + ", for silence with -Dgradpoet.simd=off");
    }

    private NoModule() {}

    /** Nothing but the first use, which initializes this class. */
    static void say() {}
  }
}
