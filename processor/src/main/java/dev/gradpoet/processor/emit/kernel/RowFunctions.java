package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The activations and derivatives that the kernels of layers apply to rows: their names, calls and methods. */
public final class RowFunctions {

  private final Scalar scalar;
  private final KernelChoice choice;

  /** The names of the functions, in the order of first use. */
  private final Map<RowFunction, String> names = new LinkedHashMap<>();

  /** The functions that also have a form for all rows. */
  private final List<RowFunction> ofRows;

  RowFunctions(
      List<Requirement.Function> required, Names names, Scalar scalar, KernelChoice choice) {
    this.scalar = scalar;
    this.choice = choice;
    required.forEach(each -> this.names.computeIfAbsent(
        RowFunction.of(each), added -> names.method(added.wantedName())));
    ofRows = required.stream()
        .filter(each -> each.ofRows() && hasLoopOverRows(RowFunction.of(each)))
        .map(RowFunction::of)
        .toList();
  }

  /** Whether a function has so few vector operations that a call for each row would take as long as the function. */
  private boolean hasLoopOverRows(RowFunction function) {
    return choice.hasTwoFamilies() && !function.isShared(scalar) && function.isShort();
  }

  /** {@code relu(from, to, 32)}: an activation. */
  public CodeBlock activation(Epilogue epilogue, CodeBlock from, CodeBlock to) {
    return call(new RowFunction(epilogue.function(), false), epilogue.output().width(), from, to);
  }

  /** {@code reluGradient(kept, dx, 32)}: a derivative. */
  public CodeBlock derivative(Derivative derivative, CodeBlock kept, CodeBlock dx) {
    return call(new RowFunction(derivative.function(), true), derivative.kept().width(), kept, dx);
  }

  // relu(n, ys, ys, 32);
  /** Adds the activation of n rows to a method: a call, or a loop over the rows. */
  public void activationOfRows(
      MethodSpec.Builder method, Epilogue epilogue, String from, String to) {
    RowFunction function = new RowFunction(epilogue.function(), false);
    CodeBlock ofRow = activation(epilogue, CodeBlock.of("$L[r]", from), CodeBlock.of("$L[r]", to));
    addOfRows(method, function, ofRow, from, to, epilogue.output().width());
  }

  /** Adds the derivative of n rows to a method. */
  public void derivativeOfRows(
      MethodSpec.Builder method, Derivative derivative, String kept, String dx) {
    RowFunction function = new RowFunction(derivative.function(), true);
    CodeBlock ofRow =
        derivative(derivative, CodeBlock.of("$L[r]", kept), CodeBlock.of("$L[r]", dx));
    addOfRows(method, function, ofRow, kept, dx, derivative.kept().width());
  }

  private void addOfRows(
      MethodSpec.Builder method,
      RowFunction function,
      CodeBlock ofRow,
      String from,
      String to,
      int width) {
    if (hasLoopOverRows(function)) {
      method.addStatement("$L(n, $L, $L, $L)", names.get(function), from, to, width);
      return;
    }
    method.beginControlFlow("for (int r = 0; r < n; r++)").addStatement(ofRow).endControlFlow();
  }

  /** The functions that have a second form, for n rows, because a call takes more time than the function. */
  public List<RowFunction> ofRows() {
    return ofRows;
  }

  /** {@code void relu(int n, float[][] from, float[][] to, int width)}, without a body. */
  public MethodSpec headOfRows(RowFunction function) {
    return MethodSpec.methodBuilder(names.get(function))
        .addJavadoc("$L", function.describe())
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "from")
        .addParameter(scalar.rows(), "to")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   relu(from[r], to[r], width);
  // }
  /** Adds the body of the form for n rows. */
  public static MethodSpec bodyOfRows(MethodSpec.Builder method) {
    return method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$L(from[r], to[r], width)", method.build().name())
        .endControlFlow()
        .build();
  }

  private CodeBlock call(RowFunction function, int width, CodeBlock from, CodeBlock to) {
    String name = names.get(function);
    return function.needsScratch(scalar, choice)
        ? CodeBlock.of("$L($L, $L, $L, $L)", name, from, to, Signature.PARTIAL, width)
        : CodeBlock.of("$L($L, $L, $L)", name, from, to, width);
  }

  /** The functions that each family prints differently. */
  public List<RowFunction> differing() {
    return names.keySet().stream().filter(one -> !one.isShared(scalar)).toList();
  }

  /** The functions that are the same in all families. */
  public List<RowFunction> shared() {
    return names.keySet().stream().filter(one -> one.isShared(scalar)).toList();
  }

  /** {@code void relu(float[] from, float[] to, int width)}, without a body. */
  public MethodSpec head(RowFunction function) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(names.get(function))
        .addJavadoc("$L", function.describe())
        .addParameter(scalar.array(), "from")
        .addParameter(scalar.array(), "to");
    if (function.needsScratch(scalar, choice)) {
      method.addParameter(scalar.array(), Signature.PARTIAL);
    }
    return method.addParameter(TypeName.INT, "width").build();
  }
}
