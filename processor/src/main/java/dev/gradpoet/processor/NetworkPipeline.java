package dev.gradpoet.processor;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.ProblemPrinter;
import dev.gradpoet.processor.emit.NetworkEmitter;
import dev.gradpoet.processor.emit.Origin;
import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.members.Comparison;
import dev.gradpoet.processor.members.MemberRules;
import dev.gradpoet.processor.members.Stub;
import dev.gradpoet.processor.plan.planner.Planner;
import dev.gradpoet.processor.read.KotlinProperty;
import dev.gradpoet.processor.read.NetworkReader;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.valid.ValidSpec;
import dev.gradpoet.processor.validate.Placeholder;
import dev.gradpoet.processor.validate.Validation;
import dev.gradpoet.processor.validate.Validator;
import dev.gradpoet.processor.write.SourceWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Runs the stages for one declaration, in order: read, validate, graph, plan, emit, compare with the interface, write. */
final class NetworkPipeline {

  private final NetworkReader reader;
  private final ProblemPrinter printer;
  private final SourceWriter writer;
  private final SimdOption simd;
  private final MemberRules members;
  private final Stub stub;
  private final SourceVersion source;
  private final SourceFiles files;
  private final Set<ProblemCode> reportedOnce = EnumSet.noneOf(ProblemCode.class);

  NetworkPipeline(ProcessingEnvironment environment) {
    this.reader = new NetworkReader(environment.getElementUtils());
    this.printer = new ProblemPrinter(environment.getMessager());
    this.writer = new SourceWriter(environment.getFiler(), environment.getElementUtils());
    this.source = environment.getSourceVersion();
    this.files = new SourceFiles(environment);
    this.simd = new SimdOption(environment.getOptions().get(SimdOption.NAME), reader);
    this.members =
        new MemberRules(environment.getElementUtils(), environment.getTypeUtils(), reader);
    this.stub = new Stub(environment.getTypeUtils(), reader);
  }

  /** Whether the declaration must wait for types that other processors may generate. */
  boolean mustWait(TypeElement declaration) {
    return reader.isUnresolved(declaration);
  }

  /** Reports the annotations of an element that have no effect because they are outside a network. */
  void reportOrphans(Element element) {
    String mistake = KotlinProperty.of(element)
        .map(property -> " on the Kotlin property " + property.name()
            + " has no effect, expected a function: declare \"fun " + property.name()
            + "(): Layer\"")
        .orElse(
            " outside a @Network interface has no effect: annotate the interface with @Network");
    for (Sited<String> orphan : reader.orphans(element)) {
      printer.print(new Problem(ProblemCode.NO_NETWORK, orphan.value() + mistake, orphan.site()));
    }
  }

  /**
   * Writes the class of a declaration or, if the declaration has errors, a stub.
   *
   * @return the errors, which {@link #report} prints later; warnings are printed immediately
   */
  List<Problem> run(TypeElement declaration) {
    if (isTooOld()) {
      return once(
          declaration,
          ProblemCode.OLD_RELEASE,
          "this compilation targets Java " + source.ordinal()
              + ", expected 17 or later, which the runtime and the generated code need: compile with --release 17");
    }
    Outcome outcome = compile(declaration);
    List<Problem> errors = new ArrayList<>(outcome.errors());
    outcome.problems().stream()
        .filter(problem -> errors.isEmpty() || problem.code().isRemark())
        .forEach(printer::print);
    outcome
        .type()
        .ifPresent(type -> write(declaration, type).ifPresent(failure -> {
          if (errors.isEmpty()) {
            errors.add(failure);
          }
        }));
    return errors;
  }

  /**
   * Prints the errors of a declaration. They are computed again, because elements are valid only in their own round; errors that do not recur are
   * reported at the declaration itself.
   */
  void report(TypeElement declaration, List<Problem> errors) {
    Optional<Outcome> outcome = isTooOld() ? Optional.empty() : compileAgain(declaration);
    if (outcome.isPresent() && !outcome.get().errors().isEmpty()) {
      outcome.get().problems().forEach(printer::print);
    } else {
      errors.forEach(error -> printer.print(problem(declaration, error.code(), error.text())));
    }
  }

  private boolean isTooOld() {
    return source.compareTo(SourceVersion.RELEASE_17) < 0;
  }

  private Optional<Outcome> compileAgain(TypeElement declaration) {
    try {
      return Optional.of(compile(declaration));
    } catch (RuntimeException e) {
      // a bug in the processor, which the first attempt has already reported
      return Optional.empty();
    }
  }

  /** Reports a type that a declaration waited for in vain, where javac may not report it. */
  void reportWaiting(TypeElement declaration) {
    reader
        .unresolvedInheritance(declaration)
        .ifPresent(method -> printer.print(problem(
            declaration,
            ProblemCode.NEVER_RESOLVED,
            "the inherited method " + method
                + " uses a type that was not found, expected all types of inherited methods on the class path:"
                + " add the libraries that this interface was compiled with")));
  }

