package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Prints the forward pass of a single row in inference, whose matrix products differ between families. */
public final class RowKernels {

  private final Plan plan;
  private final Signatures signatures;
  private final Primitives primitives;

  RowKernels(Plan plan, Signatures signatures, Primitives primitives) {
    this.plan = plan;
    this.signatures = signatures;
    this.primitives = primitives;
  }

  // rowProduct(x, 64, 64, row.hiddenWeight, row.hiddenBias, null, row.hidden, 32);
  // relu(row.hidden, row.hidden, 32);
  // ...
  /**
   * The statements of the pass.
   *
   * @param products the family's statements for a product with chains over blocks, including its activation
   */
  public List<CodeBlock> statements(Function<LinearKernels.Linear, List<CodeBlock>> products) {
    return plan.inference().stream()
        .flatMap(kernel -> kernel.match(new ForwardKernel.Cases<Stream<CodeBlock>>() {
          @Override
          public Stream<CodeBlock> linear(LinearKernels.Linear kernel) {
            return kernel.isInLanes()
                ? Stream.concat(
                    Stream.of(dotProductsOfRow(kernel)), activationOfRow(kernel).stream())
                : products.apply(kernel).stream();
          }

          @Override
          public Stream<CodeBlock> add(MergeKernels.Add kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> mul(MergeKernels.Mul kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> concat(MergeKernels.Concat kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> layerNorm(NormKernels.LayerNorm kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> batchNorm(NormKernels.BatchNorm kernel) {
            return Stream.empty(); // a row is inference
          }

          @Override
          public Stream<CodeBlock> runningNorm(NormKernels.RunningNorm kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> normalization(NormKernels.Normalization kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> dropout(ElementKernels.Dropout kernel) {
            return Stream.empty(); // the identity in inference
          }

          @Override
          public Stream<CodeBlock> window(MapKernels.Window kernel) {
            throw new IllegalStateException("windows have no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> convolution(MapKernels.Convolution kernel) {
            throw new IllegalStateException("windows have no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> reshape(CopyKernels.Reshape kernel) {
            throw new IllegalStateException("a sample of several rows has no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> prelu(ElementKernels.PRelu kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> embedding(CopyKernels.Embedding kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> activation(ElementKernels.Activation kernel) {
            Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
            CodeBlock copy = CodeBlock.of(
                "$T.arraycopy($L, 0, $L, 0, $L)",
                System.class,
                row.get("x"),
                row.get("y"),
                kernel.output().width());
            return Stream.of(kernel
                .epilogue()
                .map(next -> primitives.functions().activation(next, row.get("x"), row.get("y")))
                .orElse(copy));
          }
        }))
        .toList();
  }

  /** The products with chains over blocks, which families print differently. */
  public List<LinearKernels.Linear> products() {
    return Kernel.ofKind(plan.inference(), LinearKernels.Linear.class)
        .filter(kernel -> plan.hasRowPass() && !kernel.isInLanes())
        .toList();
  }

  // dotProducts(row.hidden, 784, row.logitsWeight, row.logitsBias, row.partial, row.logits, 3);
  private CodeBlock dotProductsOfRow(LinearKernels.Linear kernel) {
    Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
    return Primitives.dotProducts(
        kernel.order(),
        row.get("x"),
        row.get("w"),
        startOfRow(row),
        row.get("partial"),
        row.get("y"));
  }

  /** The row from which the sums of a row start, given the arguments of its kernel. */
  public static CodeBlock startOfRow(Map<String, CodeBlock> row) {
    return row.getOrDefault("b", CodeBlock.of(Primitives.ZEROS));
  }

  // relu(row.hidden, row.hidden, 32);
  /** The activation of a product of one row. */
  public Optional<CodeBlock> activationOfRow(LinearKernels.Linear kernel) {
    Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
    CodeBlock y = row.get("y");
    return kernel
        .epilogue()
        .map(next -> primitives.functions().activation(next, y, row.getOrDefault("z", y)));
  }
}
