package dev.gradpoet.processor.diagnostic;

/** The codes of all problems. A code never changes its number, so that users can search for it. */
public enum ProblemCode {
  /** {@code @Network} is not on an interface. */
  NOT_AN_INTERFACE(1),
  /** The generated class could not access the interface. */
  PRIVATE_INTERFACE(2),
  /** The interface has type parameters. */
  GENERIC_INTERFACE(3),
  /** There is no layer. */
  NO_LAYERS(4),
  /** The shorthand is combined with one method per layer. */
  BOTH_FORMS(5),
  /** One method per layer, but no {@code input}. */
  MISSING_INPUT(6),
  /** A width below 1. */
  SIZE_NOT_POSITIVE(7),
  /** A product of sizes beyond int range. */
  TOO_LARGE(8),
  /** {@code from} names an unknown layer. */
  UNKNOWN_SOURCE(9),
  /** {@code from} names a later layer. */
  LATER_SOURCE(10),
  /** {@code from} names the layer itself. */
  OWN_SOURCE(11),
  /** A merge of fewer than two layers. */
  TOO_FEW_SOURCES(12),
  /** A merge of more layers than can be passed to a method. */
  TOO_MANY_SOURCES(13),
  /** A merge of shapes that do not fit. */
  SHAPES_DIFFER(14),
  /** A layer that is neither read by another one nor the output. */
  UNREAD_LAYER(15),
  /** A layer has a name that the generated class reserves. */
  RESERVED_NAME(16),
  /** A layer method that does not have the form {@code Layer name();}. */
  NOT_A_LAYER_METHOD(17),
  /** An abstract method without a layer annotation, which the generated class does not implement. */
  UNANNOTATED_METHOD(18),
  /** A method with two layer annotations. */
  SEVERAL_KINDS(19),
  /** A layer annotation on a method with a body. */
  NOT_ABSTRACT(20),
  /** An annotation of ours outside a {@code @Network}. */
  NO_NETWORK(21),
  /** An inherited abstract method that nothing implements. */
  INHERITED_METHOD(22),
  /** A member of {@code @Network} that applies only to the other form. */
  WRONG_FORM(23),
  /** A network of integers. */
  INTEGER_NETWORK(24),
  /** {@code @LossOptions} without a loss. */
  OPTIONS_WITHOUT_LOSS(25),
  /** A class with the generated name already exists. */
  NAME_TAKEN(26),
  /** More layers than are supported. */
  TOO_MANY_LAYERS(27),
  /** No layer has parameters. */
  NOTHING_TO_TRAIN(28),
  /** The runtime is not on the class path. */
  RUNTIME_MISSING(29),
  /** The file could not be written. */
  CANNOT_WRITE(30),
  /** A bug in the processor. */
  INTERNAL(31),
  /** An option that the activation does not have. */
  NOT_AN_OPTION_OF_ACTIVATION(32),
  /** An option that the loss does not have. */
  NOT_AN_OPTION_OF_LOSS(33),
  /** An option that is out of range. */
  OPTION_OUT_OF_RANGE(34),
  /** The number of weights differs from the number of outputs. */
  WEIGHTS_LENGTH(35),
  /** The processor option {@code gradpoet.simd} has an unknown value. */
  UNKNOWN_SIMD(36),
  /** Vector kernels are required, but their module is not readable. */
  VECTORS_NOT_READABLE(37),
  /** A method of the interface that conflicts with a method of the generated class. */
  METHOD_CLASH(38),
  /** The interface is sealed and does not permit the generated class. */
  SEALED_INTERFACE(39),
  /** Two inherited methods with the same signature, at least one with a body, or with the same erasure. */
  INHERITED_CONFLICT(40),
  /** A type that the declaration refers to was never found. */
  NEVER_RESOLVED(41),
  /** A type or constant that would hide a name in the generated code. */
  HIDING_NAME(42),
  /** The processor path lacks a class. */
  MISSING_CLASS(43),
  /** The compilation targets a release before Java 17. */
  OLD_RELEASE(44),
  /** Whether vector kernels are generated; only a note. */
  VECTORS(45),
  /** A module exports a network but not the runtime that its methods use; only a note. */
  RUNTIME_NOT_EXPORTED(46),
  /** A member of a layer's annotation out of its range. */
  MEMBER_OUT_OF_RANGE(47),
  /** A shape with the wrong number of dimensions for the input of a network or of a layer. */
  WRONG_RANK(48),
  /** A loss on classes of an output that is not a vector. */
  NOT_A_VECTOR(49),
  /** A layer that computes with numbers reads class indices, or an embedding reads numbers. */
  INPUT_KIND(50),
  /** An input after a layer. */
  LATE_INPUT(51),
  /** Cross entropy of a single class is always 0. */
  ONE_CLASS(101),
  /** Binary cross entropy of outputs that are not probabilities. */
  NOT_PROBABILITIES(102),
  /** Cross entropy, which applies softmax itself, after a softmax. */
  SOFTMAX_TWICE(103),
  /** A loss on log-probabilities of outputs that are not log-probabilities. */
  NOT_LOG_PROBABILITIES(104),
  /** Binary cross entropy with logits, which applies sigmoid itself, after a sigmoid. */
  SIGMOID_TWICE(105);

  private static final int FIRST_WARNING = 101;

  private final int number;

  ProblemCode(int number) {
    this.number = number;
  }

  /** {@code GP007}. */
  public String code() {
    return number < 100 ? (number < 10 ? "GP00" : "GP0") + number : "GP" + number;
  }

  /** Whether it is an error: the network is not generated. */
  public boolean isError() {
    return !isWarning() && !isRemark();
  }

  /** Whether it is only a note: about a decision of the processor, or about what users of the code should know. */
  public boolean isRemark() {
    return this == VECTORS || this == RUNTIME_NOT_EXPORTED;
  }

  /** Whether it is a warning: the network is still generated. */
  public boolean isWarning() {
    return number >= FIRST_WARNING;
  }
}
