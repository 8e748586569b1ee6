package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Validates the methods of a declaration: their names and forms, and that each has one annotation of a layer or an input. */
final class MethodRules {

  private static final Set<String> RESERVED = Set.of(
      ValidSpec.INPUT,
      // parameterless methods of Model, and static ones of the generated class
      "parameters",
      "copy",
      "summary",
      "predictor",
      "architecture",
      "pretrained",
      // the method that replaces a network with its serialized form
      "writeReplace",
      // parameterless methods of Object
      "hashCode",
      "toString",
      "getClass",
      "notify",
      "notifyAll",
      "wait",
      "clone",
      "finalize");

  private final Problems problems;

  MethodRules(Problems problems) {
    this.problems = problems;
  }

  /** The names that no layer may have. */
  static Set<String> reserved() {
    return RESERVED;
  }

  /** Reports what is wrong with a method itself, whatever its layer reads. One with a body is reported already. */
  void check(MethodSpec method) {
    if (method.hasBody()) {
      return;
    }
    String name = method.name();
    if (RESERVED.contains(name)
        && !(name.equals(ValidSpec.INPUT) && method.input().isPresent())) {
      problems.add(
          ProblemCode.RESERVED_NAME,
          method.site(),
          "the name " + name + " is reserved"
              + (name.equals(ValidSpec.INPUT)
                  ? " for the input of the network"
                  : ": the generated class has a method " + name + "()")
              + ", expected a different name: rename the "
              + (method.input().isPresent() ? "input" : "layer"));
      return;
    }
    method
        .form()
        .ifPresent(form -> problems.add(
            ProblemCode.NOT_A_LAYER_METHOD,
            method.site(),
            name + "() " + form + ", expected the form \"Layer " + name
                + "();\" with dev.gradpoet.runtime.Layer"));
    if (method.layers().isEmpty() && method.input().isEmpty()) {
      problems.add(
          ProblemCode.UNANNOTATED_METHOD,
          method.site(),
          name
              + "() has no layer annotation: annotate it with one, such as @Linear or @Add (and import it), or give it a default body");
    }
    List<String> kinds = new ArrayList<>();
    method.input().ifPresent(input -> kinds.add("Input"));
    method.layers().forEach(layer -> kinds.add(layer.kind().annotation()));
    if (kinds.size() > 1) {
      problems.add(
          ProblemCode.SEVERAL_KINDS,
          method.layers().get(method.input().isPresent() ? 0 : 1).site(),
          name + "() already has @" + kinds.get(0)
              + ", expected one layer annotation per method: remove one of the two annotations");
    }
  }
}
