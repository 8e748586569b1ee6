package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.RowFunctions;
import dev.gradpoet.processor.emit.kernel.RowMethods;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.family.SoftmaxKernels;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.layer.RowKernels;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.simd.map.SimdDepthwise;
import dev.gradpoet.processor.emit.kernel.simd.map.SimdPools;
import dev.gradpoet.processor.emit.kernel.simd.map.SimdWindows;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.Softmax;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prints each kernel with the Vector API. */
final class SimdPrinter implements FamilyKernel.Cases<KernelCode<SimdCode>> {

  private final Plan plan;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final RowKernels rowKernels;
  private final SimdRow row;
  private final SimdProducts products;
  private final SimdGradients gradients;
  private final SimdBackward backward;
  private final SimdWindows windows;

  SimdPrinter(Plan plan, Signatures signatures, LayerKernels layers) {
    this.plan = plan;
    this.scalar = signatures.scalar();
    this.choice = signatures.choice();
    this.rowKernels = layers.row();
    this.row = new SimdRow(signatures, rowKernels);
    this.products = new SimdProducts(scalar, layers.primitives());
    this.gradients = new SimdGradients(scalar, plan.matrices());
    this.backward = new SimdBackward(scalar);
    this.windows = new SimdWindows(scalar, layers.primitives());
  }

  /** Whether a kernel reads {@link SimdLoops#WIDE}. */
  boolean isWide() {
    return products.isWide() || gradients.isWide() || windows.isWide();
  }

  private MethodSpec.Builder method(FamilyKernel kernel) {
    return choice.ofFamily(kernel.head());
  }

  private static KernelCode<SimdCode> ofLoop(MethodSpec kernel) {
    return KernelCode.of(SimdCode.ofLoop(kernel));
  }

  @Override
  public KernelCode<SimdCode> row(FamilyKernel.Row kernel) {
    List<MethodSpec> all = Sequence.methods(method(kernel), rowKernels.statements(row::statements));
    List<MethodSpec> ofLayers = rowKernels.products().stream().map(row::method).toList();
    if (row.isOneLoop(plan.inference())) {
      SimdCode one = SimdCode.join(all.stream().map(SimdCode::ofLoop).toList());
      return KernelCode.of(SimdCode.join(List.of(one, new SimdCode(List.of(), ofLayers))));
    }
    List<SimdCode> codes = new ArrayList<>();
    codes.add(new SimdCode(all, List.of()));
    ofLayers.forEach(layer -> codes.add(SimdCode.ofLoop(layer)));
    return KernelCode.of(SimdCode.join(codes));
  }

  @Override
  public KernelCode<SimdCode> product(FamilyKernel.Product kernel) {
    return new KernelCode<>(products.tiles(), helpers -> products.code(method(kernel), helpers));
  }

  @Override
  public KernelCode<SimdCode> dotProducts(FamilyKernel.DotProducts kernel) {
    SimdDot dot = new SimdDot(scalar);
    return new KernelCode<>(
        List.of(dot), helpers -> SimdCode.ofLoop(dot.dotProducts(method(kernel), helpers)));
  }

  @Override
  public KernelCode<SimdCode> windowProducts(FamilyKernel.WindowProducts kernel) {
    return new KernelCode<>(windows.calls(), helpers -> windows.products(method(kernel), helpers));
  }

  @Override
  public KernelCode<SimdCode> windowGradients(FamilyKernel.WindowGradients kernel) {
    return new KernelCode<>(
        windows.callsOfGradients(), helpers -> windows.gradients(method(kernel), helpers));
  }

  @Override
  public KernelCode<SimdCode> planeProducts(FamilyKernel.PlaneProducts kernel) {
    return new KernelCode<>(
        windows.callsOfPlanes(), helpers -> windows.planes(method(kernel), helpers));
  }

  @Override
  public KernelCode<SimdCode> depthwiseProducts(FamilyKernel.DepthwiseProducts kernel) {
    return ofLoop(new SimdDepthwise(scalar).method(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> maxPool(FamilyKernel.MaxPool kernel) {
    return ofLoop(new SimdPools(scalar).channelsLast(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> averagePool(FamilyKernel.AveragePool kernel) {
    return ofLoop(new SimdPools(scalar).averages(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> maxPoolOfPlanes(FamilyKernel.MaxPoolOfPlanes kernel) {
    return ofLoop(new SimdPools(scalar).planes(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> function(FamilyKernel.Function kernel) {
    return SimdFunctions.code(kernel.function(), method(kernel));
  }

  @Override
  public KernelCode<SimdCode> functionOfRows(FamilyKernel.FunctionOfRows kernel) {
    return ofLoop(RowFunctions.bodyOfRows(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> program(FamilyKernel.Program kernel) {
    Map<Variable, String> arrays = RowMethods.arrays(kernel.method());
    CodeBlock width = CodeBlock.of("$L", RowProgram.WIDTH.name());
    return new SimdRowProgram(kernel.method().program(), arrays, width)
        .inKernel()
        .map(code -> SimdCode.of(RowMethods.method(method(kernel), kernel.method(), code)));
  }

  /** One loop over all rows, into which C2 inlines the loops over a row: a call for each row would take as long as they do. */
  @Override
  public KernelCode<SimdCode> softmaxExponentials(FamilyKernel.SoftmaxExponentials kernel) {
    return ofSoftmax(
        Softmax.exponentials(),
        SoftmaxKernels.ROWS_OF_EXPONENTIALS,
        code -> SoftmaxKernels.exponentials(method(kernel), scalar, code));
  }

  @Override
  public KernelCode<SimdCode> softmaxDivide(FamilyKernel.SoftmaxDivide kernel) {
    return ofSoftmax(
        Softmax.divide(),
        SoftmaxKernels.ROWS_OF_DIVIDE,
        code -> method(kernel).addCode(code).build());
  }

  /** Plain Java for float64, whose functions are fdlibm's and have no vector form. */
  private KernelCode<SimdCode> ofSoftmax(
      RowProgram program, Map<Variable, String> rows, Function<CodeBlock, MethodSpec> kernel) {
    CodeBlock width = CodeBlock.of("$L", plan.outputs());
    return scalar == Scalar.FLOAT
        ? new SimdRowProgram(program, rows, width).inLoops().map(kernel).map(SimdCode::ofLoop)
        : KernelCode.of(
            SimdCode.of(kernel.apply(new RowPrinter(scalar, rows, width).print(program))));
  }

  @Override
  public KernelCode<SimdCode> transpose(FamilyKernel.Transpose kernel) {
    return KernelCode.of(SimdCode.of(backward.transpose(method(kernel))));
  }

  @Override
  public KernelCode<SimdCode> weightGradient(FamilyKernel.WeightGradient kernel) {
    return new KernelCode<>(
        gradients.calls(), helpers -> SimdCode.of(gradients.method(method(kernel), helpers)));
  }

  @Override
  public KernelCode<SimdCode> biasGradient(FamilyKernel.BiasGradient kernel) {
    return ofLoop(backward.biasGradient(method(kernel)));
  }

  @Override
  public KernelCode<SimdCode> scaleGradient(FamilyKernel.ScaleGradient kernel) {
    return ofLoop(backward.scaleGradient(method(kernel)));
  }
}
