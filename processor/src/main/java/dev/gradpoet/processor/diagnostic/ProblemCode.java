package dev.gradpoet.processor.diagnostic;

/** The catalogue of problems. A code keeps its number for ever, so that people can search for it. */
public enum ProblemCode {
  /** {@code @Network} stands on something else than an interface. */
  NOT_AN_INTERFACE(1),
  /** The generated class could not see the interface. */
  PRIVATE_INTERFACE(2),
  /** The interface has type parameters. */
  GENERIC_INTERFACE(3),
  /** There is no layer. */
  NO_LAYERS(4),
  /** The shorthand and one method a layer, both at once. */
  BOTH_FORMS(5),
  /** One method a layer, and no {@code input}. */
  MISSING_INPUT(6),
  /** A width below 1. */
  SIZE_NOT_POSITIVE(7),
  /** A product of sizes beyond int range. */
  TOO_LARGE(8),
  /** {@code from} names nothing that there is. */
  UNKNOWN_SOURCE(9),
  /** {@code from} names a later layer. */
  LATER_SOURCE(10),
  /** {@code from} names the layer itself. */
  OWN_SOURCE(11),
  /** A merge of fewer than two. */
  TOO_FEW_SOURCES(12),
  /** A merge of more than can be passed to a method. */
  TOO_MANY_SOURCES(13),
  /** A sum of unequal widths. */
  WIDTHS_DIFFER(14),
  /** A layer that neither another one reads nor is the output. */
  UNREAD_LAYER(15),
  /** A layer's name that the generated class needs for itself. */
  RESERVED_NAME(16),
  /** A layer's method of another form than {@code Layer name();}. */
  NOT_A_LAYER_METHOD(17),
  /** An abstract method without a layer's annotation, which the generated class does not implement. */
  UNANNOTATED_METHOD(18),
  /** A method with two layers' annotations. */
  SEVERAL_KINDS(19),
  /** A layer's annotation on a method that has a body. */
  NOT_ABSTRACT(20),
  /** An annotation of ours outside a {@code @Network}. */
  NO_NETWORK(21),
  /** An abstract method that the interface inherits and nobody implements. */
  INHERITED_METHOD(22),
  /** A member of {@code @Network} that belongs to the other form. */
  WRONG_FORM(23),
  /** A network of whole numbers. */
  INTEGER_NETWORK(24),
  /** {@code @LossOptions} and no loss. */
  OPTIONS_WITHOUT_LOSS(25),
  /** A class of the generated name exists. */
  NAME_TAKEN(26),
  /** More layers than are supported. */
  TOO_MANY_LAYERS(27),
  /** No layer has parameters. */
  NOTHING_TO_TRAIN(28),
  /** The runtime is not on the class path. */
  RUNTIME_MISSING(29),
  /** The file could not be written. */
  CANNOT_WRITE(30),
  /** A mistake of ours. */
  INTERNAL(31),
  /** An option that the activation does not have. */
  NOT_AN_OPTION_OF_ACTIVATION(32),
  /** An option that the loss does not have. */
  NOT_AN_OPTION_OF_LOSS(33),
  /** An option out of its range. */
  OPTION_OUT_OF_RANGE(34),
  /** Weights that are not as many as the outputs. */
  WEIGHTS_LENGTH(35),
  /** The processor's option {@code gradpoet.simd} has another value than its three. */
  UNKNOWN_SIMD(36),
  /** Vector kernels are required, and their module is not readable. */
  VECTORS_NOT_READABLE(37),
  /** A method of the interface that the generated class has too, with another meaning or form. */
  METHOD_CLASH(38),
  /** The generated class may not implement the interface. */
  SEALED_INTERFACE(39),
  /** Two inherited methods of one signature, at least one of them with a body. */
  INHERITED_CONFLICT(40),
  /** What the declaration names was never found. */
  NEVER_RESOLVED(41),
  /** A type or a constant that would hide what the generated class means by the same name. */
  HIDING_NAME(42),
  /** The processor path lacks a class. */
  MISSING_CLASS(43),
  /** The compilation is for a Java that is too old. */
  OLD_RELEASE(44),
  /** What was decided of vector kernels; a mere remark. */
  VECTORS(45),
  /** A module exports a network, and not the runtime that its methods name; a mere remark. */
  RUNTIME_NOT_EXPORTED(46),
  /** A member of a layer's annotation out of its range. */
  MEMBER_OUT_OF_RANGE(47),
  /** Cross entropy of a single class is always 0. */
  ONE_CLASS(101),
  /** Binary cross entropy of outputs that are no probabilities. */
  NOT_PROBABILITIES(102),
  /** Cross entropy, which has a softmax of its own, behind a softmax. */
  SOFTMAX_TWICE(103),
  /** A loss of log-probabilities of outputs that are none. */
  NOT_LOG_PROBABILITIES(104),
  /** Binary cross entropy, which has a sigmoid of its own, behind a sigmoid. */
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

  /** Whether the network is not generated because of it. */
  public boolean isError() {
    return !isWarning() && !isRemark();
  }

  /** Whether it is no problem at all, but says what was decided, or what users of the code will meet. */
  public boolean isRemark() {
    return this == VECTORS || this == RUNTIME_NOT_EXPORTED;
  }

  /** Whether it is a warning: the network is generated all the same. */
  public boolean isWarning() {
    return number >= FIRST_WARNING;
  }
}
