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

/** The annotation processor: takes javac's rounds apart into declarations, and leaves each to the pipeline. */
@AutoService(Processor.class)
public final class NetworkProcessor extends AbstractProcessor {

  static final String NETWORK = "dev.gradpoet.Network";

  /** On the classes that we write; claimed, so that nobody is told that no processor did. */
  private static final List<String> GENERATED =
      List.of("dev.gradpoet.GeneratedNetwork", "javax.annotation.processing.Generated");

  /** What belongs inside a declaration, in the order in which orphans are reported. */
  private static final List<String> PARTS =
      NetworkReader.PARTS.stream().map(name -> "dev.gradpoet." + name).toList();

  /** The declarations that wait for what other processors write. */
  private final Set<DeclarationName> waiting = new LinkedHashSet<>();

  /**
   * The wrong declarations with their errors. These are said in the last round: an error before it makes javac give up, and complain of every
   * class that is still to be written, ours and those of other processors.
   */
  private final Map<DeclarationName, List<Problem>> wrong = new LinkedHashMap<>();

  /** The types with annotations of ours, if perhaps no networks, whose annotations do nothing then. */
  private final Set<DeclarationName> owners = new LinkedHashSet<>();

  private NetworkPipeline pipeline;

  /** Why there is no pipeline, or why it stopped: a class that the processor path lacks. */
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

  /** Says once, and without any other class of ours but the catalogue, that the processor path lacks something. */
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
