package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Derivative;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * What each kernel is called and passed, the same for every family: {@code v} are the values, {@code g} the gradients of the rows,
 * {@code p} the parameters, and {@code to} takes their gradients, or is the parameters themselves. A kernel of the way forth has a second
 * form, for one row, whose arrays are in {@code row}.
 */
public final class Signatures {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final Map<Kernel, Signature> signatures = new HashMap<>();

  public Signatures(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
    names.method(KernelNames.SOFTMAX_EXPONENTIALS);
    names.method(KernelNames.SOFTMAX_DIVIDE);
    names.method(KernelNames.SGD);
    names.method(KernelNames.ROW);
    names.method(KernelNames.WEIGHT_GRADIENT);
    names.method(KernelNames.BIAS_GRADIENT);
    names.method(KernelNames.TRANSPOSE);
    Stream.of(plan.forward(), plan.backward(), plan.inputGradient())
        .flatMap(List::stream)
        .forEach(kernel -> signatures.computeIfAbsent(kernel, this::signature));
  }

  public Names names() {
    return names;
  }

  public Scalar scalar() {
    return scalar;
  }

  /** What stands before calls of kernels, and whether they are chosen when the class is loaded. */
  public KernelChoice choice() {
    return choice;
  }

  /** {@code void hiddenForward(int n, float[][] xs, ...)}, without a body: a kernel that all families have in common. */
  public MethodSpec.Builder method(Kernel kernel, String inWords) {
    Signature signature = signatures.get(kernel);
    return Passed.declare(choice.ofAll(signature.name(), inWords), signature.passed());
  }

  /** {@code void weightGradient(int n, float[][] xs, ...)}, without a body: a kernel that each family has in its own way. */
  public MethodSpec.Builder methodOfFamily(Kernel kernel, String inWords) {
    Signature signature = signatures.get(kernel);
    return Passed.declare(choice.kernel(signature.name(), inWords), signature.passed());
  }

  /** {@code PlainKernels.hiddenForward(n, v.input, p.hiddenWeight.rows, ...)}. */
  public CodeBlock call(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.call(choice.owner() + "." + signature.name(), signature.passed());
  }

  /** What a kernel is called and passed. */
  public Signature of(Kernel kernel) {
    return signatures.get(kernel);
  }

  /** {@code void bothRow(float[] x0, float[] x1, ...)}, without a body: the form for one row of a kernel that all families have in common. */
  public MethodSpec.Builder rowMethod(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.declare(choice.ofAll(signature.row(), ""), signature.ofRow());
  }

  /** {@code private void hiddenRow(float[] x, ...)}, without a body: a form for one row that only a family has. */
  public MethodSpec.Builder rowMethodOfFamily(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.declare(
        MethodSpec.methodBuilder(signature.row()).addModifiers(Modifier.PRIVATE),
        signature.ofRowInRegisters());
  }

  /** {@code hiddenRow(x, row.hiddenWeight, ...)}, where the arrays are in {@code row}. */
  public CodeBlock row(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.call(signature.row(), signature.ofRowInRegisters());
  }

  /** {@code void row(Row row, float[] x)}, without a body. */
  public MethodSpec.Builder rowsMethod() {
    return choice
        .kernel(KernelNames.ROW, "All layers on one row, {@code x}.\n")
        .addParameter(names.nested("Row"), "row")
        .addParameter(scalar.array(), "x");
  }

  private Signature signature(Kernel kernel) {
    String layer = names.field(kernel.layer());
    return kernel.match(new Kernel.Cases<>() {
      @Override
      public Signature product(Kernel.Product k) {
        List<Passed> passed = start(rows("x", k.input()), weightAndRow(k.parameters()));
        if (k.parameters().bias()) {
          passed.add(shared(scalar.array(), "b", bias("p", k.layer()), names.bias(k.layer())));
        }
        if (k.order().chains() > 1) {
          passed.add(shared(
              scalar.array(), Signature.PARTIAL, CodeBlock.of("v.partial"), Signature.PARTIAL));
        }
        return forward(layer, passed, k.output(), k.epilogue());
      }

      @Override
      public Signature sum(Kernel.Sum k) {
        return forward(layer, operands(k.reads()), k.output(), k.epilogue());
      }

      @Override
      public Signature join(Kernel.Join k) {
        return forward(layer, operands(k.reads()), k.output(), k.epilogue());
      }

      @Override
      public Signature activationGradient(Kernel.ActivationGradient k) {
        List<Passed> passed = start(rows("y", k.derivative().kept()), rows("dx", k.gradient()));
        if (needsScratch(k.derivative())) {
          passed.add(partial());
        }
        return named(layer + "ActivationGradient", passed);
      }

      @Override
      public Signature weightGradient(Kernel.WeightGradient k) {
        // a row of D for each column of the first rows
        boolean byInput = k.parameters().layout() == Layout.BY_INPUT;
        List<Passed> passed = start(
            rows("x", byInput ? k.input() : k.gradient()),
            rows("dy", byInput ? k.gradient() : k.input()));
        addTo(passed, scalar.rows(), weight("to", k.layer()));
        passed.addAll(size(k.parameters()));
        return new Signature(KernelNames.WEIGHT_GRADIENT, "", passed);
      }

      @Override
      public Signature biasGradient(Kernel.BiasGradient k) {
        List<Passed> passed = start(rows("dy", k.gradient()));
        addTo(passed, scalar.array(), bias("to", k.layer()));
        return new Signature(KernelNames.BIAS_GRADIENT, "", passed);
      }

      @Override
      public Signature transpose(Kernel.Transpose k) {
        List<Passed> passed = new ArrayList<>();
        passed.add(weight(k.parameters()));
        passed.add(new Passed(
            scalar.rows(), "transposed", CodeBlock.of("g.$L", names.transposed(k.layer()))));
        passed.addAll(size(k.parameters()));
        return new Signature(KernelNames.TRANSPOSE, "", passed);
      }

      @Override
      public Signature inputGradient(Kernel.InputGradient k) {
        Passed w = k.transposed()
            ? new Passed(scalar.rows(), "w", CodeBlock.of("g.$L", names.transposed(k.layer())))
            : weight(k.parameters());
        List<Passed> passed = start(rows("dy", k.gradient()), w);
        if (k.order().chains() > 1) {
          passed.add(partial());
        }
        return backward(layer + "InputGradient", passed, k.derivative(), k.target());
      }

      @Override
      public Signature sumGradient(Kernel.SumGradient k) {
        return backward(
            layer + "InputGradient", start(rows("dy", k.gradient())), k.derivative(), k.target());
      }

      @Override
      public Signature joinGradient(Kernel.JoinGradient k) {
        return backward(
            layer + "InputGradient", start(rows("dy", k.gradient())), k.derivative(), k.target());
      }
    });
  }

