package dev.gradpoet.processor.read;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.diagnostic.ElementSite;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkSpec.ActivationOptionsSpec;
import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.NetworkSpec.LayerKind;
import dev.gradpoet.processor.read.NetworkSpec.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec.LossOptionsSpec;
import dev.gradpoet.processor.read.NetworkSpec.MemberSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.NetworkSpec.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads a declaration: what is written, and where. */
public final class NetworkReader {

  private static final String VECTOR = "jdk.incubator.vector.FloatVector";
  private static final String RUNTIME = "dev.gradpoet.runtime";
  private static final String LAYER = "dev.gradpoet.runtime.Layer";
  private static final String MODEL = "dev.gradpoet.runtime.Model";

  private static final List<String> ACTIVATION_OPTIONS =
      List.of("negativeSlope", "alpha", "minVal", "maxVal", "beta", "threshold");
  private static final List<String> LOSS_NUMBERS =
      List.of("labelSmoothing", "ignoreIndex", "beta", "delta");
  private static final List<String> LOSS_WEIGHTS = List.of("classWeights", "posWeight", "weight");

  private final Elements elements;

  public NetworkReader(Elements elements) {
    this.elements = elements;
  }

  /** Whether a declaration names what does not exist yet; another processor may still write it. */
  public boolean isUnresolved(TypeElement type) {
    return unresolved(type).in(type);
  }

  /** The inherited method that keeps a declaration unresolved, if nothing else does. */
  public Optional<String> unresolvedInheritance(TypeElement type) {
    Unresolved unresolved = unresolved(type);
    return unresolved.isWritten(type)
        ? Optional.empty()
        : unresolved
            .inherited(type)
            .map(method -> method.getEnclosingElement().getSimpleName() + "." + method);
  }

  private Unresolved unresolved(TypeElement type) {
    return new Unresolved(
        elements,
        Set.of(
            DeclaredType.generatedName(declaredType(type).simpleNames()), "Predictor", "Trainer"));
  }

  /** Whether code beside a declaration may use vectors: the module of the declaration reads theirs. */
  public boolean readsVectors(TypeElement type) {
    return visible(type, VECTOR) != null;
  }

  /** Whether a declaration lies in a module with a name. */
  public boolean isInNamedModule(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return module != null && !module.isUnnamed();
  }

  /** The package of a declaration. */
  public String packageName(TypeElement type) {
    return elements.getPackageOf(type).getQualifiedName().toString();
  }

  /**
   * Whether other modules see a declaration, and not the runtime, whose types its network's methods name: the package is exported, to all or
   * to some, by a module that does not require the runtime transitively.
   */
  public boolean exportsWithoutRuntime(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    if (module == null || module.isUnnamed() || !declaredType(type).visible()) {
      return false;
    }
    boolean exported = ElementFilter.exportsIn(module.getDirectives()).stream()
        .anyMatch(exports -> exports.getPackage().equals(elements.getPackageOf(type)));
    return exported
        && ElementFilter.requiresIn(module.getDirectives()).stream()
            .filter(ModuleElement.RequiresDirective::isTransitive)
            .noneMatch(
                requires -> requires.getDependency().getQualifiedName().contentEquals(RUNTIME));
  }

  /** Whether a declaration extends {@code Serializable}, by itself or through another interface. */
  public boolean isSerializable(TypeElement type) {
    return type.getQualifiedName().contentEquals("java.io.Serializable")
        || type.getInterfaces().stream()
            .map(each -> ((javax.lang.model.type.DeclaredType) each).asElement())
            .anyMatch(each -> isSerializable((TypeElement) each));
  }

  /** Whether a class beside a declaration was generated by us. */
  public boolean isGenerated(TypeElement declaration, String simpleName) {
    String packageName = packageName(declaration);
    TypeElement found =
        visible(declaration, packageName.isEmpty() ? simpleName : packageName + "." + simpleName);
    return found != null && annotation(found, "GeneratedNetwork").isPresent();
  }