  /**
   * The problems of a declaration, and the class to write for it.
   *
   * @param type its class, or the stub of one with errors; empty if neither is possible
   */
  private record Outcome(List<Problem> problems, Optional<TypeSpec> type) {

    List<Problem> errors() {
      return problems.stream().filter(problem -> problem.code().isError()).toList();
    }
  }

  private Outcome compile(TypeElement declaration) {
    Optional<NetworkSpec> read = reader.read(declaration);
    if (read.isEmpty()) {
      return new Outcome(List.of(), Optional.empty());
    }
    Validation validation = Validator.validate(read.get());
    List<Problem> problems = new ArrayList<>(validation.problems());
    Optional<Boolean> vectors =
        validation.spec().flatMap(valid -> simd.decide(declaration, problems::add));
    if (vectors.isPresent()) {
      return generate(declaration, validation.spec().orElseThrow(), vectors.get(), problems);
    }
    return validation
        .spec()
        .or(() -> Placeholder.of(read.get()))
        .map(placeholder -> generate(declaration, placeholder, false, problems))
        .orElseGet(() -> new Outcome(problems, Optional.empty()));
  }

  private Outcome generate(
      TypeElement declaration, ValidSpec spec, boolean vectors, List<Problem> problems) {
    TypeSpec generated = generate(spec, vectors, origin(declaration, spec));
    Comparison comparison =
        members.compare(declaration, spec.declaration().packageName(), generated);
    problems.addAll(comparison.problems());
    boolean wrong = problems.stream().anyMatch(problem -> problem.code().isError());
    TypeSpec written =
        wrong ? stub.of(generated, declaration, comparison) : comparison.complete(generated);
    return new Outcome(problems, Optional.of(written));
  }

  private Origin origin(TypeElement declaration, ValidSpec spec) {
    return new Origin(
        writer.deprecatedLayers(declaration),
        standIn(declaration, spec.declaration().generatedName()),
        reader.isSerializable(declaration));
  }

  /**
   * The stand-in interface that the class implements instead of its declaration, if it needs one. A sealed declaration has none, because it permits
   * only the class.
   */
  private Optional<String> standIn(TypeElement declaration, String generatedName) {
    return files.isAuxiliary(declaration) && !declaration.getModifiers().contains(Modifier.SEALED)
        ? Optional.of(generatedName + "Declaration")
        : Optional.empty();
  }

  private static TypeSpec generate(ValidSpec spec, boolean vectors, Origin origin) {
    DifferentiatedGraph graph = Differentiation.differentiate(GraphBuilder.build(spec));
    return NetworkEmitter.emit(Planner.plan(graph), vectors, origin);
  }

  private Optional<Problem> write(TypeElement declaration, TypeSpec type) {
    boolean exported = reader.exportsWithoutRuntime(declaration);
    if (exported) {
      once(
              declaration,
              ProblemCode.RUNTIME_NOT_EXPORTED,
              "the package " + reader.packageName(declaration)
                  + " is exported, and the methods of its networks use types of dev.gradpoet.runtime, which other modules cannot read:"
                  + " declare \"requires transitive dev.gradpoet.runtime;\" in module-info.java")
          .forEach(printer::print);
    }
    try {
      Optional<String> standIn = standIn(declaration, type.name());
      if (standIn.isPresent()) {
        writer.writeStandIn(standIn.get(), declaration);
      }
    } catch (IOException e) {
      return Optional.of(problem(
          declaration,
          e instanceof FilerException ? ProblemCode.NAME_TAKEN : ProblemCode.CANNOT_WRITE,
          "the class " + type.name()
              + "Declaration, which stands in for an interface in a file of a different name, could not be written: "
              + e.getMessage() + ": move " + declaration.getSimpleName()
              + " to a file of the same name"));
    }
    try {
      writer.write(reader.packageName(declaration), type, declaration, exported);
      return Optional.empty();
    } catch (FilerException e) {
      return Optional.of(
          problem(
              declaration,
              ProblemCode.NAME_TAKEN,
              reader.isGenerated(declaration, type.name())
                  ? type.name()
                      + ".java was generated by an earlier build and is among the sources of this compilation,"
                      + " expected it to be generated again: delete it, and remove the directory of generated sources"
                      + " from the source path"
                  : "the class " + type.name()
                      + " already exists, expected an unused name: rename the interface or that class"));
    } catch (IOException e) {
      return Optional.of(problem(
          declaration,
          ProblemCode.CANNOT_WRITE,
          "the class " + type.name() + " could not be written: " + e));
    }
  }

  /** The problem for a bug in the processor itself. */
  Problem internal(TypeElement declaration, RuntimeException e) {
    return problem(
        declaration,
        ProblemCode.INTERNAL,
        "an internal error of Gradpoet, please report it with this declaration: "
            + e
            + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]));
  }

  private Problem problem(TypeElement declaration, ProblemCode code, String text) {
    return new Problem(code, text, reader.site(declaration));
  }

  /** A problem that all declarations share, unless it has already been reported for another one. */
  private List<Problem> once(TypeElement declaration, ProblemCode code, String text) {
    return reportedOnce.add(code) ? List.of(problem(declaration, code, text)) : List.of();
  }
}
