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

  private static final String ANNOTATIONS = "dev.gradpoet.";
  private static final String VECTOR = "jdk.incubator.vector.FloatVector";
  private static final String LAYER = "dev.gradpoet.runtime.Layer";

  /** The first names of the packages that generated classes use. */
  private static final List<String> PACKAGES = List.of("dev", "java", "jdk");

  private static final List<String> ACTIVATION_OPTIONS =
      List.of("negativeSlope", "alpha", "minVal", "maxVal", "beta", "threshold");
  private static final List<String> LOSS_NUMBERS =
      List.of("labelSmoothing", "ignoreIndex", "beta", "delta");
  private static final List<String> LOSS_WEIGHTS = List.of("classWeights", "posWeight", "weight");

  private final Elements elements;

  public NetworkReader(Elements elements) {
    this.elements = elements;
  }

  /** Whether a declaration names types that do not exist yet; another processor may still write them. */
  public boolean isUnresolved(TypeElement type) {
    return type.getInterfaces().stream().anyMatch(NetworkReader::isError)
        || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .anyMatch(method -> isError(method.getReturnType()));
  }

  /** Whether code beside a declaration may use vectors: the module of the declaration reads theirs. */
  public boolean readsVectors(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return module == null
        ? elements.getTypeElement(VECTOR) != null
        : elements.getTypeElement(module, VECTOR) != null;
  }

  /** Whether a declaration lies in a module with a name. */
  public boolean isInNamedModule(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return module != null && !module.isUnnamed();
  }

  /** The place of a declaration's name. */
  public Site site(TypeElement type) {
    return new ElementSite(type, null, null);
  }

  private static boolean isError(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR;
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
        elements.getPackageOf(type).getQualifiedName().toString(),
        List.copyOf(names),
        kind(type.getKind()),
        !type.getTypeParameters().isEmpty(),
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
    return method.getReturnType().toString().equals(LAYER)
        ? Optional.empty()
        : Optional.of("returns " + method.getReturnType());
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
    ModuleElement module = elements.getModuleOf(type);
    List<String> inherited = ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
        .filter(method -> !method.getEnclosingElement().equals(type))
        .map(method -> method.getEnclosingElement().getSimpleName() + "." + method)
        .toList();
    return new Surroundings(
        find(module, "dev.gradpoet.runtime.Model"),
        packagesHiddenBy(type, module),
        inherited,
        !suppressed(type));
  }

  private List<String> packagesHiddenBy(TypeElement type, ModuleElement module) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String prefix = packageName.isEmpty() ? "" : packageName + ".";
    return PACKAGES.stream().filter(name -> find(module, prefix + name)).toList();
  }

  private boolean find(ModuleElement module, String name) {
    return module == null
        ? elements.getTypeElement(name) != null
        : elements.getTypeElement(module, name) != null;
  }

  private static boolean suppressed(TypeElement type) {
    SuppressWarnings suppressed = type.getAnnotation(SuppressWarnings.class);
    return suppressed != null && Arrays.asList(suppressed.value()).contains("gradpoet");
  }

  private static Optional<Members> annotation(Element element, String simpleName) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      Element type = mirror.getAnnotationType().asElement();
      if (((TypeElement) type).getQualifiedName().contentEquals(ANNOTATIONS + simpleName)) {
        return Optional.of(new Members(element, mirror));
      }
    }
    return Optional.empty();
  }
}
