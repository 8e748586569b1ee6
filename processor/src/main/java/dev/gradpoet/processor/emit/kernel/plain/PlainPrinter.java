package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.RowFunctions;
import dev.gradpoet.processor.emit.kernel.RowMethods;
import dev.gradpoet.processor.emit.kernel.ScalarFunctions;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.family.SoftmaxKernels;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.layer.RowKernels;
import dev.gradpoet.processor.graph.formula.Softmax;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** Prints each kernel in plain Java: as one method, except a row of many layers, which is split. */
final class PlainPrinter implements FamilyKernel.Cases<KernelCode<List<MethodSpec>>> {

  private final Plan plan;
  private final Signatures signatures;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final RowKernels row;
  private final PlainProducts products;
  private final PlainGradients gradients;
  private final PlainBackward backward;
  private final PlainWindows windows;

  PlainPrinter(Plan plan, Signatures signatures, LayerKernels layers) {
    this.plan = plan;
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.choice = signatures.choice();
    this.row = layers.row();
    this.products = new PlainProducts(scalar, layers.primitives());
    this.gradients = new PlainGradients(scalar, plan.matrices());
    this.backward = new PlainBackward(scalar);
    this.windows = new PlainWindows(scalar);
  }

  private static KernelCode<List<MethodSpec>> of(MethodSpec method) {
    return KernelCode.of(List.of(method));
  }

  private MethodSpec.Builder method(FamilyKernel kernel) {
    return choice.ofFamily(kernel.head());
  }

  @Override
  public KernelCode<List<MethodSpec>> row(FamilyKernel.Row kernel) {
    List<Helper> calls =
        row.products().stream().map(product -> products.ofRow(product.order())).toList();
    return new KernelCode<>(
        calls,
        helpers -> Sequence.methods(
            method(kernel), row.statements(product -> productOfRow(product, helpers))));
  }

  private List<CodeBlock> productOfRow(LinearKernels.Linear kernel, Helpers helpers) {
    CodeBlock product =
        products.ofRow(kernel.order(), signatures.of(kernel).rowArguments(), helpers);
    return Stream.concat(Stream.of(product), row.activationOfRow(kernel).stream())
        .toList();
  }

  @Override
  public KernelCode<List<MethodSpec>> product(FamilyKernel.Product kernel) {
    return new KernelCode<>(
        products.calls(), helpers -> List.of(products.method(method(kernel), helpers)));
  }

  @Override
  public KernelCode<List<MethodSpec>> dotProducts(FamilyKernel.DotProducts kernel) {
    return of(PlainDot.method(scalar, method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> windowProducts(FamilyKernel.WindowProducts kernel) {
    return new KernelCode<>(
        windows.callsOfProducts(), helpers -> List.of(windows.products(method(kernel), helpers)));
  }

  @Override
  public KernelCode<List<MethodSpec>> windowGradients(FamilyKernel.WindowGradients kernel) {
    return new KernelCode<>(
        windows.callsOfGradients(), helpers -> List.of(windows.gradients(method(kernel), helpers)));
  }

  @Override
  public KernelCode<List<MethodSpec>> planeProducts(FamilyKernel.PlaneProducts kernel) {
    return of(windows.planes(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> depthwiseProducts(FamilyKernel.DepthwiseProducts kernel) {
    return of(windows.depthwise(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> maxPool(FamilyKernel.MaxPool kernel) {
    return of(windows.maxPool(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> averagePool(FamilyKernel.AveragePool kernel) {
    return of(windows.averagePool(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> maxPoolOfPlanes(FamilyKernel.MaxPoolOfPlanes kernel) {
    return of(windows.maxPoolOfPlanes(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> function(FamilyKernel.Function kernel) {
    return of(ScalarFunctions.method(method(kernel), kernel.function(), scalar));
  }

  @Override
  public KernelCode<List<MethodSpec>> functionOfRows(FamilyKernel.FunctionOfRows kernel) {
    return of(RowFunctions.bodyOfRows(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> program(FamilyKernel.Program kernel) {
    return of(RowMethods.plain(method(kernel), kernel.method(), scalar));
  }

  @Override
  public KernelCode<List<MethodSpec>> softmaxExponentials(FamilyKernel.SoftmaxExponentials kernel) {
    CodeBlock program = new RowPrinter(scalar, SoftmaxKernels.ROWS_OF_EXPONENTIALS, outputs())
        .print(Softmax.exponentials());
    return of(SoftmaxKernels.exponentials(method(kernel), scalar, program));
  }

  @Override
  public KernelCode<List<MethodSpec>> softmaxDivide(FamilyKernel.SoftmaxDivide kernel) {
    CodeBlock program =
        new RowPrinter(scalar, SoftmaxKernels.ROWS_OF_DIVIDE, outputs()).print(Softmax.divide());
    return of(method(kernel).addCode(program).build());
  }

  private CodeBlock outputs() {
    return CodeBlock.of("$L", plan.outputs());
  }

  @Override
  public KernelCode<List<MethodSpec>> transpose(FamilyKernel.Transpose kernel) {
    return of(backward.transpose(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> weightGradient(FamilyKernel.WeightGradient kernel) {
    return new KernelCode<>(
        PlainProducts.ofRows(scalar),
        helpers -> List.of(gradients.gradient(method(kernel), helpers)));
  }

  @Override
  public KernelCode<List<MethodSpec>> biasGradient(FamilyKernel.BiasGradient kernel) {
    return of(backward.biasGradient(method(kernel)));
  }

  @Override
  public KernelCode<List<MethodSpec>> scaleGradient(FamilyKernel.ScaleGradient kernel) {
    return of(backward.scaleGradient(method(kernel)));
  }
}
