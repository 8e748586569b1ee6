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
 * A declaration as written in the source, valid or not. Members that are not written are empty.
 *
 * @param type the annotated type
 * @param annotation the position of {@code @Network}
 * @param input the width of the input
 * @param layers the widths of the shorthand
 * @param activation the activation of the shorthand's hidden layers
 * @param outputActivation the activation of the shorthand's last layer
 * @param loss the loss
 * @param dtype the dtype
 * @param init the initialization
 * @param activationOptions the options of the shorthand's {@code activation}
 * @param lossOptions the options of the loss
 * @param methods the methods in order
 * @param surroundings the context of the declaration
 */
public record NetworkSpec(
    Sited<DeclaredType> type,
    Site annotation,
    Optional<Sited<List<Sited<Integer>>>> input,
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
   * The type that is annotated with {@code @Network}.
   *
   * @param packageName the package
   * @param simpleNames the simple names of the enclosing types, outermost first, and of the type itself
   * @param kind {@code interface}, {@code class}, ...
   * @param generic whether it has type parameters
   * @param sealed whether it is sealed and does not permit the generated class
   * @param visible whether it and all enclosing types are public
   * @param hidden the name of the private type that makes it inaccessible, if there is one
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
   * @param site its position, or that of the interface if another type declares it
   */
  public record MemberSpec(String name, boolean type, Site site) {}

  /**
   * {@code @ActivationOptions}.
   *
   * @param site its position
   * @param numbers the options that are written, by name
   */
  public record ActivationOptionsSpec(Site site, Map<String, Sited<Double>> numbers) {}

  /**
   * {@code @LossOptions}.
   *
   * @param site its position
   * @param reduction the reduction
   * @param numbers the options that are a number and are written, by name
   * @param weights the options that are a list of numbers and are written, by name
   * @param logTarget whether the target contains log-probabilities
   */
  public record LossOptionsSpec(
      Site site,
      Optional<Sited<Reduction>> reduction,
      Map<String, Sited<Double>> numbers,
      Map<String, Sited<List<Sited<Double>>>> weights,
      Optional<Sited<Boolean>> logTarget) {}

  /**
   * The context of a declaration.
   *
   * @param runtime whether the runtime is readable
   * @param packages the first names of packages that are hidden by a class in the package of the interface
   * @param warnings whether warnings are not suppressed
   */
  public record Surroundings(boolean runtime, List<String> packages, boolean warnings) {}

  /**
   * {@code @Input}.
   *
   * @param site its position
   * @param sizes the shape of one sample
   * @param classes the number of classes
   */
  public record InputSpec(
      Site site, Sited<List<Sited<Integer>>> sizes, Optional<Sited<Integer>> classes) {}

  /**
   * A method of the interface.
   *
   * @param name its name
   * @param site its position
   * @param hasBody whether it is default, static or private
   * @param form how it differs from {@code Layer name();}, if it does
   * @param input its {@code @Input}
   * @param layers its layer annotations
   * @param activationOptions the options of its activation
   */
  public record MethodSpec(
      String name,
      Site site,
      boolean hasBody,
      Optional<String> form,
      Optional<InputSpec> input,
      List<LayerSpec> layers,
      Optional<ActivationOptionsSpec> activationOptions) {}
}
