package dev.gradpoet.processor.validate;

import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.valid.DeclaredInterface;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidLoss;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;
import java.util.Optional;

/** Validates a declaration: its type, its form and layers, and its loss. */
public final class Validator {

  private final NetworkSpec spec;
  private final Problems problems = new Problems();

  private Validator(NetworkSpec spec) {
    this.spec = spec;
  }

  /** All problems of a declaration, and the specification if none of them is an error. */
  public static Validation validate(NetworkSpec spec) {
    return new Validator(spec).validate();
  }

  private Validation validate() {
    if (!checkType()) {
      return new Validation(problems.found(), Optional.empty());
    }
    new HidingRules(spec, problems).check();
    checkSurroundings();
    DType dtype = checkDtype();
    Form form = new FormRules(spec, problems).form();
    List<ValidLayer> layers = form.layers();
    Optional<Integer> outputs = problems.hasErrors()
        ? Optional.empty()
        : Optional.of(layers.get(layers.size() - 1).width());
    ValidLoss loss = new LossOptionRules(problems, Narrowing.of(spec))
        .check(spec.loss().map(Sited::value).orElse(Loss.NONE), spec.lossOptions(), outputs);
    if (problems.hasErrors()) {
      return new Validation(problems.found(), Optional.empty());
    }
    LossRules lossRules = new LossRules(spec, problems);
    lossRules.checkShape(loss.function(), layers.get(layers.size() - 1));
    if (problems.hasErrors()) {
      return new Validation(problems.found(), Optional.empty());
    }
    lossRules.warn(loss.function(), layers.get(layers.size() - 1));
    return new Validation(reported(), Optional.of(valid(form, loss, dtype)));
  }

  private List<Problem> reported() {
    return spec.surroundings().warnings() ? problems.found() : List.of();
  }

  private ValidSpec valid(Form form, ValidLoss loss, DType dtype) {
    return new ValidSpec(
        DeclaredInterface.of(spec.type().value()),
        form.inputs(),
        form.layers(),
        spec.layers().isEmpty(),
        loss,
        dtype,
        spec.init().map(Sited::value).orElse(Init.PYTORCH_DEFAULT));
  }

  /** Whether the annotated type is an interface, so that the other checks make sense. */
  private boolean checkType() {
    DeclaredType type = spec.type().value();
    String name = String.join(".", type.simpleNames());
    if (!type.kind().equals("interface")) {
      problems.add(
          ProblemCode.NOT_AN_INTERFACE,
          spec.type().site(),
          "@Network on the " + type.kind() + " " + name
              + ", expected an interface: the generated class implements it");
      return false;
    }
    type.hidden()
        .ifPresent(hidden -> problems.add(
            ProblemCode.PRIVATE_INTERFACE,
            spec.type().site(),
            hidden + " is private, so the generated class cannot implement " + name
                + ": make it package-private, protected or public"));
    if (type.generic()) {
      problems.add(
          ProblemCode.GENERIC_INTERFACE,
          spec.type().site(),
          name
              + " has type parameters, expected none: the shapes and types of a network are fixed at compile time");
    }
    if (type.sealed()) {
      problems.add(
          ProblemCode.SEALED_INTERFACE,
          spec.type().site(),
          name
              + " is sealed and does not permit the generated class, expected an interface that it can implement:"
              + " remove sealed and permits, or permit "
              + DeclaredType.generatedName(type.simpleNames()));
    }
    return true;
  }

  private void checkSurroundings() {
    if (!spec.surroundings().runtime()) {
      problems.add(
          ProblemCode.RUNTIME_MISSING,
          spec.type().site(),
          "dev.gradpoet.runtime.Model was not found: add the dependency dev.gradpoet:gradpoet-runtime"
              + " (in a named module, also \"requires dev.gradpoet.runtime\")");
    }
  }

  private DType checkDtype() {
    DType dtype = spec.dtype().map(Sited::value).orElse(DType.FLOAT32);
    if (dtype == DType.INT64) {
      problems.add(
          ProblemCode.INTEGER_NETWORK,
          spec.dtype().orElseThrow().site(),
          "dtype is INT64, expected FLOAT32 or FLOAT64: a network computes in floating point");
    }
    return dtype;
  }
}
