package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.plain.PlainSgd;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorLoop;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the updates of optimizers in vectors, over whole arrays, padding included, of the same bits as the loops of the runtime. */
public final class SimdUpdates {

  private SimdUpdates() {}

  // static void adagrad(float[] w, float[] g, float[] v, float decay, float eps, float
  // learningRate, boolean decays) {
  //   (loop)
  // }
  /** The method of an update: the rows, arguments and flags of the program are its parameters, in the order of that. */
  public static MethodSpec method(String name, RowProgram update, Scalar scalar) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC);
    for (Variable row : update.rows()) {
      method.addParameter(scalar.array(), row.name());
    }
    for (Uniform argument : update.arguments()) {
      method.addParameter(scalar.type(), argument.name());
    }
    for (String flag : update.flags()) {
      method.addParameter(TypeName.BOOLEAN, flag);
    }
    return method.addCode(loop(update, scalar)).build();
  }

  // for (int j = 0; j < w.length; j += L) {
  //   FloatVector g = FloatVector.fromArray(S, g, j), ...
  //   ...
  // }
  /** The loop of an update over arrays that have the names of its rows. */
  static CodeBlock loop(RowProgram update, Scalar scalar) {
    Map<Variable, String> arrays = PlainSgd.arrays(update);
    List<String> taken = new ArrayList<>(arrays.values());
    update.arguments().forEach(argument -> taken.add(argument.name()));
    taken.addAll(update.flags());
    taken.add("j");
    CodeBlock body = new VectorLoop(scalar, update, Map.of())
        .body(new VectorCode(scalar, taken), arrays, "j", CodeBlock.of("w.length"));
    return CodeBlock.builder()
        .beginControlFlow("for (int j = 0; j < w.length; j += L)")
        .add(body)
        .endControlFlow()
        .build();
  }
}
