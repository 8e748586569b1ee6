package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.LAYER;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.graph.Layer;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the methods that return a network's layers, parameters, predictors, trainers and copies. */
public final class AccessorsEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;

  public AccessorsEmitter(Plan plan, Names names, Scalar scalar) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
  }

  /** Adds the methods that return inputs, layers, architecture and parameters. */
  public void accessors(TypeSpec.Builder type, Map<String, AnnotationSpec> deprecated) {
    int place = 0;
    for (Input input : plan.network().inputs()) {
      CodeBlock value = CodeBlock.of("architecture.inputs().get($L)", place++);
      if (input.method()) {
        type.addMethod(accessor(input.name(), value, deprecated));
      }
    }
    if (plan.network().declaration().methods()) {
      int index = 0;
      for (Layer layer : plan.network().layers()) {
        CodeBlock value = CodeBlock.of("layer($L)", index++);
        type.addMethod(accessor(layer.name(), value, deprecated));
      }
    }
    type.addMethod(override("architecture")
        .returns(RuntimeTypes.runtime("Architecture"))
        .addStatement("return architecture")
        .build());
    type.addMethod(override("parameters")
        .returns(RuntimeTypes.mapOfTensors())
        .addStatement("return parameters")
        .build());
  }

  // @Override
  // public Layer hidden() {
  //   return layer(0);
  // }
  //
  // @Override
  // public Layer numbers() {
  //   return architecture.inputs().get(0);
  // }
  private static MethodSpec accessor(
      String name, CodeBlock value, Map<String, AnnotationSpec> deprecated) {
    MethodSpec.Builder accessor = override(name).returns(LAYER).addStatement("return $L", value);
    if (deprecated.containsKey(name)) {
      accessor.addAnnotation(deprecated.get(name));
    }
    return accessor.build();
  }

  /** Adds the methods that create predictors, trainers and copies. */
  public void factories(TypeSpec.Builder type) {
    ClassName optimizer = RuntimeTypes.runtime("Optimizer");
    type.addMethod(pretrained());
    type.addMethod(copy());
    if (plan.hasNormalizations()) {
      type.addMethod(fitNormalization());
    }
    type.addMethod(override("predictor")
        .returns(names.nested("Predictor"))
        .addStatement("return new Predictor(this, TILE)")
        .build());
    type.addMethod(override("predictor")
        .returns(names.nested("Predictor"))
        .addParameter(TypeName.INT, "threads")
        .addStatement(
            "return $T.threads(threads) == 1 ? predictor() : new Predictor(this, TILE, threads)",
            CHECK)
        .build());
    type.addMethod(override("trainer")
        .returns(names.nested("Trainer"))
        .addParameter(optimizer, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addCode(newTrainer(CodeBlock.of("1")))
        .build());
    type.addMethod(override("trainer")
        .returns(names.nested("Trainer"))
        .addParameter(optimizer, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addParameter(TypeName.INT, "threads")
        .addCode(newTrainer(CodeBlock.of("$T.threads(threads)", CHECK)))
        .build());
  }

  // public static DigitsNetwork pretrained() {
  //   DigitsNetwork network = new DigitsNetwork(0L);
  //   Initialization.pretrained(
  //       network, DigitsNetwork.class.getResourceAsStream("Digits.safetensors"),
  // "Digits.safetensors");
  //   return network;
  // }
  //
  // The class itself asks for the resource: in a named module, no other may.
  private MethodSpec pretrained() {
    ClassName network = names.network();
    String resource = network.simpleName().replaceFirst("Network$", "") + ".safetensors";
    return MethodSpec.methodBuilder("pretrained")
        .addJavadoc("""
            A network with the parameters of the resource {@code $L} beside this class, a file that {@code save} wrote.

            @throws java.io.UncheckedIOException if there is no such resource, or it does not match
            """, resource)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(network)
        .addStatement("$T network = new $T(0L)", network, network)
        .addStatement(
            "$T.pretrained(network, $T.class.getResourceAsStream($S), $S)",
            RuntimeTypes.support("Initialization"),
            network,
            resource,
            resource)
        .addStatement("return network")
        .build();
  }

  // return new Trainer(this, optimizer, capacity);
  //
  // throw new UnsupportedOperationException("a DigitsNetwork has no parameters to train");
  // where there are none
  private CodeBlock newTrainer(CodeBlock threads) {
    CodeBlock.Builder code = CodeBlock.builder();
    return (plan.parameterCount() > 0
            ? code.addStatement("return new Trainer(this, optimizer, capacity, $L)", threads)
            : code.addStatement(
                "throw new $T($S)",
                UnsupportedOperationException.class,
                "a " + names.network().simpleName() + " has no parameters to train"))
        .build();
  }

  // public void fitNormalization(float[] x, int n) {
  //   Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
  //   fitNormalization(Tensor.of(Arrays.copyOf(x, n * INPUTS), n, INPUTS));
  // }
  //
  // (with other inputs than one dense one)
  //
  // public void fitNormalization(float[] numbers, int[] categories, int n) {
  //   Inputs.of(architecture).atLeastRows(n, new Object[] {numbers, categories});
  //   fitNormalization(
  //       Tensor.of(Arrays.copyOf(numbers, n * NUMBERS_INPUTS), n, NUMBERS_INPUTS),
  //       Tensor.of(Arrays.copyOf(categories, n * CATEGORIES_INPUTS)).unflatten(0, n,
  // CATEGORIES_INPUTS));
  // }
  private MethodSpec fitNormalization() {
    Inputs inputs = new Inputs(plan.network(), scalar);
    MethodSpec.Builder method = MethodSpec.methodBuilder("fitNormalization")
        .addModifiers(Modifier.PUBLIC)
        .addParameters(inputs.parameters())
        .addParameter(TypeName.INT, "n");
    if (inputs.isOneDense()) {
      return method
          .addJavadoc("""
              Sets the mean and the standard deviation of every normalization to those of the first n rows of inputs.

              @param x at least n rows of {@link #INPUTS} values, all finite
              @throws IllegalArgumentException if n is below 1, x is shorter, or a value is not finite; the network is then unchanged
              """)
          .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
          .addStatement(
              "fitNormalization($T.of($T.copyOf(x, n * INPUTS), n, INPUTS))", TENSOR, Arrays.class)
          .build();
    }
    List<ParameterSpec> arrays = inputs.parameters();
    List<CodeBlock> tensors = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      Input input = plan.network().inputs().get(i);
      tensors.add(CodeBlock.of(
          input.isDense()
              ? "$T.of($T.copyOf($L, n * $L), n, $L)"
              : "$T.of($T.copyOf($L, n * $L)).unflatten(0, n, $L)",
          TENSOR,
          Arrays.class,
          arrays.get(i).name(),
          inputs.constant(input),
          inputs.constant(input)));
    }
    return method
        .addJavadoc("""
            Sets the mean and the standard deviation of every normalization to those of the first n rows of inputs.

            $L@throws IllegalArgumentException if n is below 1, an array is shorter, a class index is out of its range, or a value that a normalization reads is not finite; the network is then unchanged
            """, inputs.javadoc("at least n rows"))
        .addStatement(
            "$T.of(architecture).atLeastRows(n, $L)",
            RuntimeTypes.inputs("Inputs"),
            inputs.passed())
        .addStatement("fitNormalization($L)", CodeBlock.join(tensors, ", "))
        .build();
  }

  // public DigitsNetwork copy() {
  //   Parameters copy = new Parameters();
  //   FloatParameter.copyAll(p.all, copy.all);
  //   return new DigitsNetwork(copy);
  // }
  //
  // (where there are buffers)
  // DigitsNetwork network = new DigitsNetwork(copy);
  // NamedTensors.copyBuffers(architecture, network.architecture);
  // return network;
  private MethodSpec copy() {
    CodeBlock network = CodeBlock.of(
        "new $T(copy$L)",
        names.network(),
        plan.dropouts().isEmpty()
            ? ""
            : CodeBlock.of(", new $T().setState(generator.getState())", GENERATOR));
    MethodSpec.Builder method = override("copy")
        .returns(names.network())
        .addStatement("Parameters copy = new Parameters()")
        .addStatement("$1T.copyAll(p.$2L, copy.$2L)", scalar.parameter(), Names.ALL);
    if (plan.statistics().isEmpty()) {
      return method.addStatement("return $L", network).build();
    }
    return method
        .addStatement("$T network = $L", names.network(), network)
        .addStatement(
            "$T.copyBuffers(architecture, network.architecture)",
            RuntimeTypes.support("NamedTensors"))
        .addStatement("return network")
        .build();
  }
}
