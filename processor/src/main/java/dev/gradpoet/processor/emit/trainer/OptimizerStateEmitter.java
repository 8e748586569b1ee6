package dev.gradpoet.processor.emit.trainer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints where a {@code Trainer} keeps what its optimizer remembers; the runtime does the rest, whatever the layers. */
public final class OptimizerStateEmitter {

  private static final TypeName BUFFERS = ParameterizedTypeName.get(
      ClassName.get(Map.class),
      ClassName.get(String.class),
      WildcardTypeName.subtypeOf(ParameterizedTypeName.get(
          ClassName.get(List.class),
          WildcardTypeName.subtypeOf(RuntimeTypes.support("Parameter")))));

  // @Override
  // protected Map<String, ? extends List<? extends Parameter>> buffers() {
  //   if (optimizer != null) {
  //     return optimizer.buffers();
  //   }
  //   return momentum == null ? Map.of() : Map.of("momentum_buffer", momentum.all);
  // }
  public void add(TypeSpec.Builder type) {
    type.addMethod(MethodSpec.methodBuilder("buffers")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(BUFFERS)
        .beginControlFlow("if (optimizer != null)")
        .addStatement("return optimizer.buffers()")
        .endControlFlow()
        .addStatement(
            "return momentum == null ? $1T.of() : $1T.of($2S, momentum.$3L)",
            Map.class,
            "momentum_buffer",
            Names.ALL)
        .build());
  }
}
