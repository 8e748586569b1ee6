package dev.gradpoet.processor;

import com.google.auto.service.AutoService;
import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** The annotation processor: collects the declarations of javac's rounds and passes each to the pipeline. */
@AutoService(Processor.class)
public final class NetworkProcessor extends AbstractProcessor {

  static final String NETWORK = "dev.gradpoet.Network";

  /** The annotations of generated classes, claimed so that javac does not warn that no processor claimed them. */
  private static final List<String> GENERATED =
      List.of("dev.gradpoet.GeneratedNetwork", "javax.annotation.processing.Generated");

  /** The annotations that belong inside a declaration, in the order in which misplaced ones are reported. */
  private static final List<String> PARTS =
      NetworkReader.PARTS.stream().map(name -> "dev.gradpoet." + name).toList();

  /** The declarations that wait for types that other processors may generate. */
  private final Set<DeclarationName> waiting = new LinkedHashSet<>();

  /**
   * The declarations with errors. The errors are printed in the last round: after an earlier error, javac would stop and also report every class that
   * has yet to be generated, by this processor or by others.
   */
  private final Map<DeclarationName, List<Problem>> wrong = new LinkedHashMap<>();

  /** The types that contain annotations of ours. If such a type is not a network, these annotations have no effect. */
  private final Set<DeclarationName> owners = new LinkedHashSet<>();

  private NetworkPipeline pipeline;

  /** The class that the processor path lacks, if the pipeline could not start or continue without it. */
  private LinkageError missing;

  private boolean missingIsSaid;

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    Set<String> types = new LinkedHashSet<>(PARTS);
    types.add(NETWORK);
    types.addAll(GENERATED);
    return types;
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(SimdOption.NAME);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    try {
      pipeline = new NetworkPipeline(environment);
    } catch (LinkageError e) {
      missing = e;
    }
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      if (missing == null) {
        report();
      }
      return true;
    }
    Set<TypeElement> declarations = new LinkedHashSet<>();
    for (DeclarationName name : waiting) {
      declarations.add(name.find(processingEnv.getElementUtils()));
    }
    waiting.clear();
    annotated(NETWORK, annotations, round).forEach(type -> declarations.add((TypeElement) type));
    try {
      if (missing == null) {
        for (String part : PARTS) {
          annotated(part, annotations, round).forEach(this::addOwner);
        }
        declarations.forEach(this::run);
        return true;
      }
    } catch (LinkageError e) {
      missing = e;
    }
    declarations.stream().findFirst().ifPresent(this::reportMissing);
    return true;
  }

  private void addOwner(Element part) {
    TypeElement owner =
        part instanceof TypeElement type ? type : (TypeElement) part.getEnclosingElement();
    owners.add(DeclarationName.of(owner, processingEnv.getElementUtils()));
  }

  /** Reports once that the processor path lacks a class. Uses no class of ours except the list of codes, since any other may be missing too. */
  private void reportMissing(TypeElement declaration) {
    if (!missingIsSaid) {
      missingIsSaid = true;
      processingEnv
          .getMessager()
          .printMessage(
              Diagnostic.Kind.ERROR,
              "the processor path lacks a class that Gradpoet needs (" + missing
                  + "): use the published gradpoet-processor jar, which contains all of them ["
                  + ProblemCode.MISSING_CLASS.code() + "]",
              declaration);
    }
  }

  private static Set<? extends Element> annotated(
      String name, Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return annotations.stream()
        .filter(annotation -> annotation.getQualifiedName().contentEquals(name))
        .findFirst()
        .<Set<? extends Element>>map(round::getElementsAnnotatedWith)
        .orElse(Set.of());
  }

  private void run(TypeElement declaration) {
    DeclarationName name = DeclarationName.of(declaration, processingEnv.getElementUtils());
    try {
      if (pipeline.mustWait(declaration)) {
        waiting.add(name);
        return;
      }
      List<Problem> errors = pipeline.run(declaration);
      if (!errors.isEmpty()) {
        wrong.put(name, errors);
      }
    } catch (RuntimeException e) {
      wrong.put(name, List.of(pipeline.internal(declaration, e)));
    }
  }

  private void report() {
    Elements elements = processingEnv.getElementUtils();
    for (DeclarationName name : owners) {
      TypeElement owner = name.find(elements);
      pipeline.reportOrphans(owner);
      owner.getEnclosedElements().forEach(pipeline::reportOrphans);
    }
    wrong.forEach((name, errors) -> pipeline.report(name.find(elements), errors));
    waiting.forEach(name -> pipeline.reportWaiting(name.find(elements)));
  }
}
