package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorLoop;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the updates of optimizers as vector code, with the same bits as the plain updates of the runtime. */
final class SimdUpdates {

  private SimdUpdates() {}

  // private static final class Updates implements FloatUpdates {
  //   @Override public boolean takesPadding() { return true; }
  //
  //   @Override public void sgd(int from, int to, float[] w, float[] g, ...) {
  //     Loops.sgd(from, to, w, g, ...);
  //   }
  //   ...
  // }
  /** The class of the updates. */
  static TypeSpec type(Scalar scalar, SimdCode updates) {
    return TypeSpec.classBuilder(KernelChoice.UPDATES)
        .addAnnotation(Names.MARK_OF_NESTED)
        .addJavadoc("The updates of optimizers, over whole arrays with their padding.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(scalar.updates())
        .addMethod(MethodSpec.methodBuilder("takesPadding")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .returns(TypeName.BOOLEAN)
            .addStatement("return true")
            .build())
        .addMethods(updates.methods())
        .build();
  }

  /** The updates of all optimizers. */
  static SimdCode code(Scalar scalar) {
    return SimdCode.join(Updates.all().entrySet().stream()
        .map(update -> method(update.getKey(), update.getValue(), scalar)
            .addAnnotation(Override.class)
            .build())
        .map(SimdCode::ofLoop)
        .toList());
  }

  // public void adagrad(int from, int to, float[] w, ..., boolean decays) {
  //   for (int j = from; j < to; j += L) {
  //     ...
  //   }
  // }
  /** The method of an update: its parameters are the rows, the arguments and the flags of the program. */
  static MethodSpec.Builder method(String name, RowProgram update, Scalar scalar) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "to");
    for (Variable row : Updates.rows(update)) {
      method.addParameter(scalar.array(), row.name());
    }
    for (Uniform argument : update.arguments()) {
      method.addParameter(scalar.type(), argument.name());
    }
    for (String flag : update.flags()) {
      method.addParameter(TypeName.BOOLEAN, flag);
    }
    return method
        .beginControlFlow("for (int j = from; j < to; j += L)")
        .addCode(body(update, scalar))
        .endControlFlow();
  }

  private static CodeBlock body(RowProgram update, Scalar scalar) {
    Map<Variable, String> arrays = update.arrays();
    List<String> taken = new ArrayList<>(arrays.values());
    update.arguments().forEach(argument -> taken.add(argument.name()));
    taken.addAll(update.flags());
    taken.addAll(List.of("j", "from", "to"));
    return new VectorLoop(scalar, update, Map.of())
        .body(new VectorCode(scalar, taken), arrays, "j", CodeBlock.of("to"));
  }
}
