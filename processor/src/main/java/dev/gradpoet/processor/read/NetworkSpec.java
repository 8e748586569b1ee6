package dev.gradpoet.processor.read;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.diagnostic.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A declaration as it is written, right or wrong. A member that is not written is empty.
 *
 * @param type what {@code @Network} stands on
 * @param annotation the place of {@code @Network}
 * @param input the width of the input
 * @param layers the widths of the shorthand
 * @param activation the activation of the shorthand's hidden layers
 * @param outputActivation the activation of the shorthand's last layer
 * @param loss the loss
 * @param dtype the dtype
 * @param init the initialisation
 * @param activationOptions the options of the shorthand's {@code activation}
 * @param lossOptions the options of the loss
 * @param methods the methods in order
 * @param surroundings what else is there
 */
public record NetworkSpec(
    Sited<DeclaredType> type,
    Site annotation,
    Optional<Sited<Integer>> input,
    Optional<Sited<List<Sited<Integer>>>> layers,
    Optional<Sited<Activation>> activation,
    Optional<Sited<Activation>> outputActivation,
    Optional<Sited<Loss>> loss,
    Optional<Sited<DType>> dtype,
    Optional<Sited<Init>> init,
    Optional<ActivationOptionsSpec> activationOptions,
    Optional<LossOptionsSpec> lossOptions,
    List<MethodSpec> methods,
    Surroundings surroundings) {

  /** The first names of the packages that generated classes use. */
  public static final List<String> PACKAGES = List.of("dev", "java", "jdk");

  /**
   * What {@code @Network} stands on.
   *
   * @param packageName the package
   * @param simpleNames the names of the enclosing types, outermost first, and its own
   * @param kind {@code interface}, {@code class}, ...
   * @param generic whether it has type parameters
   * @param sealed whether it is sealed and does not permit the generated class
   * @param visible whether it and all enclosing types are public
   * @param hidden the name of the private type in the way, if there is one
   * @param members the types and constants that a class inherits from it
   */
  public record DeclaredType(
      String packageName,
      List<String> simpleNames,
      String kind,
      boolean generic,
      boolean sealed,
      boolean visible,
      Optional<String> hidden,
      List<MemberSpec> members) {

    /** The simple name of the class that is generated for an interface with these names: {@code A_B_DigitsNetwork}. */
    public static String generatedName(List<String> simpleNames) {
      return String.join("_", simpleNames) + "Network";
    }
  }

  /**
   * A type or a constant that a class inherits from the interface.
   *
   * @param name its name
   * @param type whether it is a type
   * @param site its place, or that of the interface if another type declares it
   */
  public record MemberSpec(String name, boolean type, Site site) {}

  /**
   * {@code @ActivationOptions}.
   *
   * @param site its place
   * @param numbers the options that are written, by name
   */
  public record ActivationOptionsSpec(Site site, Map<String, Sited<Double>> numbers) {}

  /**
   * {@code @LossOptions}.
   *
   * @param site its place
   * @param reduction the reduction
   * @param numbers the options that are a number and are written, by name
   * @param weights those that are a list of numbers
   * @param logTarget whether the target holds logarithms
   */
  public record LossOptionsSpec(
      Site site,
      Optional<Sited<Reduction>> reduction,
      Map<String, Sited<Double>> numbers,
      Map<String, Sited<List<Sited<Double>>>> weights,
      Optional<Sited<Boolean>> logTarget) {}

  /**
   * What there is besides the declaration.
   *
   * @param runtime whether the runtime can be read
   * @param packages the first names of packages that a class beside the interface hides
   * @param warnings whether the user wants our warnings
   */
  public record Surroundings(boolean runtime, List<String> packages, boolean warnings) {}

  /**
   * A method of the interface.
   *
   * @param name its name
   * @param site its place
   * @param hasBody whether it is default, static or private
   * @param form what is different from {@code Layer name();}, if anything
   * @param layers its layer annotations
   * @param activationOptions the options of its activation
   */
  public record MethodSpec(
      String name,
      Site site,
      boolean hasBody,
      Optional<String> form,
      List<LayerSpec> layers,
      Optional<ActivationOptionsSpec> activationOptions) {}
}
