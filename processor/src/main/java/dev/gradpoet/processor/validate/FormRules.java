package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.ActivationOptionsSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.LinearLayers;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.List;

/** Validates the form of a declaration, the shorthand or one method per layer, and collects its inputs and layers. */
final class FormRules {

  private static final int MAX_LAYERS = 512;

  private final NetworkSpec spec;
  private final Problems problems;
  private final SizeRules sizes;

  FormRules(NetworkSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
    this.sizes = new SizeRules(problems);
  }

  /** The inputs and the layers; meaningless if there are errors. */
  Form form() {
    List<MethodSpec> methods =
        spec.methods().stream().filter(FormRules::isMeantAsLayer).toList();
    spec.methods().stream().filter(MethodSpec::hasBody).forEach(this::rejectLayerWithBody);
    spec.methods().stream()
        .filter(method -> !isMeantAsLayer(method))
        .forEach(this::rejectOptionsOfNoLayer);
    return spec.layers()
        .map(widths -> shorthand(widths, methods))
        .orElseGet(() -> methods(methods));
  }

  /** Whether a method looks like a layer. Any other method is left to the comparison with the generated class. */
  private static boolean isMeantAsLayer(MethodSpec method) {
    return method.input().isPresent()
        || !method.layers().isEmpty()
        || !method.hasBody() && method.form().isEmpty();
  }

  private void rejectLayerWithBody(MethodSpec method) {
    method.input().ifPresent(input -> rejectBody(method, "Input", input.site()));
    method.layers().forEach(layer -> rejectBody(method, layer.kind().annotation(), layer.site()));
  }

  private void rejectBody(MethodSpec method, String annotation, Site site) {
    problems.add(
        ProblemCode.NOT_ABSTRACT,
        site,
        "@" + annotation + " on " + method.name()
            + "(), which has a body, expected an abstract method: remove the body, the generated class implements the method");
  }

  private void rejectOptionsOfNoLayer(MethodSpec method) {
    method
        .activationOptions()
        .ifPresent(options -> problems.add(
            ProblemCode.NOT_AN_OPTION_OF_ACTIVATION,
            options.site(),
            "@ActivationOptions on " + method.name()
                + "(), which is not a layer, has no effect: remove it"));
  }

  private Form shorthand(Sited<List<Sited<Integer>>> widths, List<MethodSpec> methods) {
    spec.input()
        .ifPresent(
            input -> problems.add(
                ProblemCode.BOTH_FORMS,
                input.site(),
                "both input and layers are set, expected only one: the first value of layers is the width of the input"));
    if (!methods.isEmpty()) {
      problems.add(
          ProblemCode.BOTH_FORMS,
          widths.site(),
          "both layers and the " + (methods.get(0).input().isPresent() ? "input" : "layer")
              + " method " + methods.get(0).name()
              + "() are declared, expected only one form: either layers = {..}, or input = .. and one method per layer");
    }
    List<Sited<Integer>> values = widths.value();
    if (values.size() < 2) {
      problems.add(
          ProblemCode.NO_LAYERS,
          widths.site(),
          "layers has " + values.size() + (values.size() == 1 ? " value" : " values")
              + ", expected at least 2: the width of the input, then the width of each layer");
      return Form.none();
    }
    limitLayers(values.size() - 1, widths.site());
    values.forEach(width -> sizes.checkWidth("a width in layers", width));
    if (problems.hasErrors()) {
      return Form.none();
    }
    List<ValidLayer> layers = new ArrayList<>();
    ValidActivation hidden = new ActivationRules(problems, Narrowing.of(spec))
        .check(
            spec.activation().map(Sited::value).orElse(Activation.IDENTITY),
            spec.activationOptions());
    ValidActivation output =
        ValidActivation.of(spec.outputActivation().map(Sited::value).orElse(Activation.IDENTITY));
    String from = ValidSpec.INPUT;
    for (int i = 1; i < values.size(); i++) {
      Sited<Integer> width = values.get(i);
      int in = values.get(i - 1).value();
      sizes.checkProduct(in, width);
      String name = String.valueOf(i - 1);
      boolean last = i == values.size() - 1;
      layers.add(new LinearLayers.LinearLayer(
          name, from, in, Shape.of(width.value()), true, last ? output : hidden));
      from = name;
    }
    return new Form(List.of(ValidInput.unnamed(Shape.of(values.get(0).value()))), layers);
  }

  private Form methods(List<MethodSpec> all) {
    List<MethodSpec> inputs =
        all.stream().filter(method -> method.input().isPresent()).toList();
    List<MethodSpec> methods =
        all.stream().filter(method -> method.input().isEmpty()).toList();
    rejectShorthandMember("activation", spec.activation().map(Sited::site).orElse(null));
    rejectShorthandMember(
        "outputActivation", spec.outputActivation().map(Sited::site).orElse(null));
    rejectShorthandMember(
        "@ActivationOptions on the interface",
        spec.activationOptions().map(ActivationOptionsSpec::site).orElse(null));
    if (methods.isEmpty()) {
      problems.add(
          ProblemCode.NO_LAYERS,
          spec.annotation(),
          "no layers, expected at least one: set layers = {..} to the widths, or set input = .. and declare one annotated method per layer");
      return Form.none();
    }
    if (!inputs.isEmpty()) {
      spec.input()
          .ifPresent(
              input -> problems.add(
                  ProblemCode.BOTH_FORMS,
                  input.site(),
                  "both input and the input method " + inputs.get(0).name()
                      + "() are declared, expected only one form: remove input, or declare it as a method, too"));
    } else if (spec.input().isEmpty()) {
      problems.add(
          ProblemCode.MISSING_INPUT,
          spec.annotation(),
          "no input, expected at least one: set input = .. to the shape of a sample, or declare methods with @Input");
    }
    limitLayers(methods.size(), spec.annotation());
    return new LayerRules(spec, problems, sizes).form(all);
  }

  private void rejectShorthandMember(String member, Site site) {
    if (site != null) {
      problems.add(
          ProblemCode.WRONG_FORM,
          site,
          member
              + " applies only to the shorthand layers = {..}: set the activation of each layer instead");
    }
  }

  private void limitLayers(int count, Site site) {
    if (count > MAX_LAYERS) {
      problems.add(
          ProblemCode.TOO_MANY_LAYERS,
          site,
          count + " layers, expected at most " + MAX_LAYERS + ": split the network into several");
    }
  }
}
