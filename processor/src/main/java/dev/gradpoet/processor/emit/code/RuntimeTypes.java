package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.shape.Shape;
import java.util.Map;
import java.util.stream.Collectors;

/** The types of the runtime that generated classes refer to. */
public final class RuntimeTypes {

  public static final ClassName CHECK = support("Check");
  public static final ClassName GENERATOR = runtime("Generator");
  public static final ClassName HEAP = memory("Heap");
  public static final ClassName LAYER = runtime("Layer");
  public static final ClassName ROWS = memory("Rows");
  public static final ClassName TENSOR = runtime("Tensor");
  public static final ClassName BATCH_ROWS = batch("BatchRows");
  public static final ClassName PART =
      ClassName.get("dev.gradpoet.runtime.support.parallel", "Part");

  private RuntimeTypes() {}

  /** {@code SampleShape.of(1, 28, 28)}. */
  public static CodeBlock sampleShape(Shape shape) {
    return CodeBlock.of(
        "$T.of($L)",
        support("SampleShape"),
        shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** {@code Map<String, Tensor>}. */
  public static TypeName mapOfTensors() {
    return ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), TENSOR);
  }

  /** A type of the public API. */
  public static ClassName runtime(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime", simpleName);
  }

  /** A class of functions or sums with fixed bits. */
  public static ClassName math(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.math", simpleName);
  }

  /** A class of arrays or rows. */
  private static ClassName memory(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.memory", simpleName);
  }

  /** A type for generated code only. */
  public static ClassName support(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support", simpleName);
  }

  /** A type of batches that several threads compute. */
  public static ClassName batch(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.batch", simpleName);
  }

  /** A type of the updates of optimizers. */
  public static ClassName optim(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.optim", simpleName);
  }

  /** A class of the kernels of maps. */
  public static ClassName maps(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.maps", simpleName);
  }

  /** A base class for several inputs or class indices. */
  public static ClassName inputs(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.inputs", simpleName);
  }

  /** A base class of trainers or batches. */
  public static ClassName training(String simpleName) {
    return ClassName.get("dev.gradpoet.runtime.support.training", simpleName);
  }
}
