package dev.gradpoet.processor;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.ProblemPrinter;
import dev.gradpoet.processor.emit.NetworkEmitter;
import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Planner;
import dev.gradpoet.processor.read.NetworkReader;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.validate.ValidSpec;
import dev.gradpoet.processor.validate.Validator;
import dev.gradpoet.processor.validate.Verdict;
import dev.gradpoet.processor.write.SourceWriter;
import java.io.IOException;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The stages in order, for one declaration: read, validate, graph, plan, emit, write. */
final class NetworkPipeline {

  private final NetworkReader reader;
  private final ProblemPrinter printer;
  private final SourceWriter writer;
  private final SimdOption simd;

  NetworkPipeline(ProcessingEnvironment environment) {
    this.reader = new NetworkReader(environment.getElementUtils());
    this.printer = new ProblemPrinter(environment.getMessager());
    this.writer = new SourceWriter(environment.getFiler());
    this.simd = new SimdOption(environment.getOptions().get(SimdOption.NAME), reader);
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
              + " outside a @Network interface does nothing: annotate the interface with @Network",
          orphan.site()));
    }
  }

  /** Says what is wrong with a declaration, or writes its class. */
  void run(TypeElement declaration) {
    reader.read(declaration).ifPresent(spec -> {
      Verdict verdict = Validator.validate(spec);
      verdict.problems().forEach(printer::print);
      verdict
          .spec()
          .ifPresent(valid -> simd.decide(declaration, printer::print)
              .ifPresent(vectors -> generate(valid, declaration, vectors)));
    });
  }

  private void generate(ValidSpec spec, TypeElement declaration, boolean vectors) {
    DifferentiatedGraph graph = Differentiation.differentiate(GraphBuilder.build(spec));
    Plan plan = Planner.plan(spec, graph);
    TypeSpec type = NetworkEmitter.emit(plan, vectors);
    String name = spec.declaration().generatedName();
    try {
      writer.write(spec.declaration().packageName(), type, declaration);
    } catch (FilerException e) {
      print(
          declaration,
          ProblemCode.NAME_TAKEN,
          "the class " + name
              + " exists already, expected the name to be free: rename the interface or that class");
    } catch (IOException e) {
      print(
          declaration,
          ProblemCode.CANNOT_WRITE,
          "the class " + name + " could not be written: " + e);
    }
  }

  /** Says that we, not the user, made a mistake. */
  void reportInternal(TypeElement declaration, RuntimeException e) {
    print(
        declaration,
        ProblemCode.INTERNAL,
        "a mistake of Gradpoet's own, please report it with this declaration: "
            + e
            + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]));
  }

  private void print(TypeElement declaration, ProblemCode code, String text) {
    printer.print(new Problem(code, text, reader.site(declaration)));
  }
}
