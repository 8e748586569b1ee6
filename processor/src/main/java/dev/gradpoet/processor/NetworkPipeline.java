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
import dev.gradpoet.processor.plan.Planner;
import dev.gradpoet.processor.read.NetworkReader;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.validate.Placeholder;
import dev.gradpoet.processor.validate.ValidSpec;
import dev.gradpoet.processor.validate.Validator;
import dev.gradpoet.processor.validate.Verdict;
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

/** The stages in order, for one declaration: read, validate, graph, plan, emit, compare with the interface, write. */
final class NetworkPipeline {

  private final NetworkReader reader;
  private final ProblemPrinter printer;
  private final SourceWriter writer;
  private final SimdOption simd;
  private final MemberRules members;
  private final Stub stub;
  private final SourceVersion source;
  private final SourceFiles files;
  private final Set<ProblemCode> saidOnce = EnumSet.noneOf(ProblemCode.class);

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

  /** Whether the declaration must wait for what other processors write. */
  boolean mustWait(TypeElement declaration) {
    return reader.isUnresolved(declaration);
  }

  /** Says which annotations of an element do nothing because there is no network around them. */
  void reportOrphans(Element element) {
    for (Sited<String> orphan : reader.orphans(element)) {
      printer.print(new Problem(
          ProblemCode.NO_NETWORK,
          orphan.value()
              + " outside a @Network interface has no effect: annotate the interface with @Network",
          orphan.site()));
    }
  }

  /**
   * Writes the class of a declaration, or one that stands for it.
   *
   * @return the errors, which {@link #report} says; warnings are said at once
   */
  List<Problem> run(TypeElement declaration) {
    if (isTooOld()) {
      return once(
          declaration,
          ProblemCode.OLD_RELEASE,
          "this compilation targets Java " + source.ordinal()
              + ", expected 17 or later, which the runtime and the generated code need: compile with --release 17");
    }
    Judgement judgement = judge(declaration);
    List<Problem> errors = new ArrayList<>(judgement.errors());
    judgement.problems().stream()
        .filter(problem -> errors.isEmpty() || problem.code().isRemark())
        .forEach(printer::print);
    judgement
        .type()
        .ifPresent(type -> write(declaration, type).ifPresent(failure -> {
          if (errors.isEmpty()) {
            errors.add(failure);
          }
        }));
    return errors;
  }

  /**
   * Says the errors of a declaration. They are found again, since elements do not outlive the round in which they were found; what was
   * met only then is said at the declaration itself.
   */
  void report(TypeElement declaration, List<Problem> errors) {
    Optional<Judgement> judgement = isTooOld() ? Optional.empty() : judgedAgain(declaration);
    if (judgement.isPresent() && !judgement.get().errors().isEmpty()) {
      judgement.get().problems().forEach(printer::print);
    } else {
      errors.forEach(error -> printer.print(problem(declaration, error.code(), error.text())));
    }
  }

  private boolean isTooOld() {
    return source.compareTo(SourceVersion.RELEASE_17) < 0;
  }

  private Optional<Judgement> judgedAgain(TypeElement declaration) {
    try {
      return Optional.of(judge(declaration));
    } catch (RuntimeException e) {
      return Optional.empty(); // a mistake of ours, which was caught the first time, too
    }
  }

  /** Says what a declaration waited for and did not get, where javac may say nothing. */
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
   * What there is to say of a declaration and to write for it.
   *
   * @param type its class, or one that stands for it; empty if none can
   */
  private record Judgement(List<Problem> problems, Optional<TypeSpec> type) {

    List<Problem> errors() {
      return problems.stream().filter(problem -> problem.code().isError()).toList();
    }
  }

  private Judgement judge(TypeElement declaration) {
    Optional<NetworkSpec> read = reader.read(declaration);
    if (read.isEmpty()) {
      return new Judgement(List.of(), Optional.empty());
    }
    Verdict verdict = Validator.validate(read.get());
    List<Problem> problems = new ArrayList<>(verdict.problems());
    Optional<Boolean> vectors =
        verdict.spec().flatMap(valid -> simd.decide(declaration, problems::add));
    if (vectors.isPresent()) {
      return compared(declaration, verdict.spec().orElseThrow(), vectors.get(), problems);
    }
    return verdict
        .spec()
        .or(() -> Placeholder.of(read.get()))
        .map(placeholder -> compared(declaration, placeholder, false, problems))
        .orElseGet(() -> new Judgement(problems, Optional.empty()));
  }

  private Judgement compared(
      TypeElement declaration, ValidSpec spec, boolean vectors, List<Problem> problems) {
    TypeSpec generated = generate(spec, vectors, origin(declaration, spec));
    Comparison comparison =
        members.compare(declaration, spec.declaration().packageName(), generated);
    problems.addAll(comparison.problems());
    boolean wrong = problems.stream().anyMatch(problem -> problem.code().isError());
    TypeSpec written =
        wrong ? stub.of(generated, declaration, comparison) : comparison.complete(generated);
    return new Judgement(problems, Optional.of(written));
  }

  private Origin origin(TypeElement declaration, ValidSpec spec) {
    return new Origin(
        writer.deprecatedLayers(declaration),
        standIn(declaration, spec.declaration().generatedName()),
        reader.isSerializable(declaration));
  }

  /** The interface that the class implements in place of its declaration; a sealed one permits the class alone. */
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
              + "Declaration, which stands for an interface in a file of another name, could not be written: "
              + e.getMessage() + ": move " + declaration.getSimpleName()
              + " to a file of its own name"));
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

  /** That we, not the user, made a mistake. */
  Problem internal(TypeElement declaration, RuntimeException e) {
    return problem(
        declaration,
        ProblemCode.INTERNAL,
        "a mistake of Gradpoet's own, please report it with this declaration: "
            + e
            + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]));
  }

  private Problem problem(TypeElement declaration, ProblemCode code, String text) {
    return new Problem(code, text, reader.site(declaration));
  }

  /** A problem that is the same for all declarations, unless it was said of another one. */
  private List<Problem> once(TypeElement declaration, ProblemCode code, String text) {
    return saidOnce.add(code) ? List.of(problem(declaration, code, text)) : List.of();
  }
}
