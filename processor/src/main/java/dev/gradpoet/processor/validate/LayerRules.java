package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Validates the form with one method per layer, layer by layer. An error in a layer causes no further errors in the layers that read it. */
final class LayerRules {

  private static final Set<String> RESERVED = Set.of(
      ValidSpec.INPUT,
      // parameterless methods of Model, and static ones of the generated class
      "parameters",
      "copy",
      "summary",
      "predictor",
      "architecture",
      // a method that the generated class will have in a later version
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

  /** Of {@code @LayerNorm}. */
  private static final double DEFAULT_EPS = 1e-5;

  private final NetworkSpec spec;
  private final Problems problems;
  private final SizeRules sizes;

  /** The widths of the input and of the layers so far; empty if unknown because of an error. */
  private final Map<String, Optional<Integer>> widths = new LinkedHashMap<>();

  private final Set<String> read = new HashSet<>();
  private final List<ValidLayer> layers = new ArrayList<>();

  LayerRules(NetworkSpec spec, Problems problems, SizeRules sizes) {
    this.spec = spec;
    this.problems = problems;
    this.sizes = sizes;
  }

  /** The names that no layer may have. */
  static Set<String> reserved() {
    return RESERVED;
  }

  List<ValidLayer> layers(List<MethodSpec> methods) {
    SourceRules sources = new SourceRules(methods, problems, widths);
    widths.put(
        ValidSpec.INPUT,
        spec.input().filter(width -> sizes.checkWidth("input", width)).map(Sited::value));
    String before = ValidSpec.INPUT;
    for (MethodSpec method : methods) {
      checkMethod(method);
      Optional<Integer> width = Optional.empty();
      if (method.layers().size() == 1) {
        LayerSpec layer = method.layers().get(0);
        Optional<List<String>> from = sources.resolve(method.name(), layer, before);
        from.ifPresent(read::addAll);
        width = layer(method, layer, from, sources);
      }
      widths.put(method.name(), width);
      before = method.name();
    }
    checkAllRead(methods);
    return layers;
  }

  private void checkMethod(MethodSpec method) {
    String name = method.name();
    if (RESERVED.contains(name)) {
      problems.add(
          ProblemCode.RESERVED_NAME,
          method.site(),
          "the name " + name + " is reserved"
              + (name.equals(ValidSpec.INPUT)
                  ? " for the input of the network"
                  : ": the generated class has a method " + name + "()")
              + ", expected a different name: rename the layer");
      return;
    }
    method
        .form()
        .ifPresent(form -> problems.add(
            ProblemCode.NOT_A_LAYER_METHOD,
            method.site(),
            name + "() " + form + ", expected the form \"Layer " + name
                + "();\" with dev.gradpoet.runtime.Layer"));
    if (method.layers().isEmpty()) {
      problems.add(
          ProblemCode.UNANNOTATED_METHOD,
          method.site(),
          name
              + "() has no layer annotation: annotate it with one, such as @Linear or @Add (and import it), or give it a default body");
    }
    if (method.layers().size() > 1) {
      problems.add(
          ProblemCode.SEVERAL_KINDS,
          method.layers().get(1).site(),
          name + "() is a @" + method.layers().get(0).kind().annotation()
              + " already, expected one layer annotation per method: remove one of the two annotations");
    }
  }

  private Optional<Integer> layer(
      MethodSpec method, LayerSpec layer, Optional<List<String>> from, SourceRules sources) {
    String name = method.name();
    ValidActivation activation = new ActivationRules(problems, Narrowing.of(spec))
        .check(
            layer.activation().map(Sited::value).orElse(Activation.IDENTITY),
            method.activationOptions());
    return switch (layer.kind()) {
      case LINEAR -> linear(name, layer, from, activation);
      case ADD -> {
        Optional<Integer> width = sources.commonWidth(layer, from);
        if (width.isPresent()) {
          layers.add(new ValidLayer.AddLayer(name, from.orElseThrow(), width.get(), activation));
        }
        yield width;
      }
      case MUL -> {
        Optional<Integer> width = sources.commonWidth(layer, from);
        if (width.isPresent()) {
          layers.add(new ValidLayer.MulLayer(name, from.orElseThrow(), width.get(), activation));
        }
        yield width;
      }
      case CONCAT -> {
        Optional<Integer> width = sources.totalWidth(layer, from, sizes);
        if (width.isPresent()) {
          layers.add(new ValidLayer.ConcatLayer(name, from.orElseThrow(), width.get(), activation));
        }
        yield width;
      }
      case LAYER_NORM -> layerNorm(name, layer, from, activation);
      case DROPOUT -> dropout(name, layer, from, activation);
      case PRELU -> prelu(name, layer, from, activation);
      case ACTIVATE -> {
        Optional<Integer> width = widthRead(from);
        width.ifPresent(known -> layers.add(
            new ValidLayer.ActivateLayer(name, from.orElseThrow().get(0), known, activation)));
        yield width;
      }
    };
  }

  /** The width of what a layer with one source reads. */
  private Optional<Integer> widthRead(Optional<List<String>> from) {
    return from.flatMap(names -> widths.get(names.get(0)));
  }

  private Optional<Integer> linear(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Sited<Integer> out = layer.integers().get("out");
    if (!sizes.checkWidth("out", out)) {
      return Optional.empty();
    }
    Optional<Integer> in = widthRead(from);
    if (in.isPresent()) {
      sizes.checkProduct(in.get(), out);
      boolean bias = layer.flag("bias", true);
      layers.add(new ValidLayer.LinearLayer(
          name, from.orElseThrow().get(0), in.get(), out.value(), bias, activation));
    }
    return Optional.of(out.value());
  }

  private Optional<Integer> layerNorm(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Optional<Integer> width = widthRead(from);
    boolean affine = layer.flag("affine", true);
    Sited<Integer> dims = layer.integers().get("dims");
    if (dims != null && dims.value() != 1) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          dims.site(),
          "dims is " + dims.value()
              + ", expected 1: a sample is a vector, which has one dimension to normalize");
    }
    Sited<Double> eps = layer.reals().get("eps");
    if (eps != null && !(eps.value() >= 0 && Narrowing.of(spec).isFinite(eps.value()))) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          eps.site(),
          "eps is " + Narrowing.of(spec).describe(eps.value())
              + ", expected a finite number of at least 0: it is added to the variance, by default 1e-5");
    }
    if (width.isPresent()) {
      if (affine) {
        sizes.checkVectors(2, width.get(), layer.site());
      }
      layers.add(new ValidLayer.LayerNormLayer(
          name,
          from.orElseThrow().get(0),
          width.get(),
          eps == null ? DEFAULT_EPS : eps.value(),
          affine,
          activation));
    }
    return width;
  }

  private Optional<Integer> dropout(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    double p = layer.real("p", 0.5) + 0.0; // -0 and 0 are one probability
    if (!(p >= 0 && p <= 1)) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          layer.reals().get("p").site(),
          "p is " + p
              + ", expected a number from 0 to 1: it is the probability that a value is dropped");
    }
    Optional<Integer> width = widthRead(from);
    width.ifPresent(known -> layers.add(
        new ValidLayer.DropoutLayer(name, from.orElseThrow().get(0), p, known, activation)));
    return width;
  }

  private Optional<Integer> prelu(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Optional<Integer> width = widthRead(from);
    if (width.isPresent()) {
      int slopes = layer.flag("perChannel", false) ? width.get() : 1;
      sizes.checkVectors(1, slopes, layer.site());
      layers.add(new ValidLayer.PReluLayer(
          name, from.orElseThrow().get(0), width.get(), slopes, activation));
    }
    return width;
  }

  private void checkAllRead(List<MethodSpec> methods) {
    if (problems.hasErrors()) {
      return; // a source that could not be resolved may have meant any of them
    }
    for (MethodSpec method : methods.subList(0, methods.size() - 1)) {
      if (!read.contains(method.name())) {
        problems.add(
            ProblemCode.UNREAD_LAYER,
            method.site(),
            "no layer reads " + method.name()
                + ", and it is not the output (the last layer): name it in the from of a later layer,"
                + " or remove it");
      }
    }
    Site output = methods.get(methods.size() - 1).site();
    if (layers.stream().noneMatch(ValidLayer::isTrained)) {
      problems.add(
          ProblemCode.NOTHING_TO_TRAIN,
          output,
          "no layer has parameters, expected at least one @Linear: the network has nothing to train");
    }
  }
}
