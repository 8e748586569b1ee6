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
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.Layer;
import dev.gradpoet.processor.plan.Plan;
import java.util.Arrays;
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

  /** Adds the methods that return layers, architecture and parameters. */
  public void accessors(TypeSpec.Builder type, Map<String, AnnotationSpec> deprecated) {
    if (plan.network().declaration().methods()) {
      int index = 0;
      for (Layer layer : plan.network().layers()) {
        MethodSpec.Builder accessor =
            override(layer.name()).returns(LAYER).addStatement("return layer($L)", index++);
        if (deprecated.containsKey(layer.name())) {
          accessor.addAnnotation(deprecated.get(layer.name()));
        }
        type.addMethod(accessor.build());
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
        .addStatement("$T.threads(threads)", CHECK)
        .addStatement("return predictor()")
        .build());
    type.addMethod(override("trainer")
        .returns(names.nested("Trainer"))
        .addParameter(optimizer, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addCode(newTrainer())
        .build());
    type.addMethod(override("trainer")
        .returns(names.nested("Trainer"))
        .addParameter(optimizer, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addParameter(TypeName.INT, "threads")
        .addStatement("$T.threads(threads)", CHECK)
        .addStatement("return trainer(optimizer, capacity)")
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
  private CodeBlock newTrainer() {
    CodeBlock.Builder code = CodeBlock.builder();
    return (plan.parameterCount() > 0
            ? code.addStatement("return new Trainer(this, optimizer, capacity)")
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
  private MethodSpec fitNormalization() {
    return MethodSpec.methodBuilder("fitNormalization")
        .addJavadoc("""
            Sets the mean and the standard deviation of every normalization to those of the first n rows of inputs.

            @param x at least n rows of {@link #INPUTS} values, all finite
            @throws IllegalArgumentException if n is below 1, x is shorter, or a value is not finite; the network is then unchanged
            """)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement(
            "fitNormalization($T.of($T.copyOf(x, n * INPUTS), n, INPUTS))", TENSOR, Arrays.class)
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
