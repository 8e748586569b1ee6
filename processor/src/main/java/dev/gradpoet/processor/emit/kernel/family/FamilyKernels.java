package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.RowFunctions;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists the methods that each family of a network implements differently, in the order in which they are printed. */
public final class FamilyKernels {

  private final Plan plan;
  private final Signatures signatures;
  private final List<FamilyKernel> kernels = new ArrayList<>();

  private FamilyKernels(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.signatures = signatures;
  }

  /** The methods. */
  public static List<FamilyKernel> of(Plan plan, Signatures signatures, Primitives primitives) {
    FamilyKernels all = new FamilyKernels(plan, signatures);
    all.forward(primitives);
    all.loss();
    all.backward();
    return List.copyOf(all.kernels);
  }

  private void forward(Primitives primitives) {
    if (plan.hasRowPass()) {
      kernels.add(new FamilyKernel.Row(signatures.rowsHead()));
    }
    if (!primitives.allProducts().isEmpty()) {
      kernels.add(new FamilyKernel.Product(primitives.productHead()));
    }
    if (primitives.hasDotProducts()) {
      kernels.add(new FamilyKernel.DotProducts(primitives.dotProductsHead()));
    }
    if (!primitives.windowProducts().isEmpty()) {
      kernels.add(new FamilyKernel.WindowProducts(primitives.windows().windowProducts()));
    }
    if (!primitives.planeProducts().isEmpty()) {
      kernels.add(new FamilyKernel.PlaneProducts(primitives.windows().planeProducts()));
    }
    if (!primitives.windowGradients().isEmpty()) {
      kernels.add(new FamilyKernel.WindowGradients(primitives.windows().windowGradients()));
    }
    List<Requirement> required = plan.requirements();
    if (required.contains(new Requirement.DepthwiseProducts())) {
      kernels.add(new FamilyKernel.DepthwiseProducts(primitives.windows().depthwiseProducts()));
    }
    if (required.contains(new Requirement.MaxPool(false))) {
      kernels.add(new FamilyKernel.MaxPool(primitives.windows().maxPool()));
    }
    if (required.contains(new Requirement.MaxPool(true))) {
      kernels.add(new FamilyKernel.MaxPoolOfPlanes(primitives.windows().maxPoolOfPlanes()));
    }
    if (required.contains(new Requirement.AveragePool())) {
      kernels.add(new FamilyKernel.AveragePool(primitives.windows().averagePool()));
    }
    RowFunctions functions = primitives.functions();
    functions
        .differing()
        .forEach(
            function -> kernels.add(new FamilyKernel.Function(functions.head(function), function)));
    functions
        .ofRows()
        .forEach(function ->
            kernels.add(new FamilyKernel.FunctionOfRows(functions.headOfRows(function))));
    primitives
        .programs()
        .differing()
        .forEach(method ->
            kernels.add(new FamilyKernel.Program(primitives.programs().head(method), method)));
  }

  /** With label smoothing, the gradient is not a multiple of the softmax. */
  private void loss() {
    if (!plan.hasTwoPassLoss()) {
      return;
    }
    kernels.add(
        new FamilyKernel.SoftmaxExponentials(SoftmaxKernels.exponentials(signatures.scalar())));
    if (plan.loss().orElseThrow().gradientIsScaledSoftmax()) {
      kernels.add(new FamilyKernel.SoftmaxDivide(SoftmaxKernels.divide(signatures.scalar())));
    }
  }

  private void backward() {
    any(LinearKernels.Transpose.class, KernelNames.DOC_OF_TRANSPOSE, FamilyKernel.Transpose::new);
    any(
        LinearKernels.WeightGradient.class,
        KernelNames.DOC_OF_WEIGHT_GRADIENT,
        FamilyKernel.WeightGradient::new);
    any(
        LinearKernels.BiasGradient.class,
        KernelNames.DOC_OF_BIAS_GRADIENT,
        FamilyKernel.BiasGradient::new);
    any(
        NormKernels.ScaleGradient.class,
        KernelNames.DOC_OF_SCALE_GRADIENT,
        FamilyKernel.ScaleGradient::new);
  }

  /** Adds the method that all kernels of a kind share, if the backward pass has any. */
  private void any(
      Class<? extends BackwardKernel> kind,
      String description,
      Function<MethodSpec, FamilyKernel> kernel) {
    Kernel.ofKind(plan.backwardKernels(), kind)
        .findFirst()
        .map(any -> kernel.apply(signatures.head(any, description)))
        .ifPresent(kernels::add);
  }
}