  /** A type that a declaration can see, or null. */
  public TypeElement visible(TypeElement declaration, String name) {
    ModuleElement module = elements.getModuleOf(declaration);
    return module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name);
  }

  /** The place of the name of a declaration, or of one of its methods. */
  public Site site(Element element) {
    return new ElementSite(element, null, null);
  }

  /** The annotations of ours on something that belongs to no {@code @Network}, each with its name. */
  public List<Sited<String>> orphans(Element element) {
    Element owner = element instanceof TypeElement ? element : element.getEnclosingElement();
    if (annotation(owner, "Network").isPresent()) {
      return List.of();
    }
    return Stream.of("Linear", "Add", "Concat", "ActivationOptions", "LossOptions")
        .flatMap(name -> annotation(element, name).stream()
            .map(members -> new Sited<>("@" + name, members.site())))
        .toList();
  }

  /** The declaration, or empty where it is no correct Java, of which javac speaks itself. */
  public Optional<NetworkSpec> read(TypeElement type) {
    try {
      return isUnresolved(type) ? Optional.empty() : Optional.of(readWellFormed(type));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private NetworkSpec readWellFormed(TypeElement type) {
    Members network = annotation(type, "Network").orElseThrow();
    return new NetworkSpec(
        new Sited<>(declaredType(type), site(type)),
        network.site(),
        network.integer("input"),
        network.integers("layers"),
        network.constant("activation", Activation.class),
        network.constant("outputActivation", Activation.class),
        network.constant("loss", Loss.class),
        network.constant("dtype", DType.class),
        network.constant("init", Init.class),
        annotation(type, "ActivationOptions").map(NetworkReader::activationOptions),
        annotation(type, "LossOptions").map(NetworkReader::lossOptions),
        ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .map(this::method)
            .toList(),
        surroundings(type));
  }

  private DeclaredType declaredType(TypeElement type) {
    LinkedList<String> names = new LinkedList<>();
    boolean visible = true;
    Optional<String> hidden = Optional.empty();
    Element at = type;
    for (; at instanceof TypeElement; at = at.getEnclosingElement()) {
      names.addFirst(at.getSimpleName().toString());
      visible &= at.getModifiers().contains(Modifier.PUBLIC);
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        hidden = Optional.of(at.getSimpleName().toString());
      }
    }
    return new DeclaredType(
        packageName(type),
        List.copyOf(names),
        kind(type.getKind()),
        !type.getTypeParameters().isEmpty(),
        isClosed(type, DeclaredType.generatedName(names)),
        visible,
        hidden,
        members(type));
  }

  /** The types and constants that a class inherits from an interface; Object has none. */
  private List<MemberSpec> members(TypeElement type) {
    List<? extends Element> all = elements.getAllMembers(type);
    return Stream.of(ElementFilter.typesIn(all), ElementFilter.fieldsIn(all))
        .flatMap(List::stream)
        .map(member -> new MemberSpec(
            member.getSimpleName().toString(),
            member instanceof TypeElement,
            member.getEnclosingElement().equals(type)
                ? new ElementSite(member, null, null)
                : site(type)))
        .toList();
  }

  /** Whether an interface is sealed and does not permit the class that is generated from it. */
  private static boolean isClosed(TypeElement type, String generated) {
    return type.getModifiers().contains(Modifier.SEALED)
        && type.getPermittedSubclasses().stream()
            .map(permitted -> ((javax.lang.model.type.DeclaredType) permitted).asElement())
            .noneMatch(permitted -> permitted.getSimpleName().contentEquals(generated));
  }

  private static String kind(ElementKind kind) {
    return kind == ElementKind.ANNOTATION_TYPE
        ? "annotation type"
        : kind.name().toLowerCase(Locale.ROOT);
  }

  private MethodSpec method(ExecutableElement method) {
    boolean hasBody = !method.getModifiers().contains(Modifier.ABSTRACT);
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerKind kind : LayerKind.values()) {
      annotation(method, kind.annotation()).ifPresent(members -> layers.add(layer(kind, members)));
    }
    return new MethodSpec(
        method.getSimpleName().toString(),
        new ElementSite(method, null, null),
        hasBody,
        differentForm(method),
        layers,
        annotation(method, "ActivationOptions").map(NetworkReader::activationOptions));
  }

  private static ActivationOptionsSpec activationOptions(Members options) {
    return new ActivationOptionsSpec(
        options.site(), options.written(ACTIVATION_OPTIONS, options::real));
  }

  private static LossOptionsSpec lossOptions(Members options) {
    return new LossOptionsSpec(
        options.site(),
        options.constant("reduction", Reduction.class),
        options.written(LOSS_NUMBERS, options::real),
        options.written(LOSS_WEIGHTS, options::reals),
        options.bool("logTarget"));
  }

  private static Optional<String> differentForm(ExecutableElement method) {
    if (!method.getParameters().isEmpty()) {
      return Optional.of("takes parameters");
    }
    if (!method.getTypeParameters().isEmpty()) {
      return Optional.of("has type parameters");
    }
    return isLayer(method.getReturnType())
        ? Optional.empty()
        : Optional.of("returns " + method.getReturnType());
  }

  /** Whether a type is that of layers, whatever annotations stand at it. */
  private static boolean isLayer(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((javax.lang.model.type.DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(LAYER);
  }

  /** Whether a method has the form of a layer, or the annotation of one. */
  public boolean isMeantAsLayer(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && (differentForm(method).isEmpty()
            || Stream.of(LayerKind.values())
                .anyMatch(kind -> annotation(method, kind.annotation()).isPresent()));
  }

  private static LayerSpec layer(LayerKind kind, Members members) {
    return switch (kind) {
      case LINEAR -> {
        members.require("out");
        yield new LayerSpec(
            kind,
            members.site(),
            members.integer("out"),
            members.bool("bias"),
            members.constant("activation", Activation.class),
            members
                .string("from")
                .filter(from -> !from.value().isEmpty())
                .map(from -> new Sited<>(List.of(from), from.site())));
      }
      case ADD, CONCAT -> {
        members.require("from");
        yield new LayerSpec(
            kind,
            members.site(),
            Optional.empty(),
            Optional.empty(),
            members.constant("activation", Activation.class),
            members.strings("from"));
      }
    };
  }

  private Surroundings surroundings(TypeElement type) {
    return new Surroundings(
        visible(type, MODEL) != null, packagesHiddenBy(type), !suppressed(type));
  }

  private List<String> packagesHiddenBy(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String prefix = packageName.isEmpty() ? "" : packageName + ".";
    return NetworkSpec.PACKAGES.stream()
        .filter(name -> visible(type, prefix + name) != null)
        .toList();
  }

  private static boolean suppressed(Element element) {
    for (Element at = element; at instanceof TypeElement; at = at.getEnclosingElement()) {
      SuppressWarnings suppressed = at.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains("gradpoet")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Members> annotation(Element element, String simpleName) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      Element type = mirror.getAnnotationType().asElement();
      if (((TypeElement) type).getQualifiedName().contentEquals(Members.ANNOTATIONS + simpleName)) {
        return Optional.of(new Members(element, mirror));
      }
    }
    return Optional.empty();
  }
}
