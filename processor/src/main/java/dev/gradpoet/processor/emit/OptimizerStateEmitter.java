package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.PredictorEmitter.TENSOR;
import static dev.gradpoet.processor.emit.TrainerEmitter.override;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the moves of the {@code Trainer} that hand gradients and the optimizer's state to the runtime, whatever the layers. */
final class OptimizerStateEmitter {

  static final ClassName CLIPPING = ClassName.get(Names.SUPPORT, "Clipping");
  private static final ClassName STATE = ClassName.get(Names.SUPPORT, "OptimizerState");
  private static final TypeName TENSORS =
      ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), TENSOR);
  private static final TypeName BUFFERS = ParameterizedTypeName.get(
      ClassName.get(Map.class),
      ClassName.get(String.class),
      WildcardTypeName.subtypeOf(ParameterizedTypeName.get(
          ClassName.get(List.class), WildcardTypeName.subtypeOf(ParametersEmitter.LAYER))));

  // public double clipGradNorm(double maxNorm) {
  //   state.gradients("clipGradNorm");
  //   return Clipping.byNorm(gradientLayers, maxNorm);
  // }
  //
  // public Map<String, Tensor> state() {
  //   return OptimizerState.copy(updates, learningRate, buffers());
  // }
  //
  // public void loadState(Map<String, Tensor> state) {
  //   OptimizerState.restore(state, buffers());
  //   updates = state.get(OptimizerState.STEP).getLong();
  //   learningRate = state.get(OptimizerState.LEARNING_RATE).get();
  // }
  //
  // private Map<String, ? extends List<? extends Layer>> buffers() {
  //   if (optimizer != null) {
  //     return optimizer.buffers();
  //   }
  //   return momentum == null ? Map.of() : Map.of("momentum_buffer", layers(momentum));
  // }
  void add(TypeSpec.Builder type) {
    type.addMethod(override("clipGradNorm")
        .returns(TypeName.DOUBLE)
        .addParameter(TypeName.DOUBLE, "maxNorm")
        .addStatement("state.gradients($S)", "clipGradNorm")
        .addStatement("return $T.byNorm(gradientLayers, maxNorm)", CLIPPING)
        .build());
    type.addMethod(override("clipGradValue")
        .addParameter(TypeName.DOUBLE, "clipValue")
        .addStatement("state.gradients($S)", "clipGradValue")
        .addStatement("$T.byValue(gradientLayers, clipValue)", CLIPPING)
        .build());
    type.addMethod(override("state")
        .returns(TENSORS)
        .addStatement("return $T.copy(updates, learningRate, buffers())", STATE)
        .build());
    type.addMethod(override("loadState")
        .addParameter(TENSORS, "state")
        .addStatement("$T.restore(state, buffers())", STATE)
        .addStatement("updates = state.get($T.STEP).getLong()", STATE)
        .addStatement("learningRate = state.get($T.LEARNING_RATE).get()", STATE)
        .build());
    type.addMethod(MethodSpec.methodBuilder("buffers")
        .addModifiers(Modifier.PRIVATE)
        .returns(BUFFERS)
        .beginControlFlow("if (optimizer != null)")
        .addStatement("return optimizer.buffers()")
        .endControlFlow()
        .addStatement(
            "return momentum == null ? $1T.of() : $1T.of($2S, layers(momentum))",
            Map.class,
            "momentum_buffer")
        .build());
  }
}
