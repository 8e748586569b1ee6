package dev.gradpoet.processor;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The annotation processor: takes javac's rounds apart into declarations, and leaves each to the pipeline. */
@AutoService(Processor.class)
public final class NetworkProcessor extends AbstractProcessor {

  private static final String NETWORK = "dev.gradpoet.Network";

  /** On the classes that we write; claimed, so that nobody is told that no processor did. */
  private static final String GENERATED = "dev.gradpoet.GeneratedNetwork";

  /** What belongs inside a declaration, in the order in which orphans are reported. */
  private static final List<String> PARTS = List.of(
      "dev.gradpoet.Linear",
      "dev.gradpoet.Add",
      "dev.gradpoet.Concat",
      "dev.gradpoet.ActivationOptions",
      "dev.gradpoet.LossOptions");

  /** The names of the declarations that wait for what other processors write; elements do not outlive a round. */
  private final Set<String> waiting = new LinkedHashSet<>();

  private NetworkPipeline pipeline;

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    Set<String> types = new LinkedHashSet<>(PARTS);
    types.add(NETWORK);
    types.add(GENERATED);
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
    pipeline = new NetworkPipeline(environment);
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      return true;
    }
    Set<TypeElement> declarations = new LinkedHashSet<>();
    for (String name : waiting) {
      declarations.add(processingEnv.getElementUtils().getTypeElement(name));
    }
    waiting.clear();
    annotated(NETWORK, annotations, round).forEach(type -> declarations.add((TypeElement) type));
    for (String part : PARTS) {
      annotated(part, annotations, round).forEach(pipeline::reportOrphans);
    }
    declarations.forEach(this::run);
    return true;
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
    try {
      if (pipeline.mustWait(declaration)) {
        waiting.add(declaration.getQualifiedName().toString());
      } else {
        pipeline.run(declaration);
      }
    } catch (RuntimeException e) {
      pipeline.reportInternal(declaration, e);
    }
  }
}
