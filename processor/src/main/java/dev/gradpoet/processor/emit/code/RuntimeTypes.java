package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.ClassName;

/** The types of the runtime that generated classes name. */
public final class RuntimeTypes {

  public static final ClassName CHAINS = support("Chains");
  public static final ClassName CHECK = support("Check");
  public static final ClassName GENERATOR = runtime("Generator");
  public static final ClassName HEAP = support("Heap");
  public static final ClassName LAYER = runtime("Layer");
  public static final ClassName ROWS = support("Rows");
  public static final ClassName SGD = runtime("Sgd");
  public static final ClassName TENSOR = runtime("Tensor");

  private RuntimeTypes() {}

  /** A type for users. */
  public static ClassName runtime(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime", simpleName);
  }

  /** A type for generated code. */
  public static ClassName support(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support", simpleName);
  }

  /** A type that generated trainers are made of. */
  public static ClassName training(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.training", simpleName);
  }
}
