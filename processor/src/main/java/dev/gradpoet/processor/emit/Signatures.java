package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Derivative;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * What each kernel is called and passed, the same for every family: {@code v} are the values, {@code g} the gradients of the rows,
 * {@code p} the parameters and {@code d} their gradients.
 */
final class Signatures {

  /** One parameter of a kernel and what is passed for it. */
  private record Passed(TypeName type, String name, CodeBlock argument) {}

  private record Signature(String name, List<Passed> passed) {}

  private final Names names;
  private final Scalar scalar;
  private final Map<Kernel, Signature> signatures = new HashMap<>();

  Signatures(Plan plan, Names names, Scalar scalar) {
    this.names = names;
    this.scalar = scalar;
    plan.loss().ifPresent(loss -> names.method(loss.name()));
    names.method("classWeight");
    names.method("sgd");
    Stream.of(plan.forward(), plan.backward(), plan.inputGradient())
        .flatMap(List::stream)
        .forEach(kernel -> signatures.computeIfAbsent(kernel, this::signature));
  }

  Names names() {
    return names;
  }

  Scalar scalar() {
    return scalar;
  }

  /** {@code static void hiddenForward(int n, float[][] xs, ...)}, without a body. */
  MethodSpec.Builder method(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(signature.name()).addModifiers(Modifier.STATIC);
    for (Passed passed : signature.passed()) {
      method.addParameter(ParameterSpec.builder(passed.type(), passed.name()).build());
    }
    return method;
  }

  /** {@code PlainKernels.hiddenForward(n, v.input, p.hidden.w, ...)}. */
  CodeBlock call(KernelFamily family, Kernel kernel) {
    Signature signature = signatures.get(kernel);
    CodeBlock arguments =
        signature.passed().stream().map(Passed::argument).collect(CodeBlock.joining(", "));
    return CodeBlock.of("$L.$L($L)", family.className(), signature.name(), arguments);
  }

  /** The name of the kernel's method. */
  String name(Kernel kernel) {
    return signatures.get(kernel).name();
  }

  private Signature signature(Kernel kernel) {
    String layer = names.field(kernel.layer());
    return kernel.match(new Kernel.Cases<>() {
      @Override
      public Signature product(Kernel.Product k) {
        List<Passed> passed = start(rows("xs", k.input()), weight(k.parameters()));
        if (k.parameters().bias()) {
          passed.add(new Passed(scalar.array(), "b", parameter("p", k.layer(), "b")));
        }
        partial(k.order()).ifPresent(passed::add);
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
        List<Passed> passed = start(rows("ys", k.derivative().kept()), rows("dxs", k.gradient()));
        return named(layer + "ActivationGradient", passed);
      }

      @Override
      public Signature weightGradient(Kernel.WeightGradient k) {
        List<Passed> passed = start(
            rows("xs", k.input()),
            rows("dys", k.gradient()),
            new Passed(scalar.array(), "column", CodeBlock.of("g.column")),
            new Passed(scalar.rows(), "dw", parameter("d", k.layer(), "w")));
        return named(layer + "WeightGradient", passed);
      }

      @Override
      public Signature biasGradient(Kernel.BiasGradient k) {
        List<Passed> passed = start(
            rows("dys", k.gradient()),
            new Passed(scalar.array(), "db", parameter("d", k.layer(), "b")));
        return named(layer + "BiasGradient", passed);
      }

      @Override
      public Signature transpose(Kernel.Transpose k) {
        List<Passed> passed = List.of(
            weight(k.parameters()),
            new Passed(
                scalar.rows(), "transposed", CodeBlock.of("g.$L", names.transposed(k.layer()))));
        return named(layer + "Transpose", passed);
      }

      @Override
      public Signature inputGradient(Kernel.InputGradient k) {
        Passed w = k.transposed()
            ? new Passed(scalar.rows(), "w", CodeBlock.of("g.$L", names.transposed(k.layer())))
            : weight(k.parameters());
        List<Passed> passed = start(rows("dys", k.gradient()), w);
        partial(k.order()).ifPresent(passed::add);
        return backward(layer + "InputGradient", passed, k.derivative(), k.target());
      }

      @Override
      public Signature sumGradient(Kernel.SumGradient k) {
        return backward(
            layer + "InputGradient", start(rows("dys", k.gradient())), k.derivative(), k.target());
      }

      @Override
      public Signature joinGradient(Kernel.JoinGradient k) {
        return backward(
            layer + "InputGradient", start(rows("dys", k.gradient())), k.derivative(), k.target());
      }
    });
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
      passed.add(rows("xs" + i, reads.get(i)));
    }
    return passed;
  }

  private Signature forward(
      String layer, List<Passed> passed, Buffer output, Optional<Epilogue> epilogue) {
    passed.add(rows("ys", output));
    epilogue
        .filter(next -> !next.output().equals(output))
        .ifPresent(next -> passed.add(rows("zs", next.output())));
    return named(layer + "Forward", passed);
  }

  private Signature backward(
      String name, List<Passed> passed, Optional<Derivative> derivative, Buffer target) {
    derivative.ifPresent(next -> passed.add(rows("kept", next.kept())));
    passed.add(rows("dxs", target));
    return named(name, passed);
  }

  private Signature named(String name, List<Passed> passed) {
    return new Signature(names.method(name), List.copyOf(passed));
  }

  private Passed rows(String name, Buffer buffer) {
    String owner = buffer.role() == Buffer.Role.GRADIENT ? "g" : "v";
    return new Passed(scalar.rows(), name, CodeBlock.of("$L.$L", owner, names.field(buffer)));
  }

  private Passed weight(LinearParameters parameters) {
    return new Passed(scalar.rows(), "w", parameter("p", parameters.layer(), "w"));
  }

  private CodeBlock parameter(String owner, String layer, String part) {
    return CodeBlock.of("$L.$L.$L", owner, names.field(layer), part);
  }

  /** Scratch for the chains after the first. */
  private Optional<Passed> partial(SumOrder order) {
    boolean needed = order.kind() == SumOrder.Kind.BLOCKS && order.chains() > 1;
    return needed
        ? Optional.of(new Passed(scalar.array(), "partial", CodeBlock.of("v.partial")))
        : Optional.empty();
  }
}