  /** How many rows a weight is stored in, and how wide they are. */
  private static List<Passed> size(LinearParameters parameters) {
    return List.of(
        new Passed(TypeName.INT, "height", CodeBlock.of("$L", parameters.height())),
        new Passed(TypeName.INT, "width", CodeBlock.of("$L", parameters.width())));
  }

  private static List<Passed> start(Passed... first) {
    List<Passed> passed = new ArrayList<>();
    passed.add(new Passed(TypeName.INT, "n", CodeBlock.of("n")));
    passed.addAll(List.of(first));
    return passed;
  }

  private List<Passed> operands(List<Buffer> reads) {
    List<Passed> passed = start();
    for (int i = 0; i < reads.size(); i++) {
      passed.add(rows("x", String.valueOf(i), reads.get(i)));
    }
    return passed;
  }

  /** Scratch, the factor of the gradient, and what it is added to. */
  private void addTo(List<Passed> passed, TypeName type, CodeBlock gradient) {
    passed.add(new Passed(scalar.rows(), "scratch", CodeBlock.of("scratch")));
    passed.add(new Passed(scalar.type(), "factor", CodeBlock.of("factor")));
    passed.add(new Passed(type, "d", gradient));
  }

  private Signature forward(
      String layer, List<Passed> passed, Buffer output, Optional<Epilogue> epilogue) {
    passed.add(rows("y", output));
    epilogue
        .filter(next -> !next.output().equals(output))
        .ifPresent(next -> passed.add(rows("z", next.output())));
    return named(layer, "Forward", passed);
  }

  private Signature backward(
      String name, List<Passed> passed, Optional<Derivative> derivative, Buffer target) {
    derivative.ifPresent(next -> {
      if (needsScratch(next) && !passed.contains(partial())) {
        passed.add(partial());
      }
      passed.add(new Passed(scalar.rows(), "kept", CodeBlock.of("v.$L", names.field(next.kept()))));
    });
    passed.add(rows("dx", target));
    return named(name, passed);
  }

  /** Scratch for a row of values, of which a layer needs one at a time. */
  private Passed partial() {
    return new Passed(scalar.array(), Signature.PARTIAL, CodeBlock.of("v.partial"));
  }

  private boolean needsScratch(Kernel.Derivative derivative) {
    return new RowFunction(derivative.function(), true).needsScratch(scalar, choice);
  }

  private Signature named(String name, List<Passed> passed) {
    return new Signature(names.method(name), "", List.copyOf(passed));
  }

  private Signature named(String layer, String move, List<Passed> passed) {
    return new Signature(
        names.method(layer + move), names.method(layer + "Row"), List.copyOf(passed));
  }

  private Passed rows(String name, Buffer buffer) {
    return rows(name, "", buffer);
  }

  /** {@code xs0}, of which one is {@code x0}. */
  private Passed rows(String name, String number, Buffer buffer) {
    String field = names.field(buffer);
    if (buffer.role() == Buffer.Role.GRADIENT) {
      return new Passed(scalar.rows(), name + "s" + number, CodeBlock.of("g.$L", field));
    }
    CodeBlock ofRow =
        buffer.equals(plan.input()) ? CodeBlock.of("x") : CodeBlock.of("row.$L", field);
    return new Passed(
        scalar.rows(),
        name + "s" + number,
        CodeBlock.of("v.$L", field),
        Optional.of(new Passed(scalar.array(), name + number, ofRow)));
  }

  private Passed weight(LinearParameters parameters) {
    return new Passed(scalar.rows(), "w", weight("p", parameters.layer()));
  }

  private Passed weightAndRow(LinearParameters parameters) {
    String layer = parameters.layer();
    return shared(scalar.rows(), "w", weight("p", layer), names.weight(layer));
  }

  /** What a kernel of many rows and that of one row have alike. */
  private static Passed shared(TypeName type, String name, CodeBlock argument, String rowField) {
    Passed ofRow = new Passed(type, name, CodeBlock.of("row.$L", rowField));
    return new Passed(type, name, argument, Optional.of(ofRow));
  }

  private CodeBlock weight(String owner, String layer) {
    return CodeBlock.of("$L.$L.rows", owner, names.weight(layer));
  }

  private CodeBlock bias(String owner, String layer) {
    return CodeBlock.of("$L.$L.values", owner, names.bias(layer));
  }
}
