package dev.gradpoet.processor;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.CopyLayers.EmbeddingLayer;
import dev.gradpoet.processor.valid.CopyLayers.FlattenLayer;
import dev.gradpoet.processor.valid.DeclaredInterface;
import dev.gradpoet.processor.valid.ElementLayers.ActivateLayer;
import dev.gradpoet.processor.valid.ElementLayers.DropoutLayer;
import dev.gradpoet.processor.valid.ElementLayers.PReluLayer;
import dev.gradpoet.processor.valid.LinearLayers.LinearLayer;
import dev.gradpoet.processor.valid.MergeLayers.AddLayer;
import dev.gradpoet.processor.valid.MergeLayers.ConcatLayer;
import dev.gradpoet.processor.valid.MergeLayers.MulLayer;
import dev.gradpoet.processor.valid.NormLayers.BatchNormLayer;
import dev.gradpoet.processor.valid.NormLayers.LayerNormLayer;
import dev.gradpoet.processor.valid.NormLayers.NormalizationLayer;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidLoss;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Specifications for tests of the stages behind validation, without javac. */
public final class SpecBuilder {

  private final List<ValidInput> inputs = new ArrayList<>();
  private final List<ValidLayer> layers = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private String last;
  private DType dtype = DType.FLOAT32;
  private Loss loss = Loss.NONE;
  private String packageName = "test";

  private SpecBuilder() {}

  /** A network whose samples have this shape. */
  public static SpecBuilder inputs(Integer... sizes) {
    return several().input(ValidInput.unnamed(new Shape(List.of(sizes))));
  }

  /** A network whose inputs follow. */
  public static SpecBuilder several() {
    return new SpecBuilder();
  }

  /** Adds an input of numbers. */
  public SpecBuilder dense(String name, Integer... sizes) {
    return input(new ValidInput(name, new Shape(List.of(sizes)), OptionalInt.empty(), true));
  }

  /** Adds an input of class indices. */
  public SpecBuilder indices(String name, int count, int classes) {
    return input(new ValidInput(name, Shape.of(count), OptionalInt.of(classes), true));
  }

  private SpecBuilder input(ValidInput input) {
    inputs.add(input);
    shapes.put(input.name(), input.shape());
    last = input.name();
    return this;
  }

  public SpecBuilder embedding(String name, String from, int dim, Activation activation) {
    ValidInput input =
        inputs.stream().filter(each -> each.name().equals(from)).findFirst().orElseThrow();
    return layer(new EmbeddingLayer(
        name,
        from,
        input.classes().orElseThrow(),
        new Shape(List.of(input.shape().size(), dim)),
        ValidActivation.of(activation)));
  }

  public DType dtype() {
    return dtype;
  }

  public SpecBuilder dtype(DType dtype) {
    this.dtype = dtype;
    return this;
  }

  public SpecBuilder inPackage(String packageName) {
    this.packageName = packageName;
    return this;
  }

  public SpecBuilder loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  public SpecBuilder linear(String name, int out) {
    return linear(name, last, out, true, Activation.IDENTITY);
  }

  public SpecBuilder linear(String name, int out, Activation activation) {
    return linear(name, last, out, true, activation);
  }

  public SpecBuilder linear(String name, String from, int out) {
    return linear(name, from, out, true, Activation.IDENTITY);
  }

  public SpecBuilder linear(
      String name, String from, int out, boolean bias, Activation activation) {
    return layer(new LinearLayer(
        name,
        from,
        shapes.get(from).last(),
        shapes.get(from).withLast(out),
        bias,
        ValidActivation.of(activation)));
  }

  public SpecBuilder add(String name, String... from) {
    return add(name, Activation.IDENTITY, from);
  }

  public SpecBuilder add(String name, Activation activation, String... from) {
    return layer(
        new AddLayer(name, List.of(from), shapes.get(from[0]), ValidActivation.of(activation)));
  }

  public SpecBuilder mul(String name, Activation activation, String... from) {
    return layer(
        new MulLayer(name, List.of(from), shapes.get(from[0]), ValidActivation.of(activation)));
  }

  public SpecBuilder concat(String name, String... from) {
    int first = Arrays.stream(from).mapToInt(each -> shapes.get(each).first()).sum();
    return layer(new ConcatLayer(
        name,
        List.of(from),
        shapes.get(from[0]).withFirst(first),
        ValidActivation.of(Activation.IDENTITY)));
  }

  public SpecBuilder layerNorm(String name, String from, boolean affine) {
    return layerNorm(name, from, 1, affine);
  }

  public SpecBuilder layerNorm(String name, String from, int dims, boolean affine) {
    return layer(new LayerNormLayer(
        name, from, shapes.get(from), dims, 1e-5, affine, ValidActivation.of(Activation.IDENTITY)));
  }

  public SpecBuilder batchNorm(String name, String from, boolean affine, Activation activation) {
    return layer(new BatchNormLayer(
        name, from, shapes.get(from), 1e-5, 0.1, affine, ValidActivation.of(activation)));
  }

  public SpecBuilder normalization(String name, Activation activation) {
    Shape shape = shapes.get("input");
    return layer(new NormalizationLayer(
        name, "input", shape, List.of(), List.of(), ValidActivation.of(activation)));
  }

  public SpecBuilder dropout(String name, double p, Activation activation) {
    return layer(new DropoutLayer(name, last, p, shapes.get(last), ValidActivation.of(activation)));
  }

  public SpecBuilder prelu(String name, String from, boolean perChannel) {
    Shape shape = shapes.get(from);
    return layer(new PReluLayer(
        name,
        from,
        shape,
        perChannel ? shape.first() : 1,
        ValidActivation.of(Activation.IDENTITY)));
  }

  public SpecBuilder activate(String name, String from, Activation activation) {
    return layer(new ActivateLayer(name, from, shapes.get(from), ValidActivation.of(activation)));
  }

  public SpecBuilder flatten(String name, String from, Activation activation) {
    return layer(new FlattenLayer(
        name,
        from,
        shapes.get(from),
        Shape.of(shapes.get(from).size()),
        ValidActivation.of(activation)));
  }

  private SpecBuilder layer(ValidLayer layer) {
    layers.add(layer);
    shapes.put(layer.name(), layer.shape());
    last = layer.name();
    return this;
  }

  public ValidSpec build() {
    return new ValidSpec(
        new DeclaredInterface(packageName, List.of("Net"), true, Set.of()),
        inputs,
        layers,
        true,
        ValidLoss.of(loss),
        dtype,
        Init.PYTORCH_DEFAULT);
  }
}
