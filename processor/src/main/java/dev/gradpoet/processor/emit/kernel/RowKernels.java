package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Kernel;
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
  public List<CodeBlock> statements(Function<ForwardKernel.Linear, List<CodeBlock>> products) {
    return plan.inference().stream()
        .flatMap(kernel -> kernel.match(new ForwardKernel.Cases<Stream<CodeBlock>>() {
          @Override
          public Stream<CodeBlock> linear(ForwardKernel.Linear kernel) {
            return kernel.isInLanes()
                ? Stream.concat(
                    Stream.of(dotProductsOfRow(kernel)), activationOfRow(kernel).stream())
                : products.apply(kernel).stream();
          }

          @Override
          public Stream<CodeBlock> add(ForwardKernel.Add kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> mul(ForwardKernel.Mul kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> concat(ForwardKernel.Concat kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> layerNorm(ForwardKernel.LayerNorm kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> batchNorm(ForwardKernel.BatchNorm kernel) {
            return Stream.empty(); // a row is inference
          }

          @Override
          public Stream<CodeBlock> runningNorm(ForwardKernel.RunningNorm kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> normalization(ForwardKernel.Normalization kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> dropout(ForwardKernel.Dropout kernel) {
            return Stream.empty(); // the identity in inference
          }

          @Override
          public Stream<CodeBlock> window(ForwardKernel.Window kernel) {
            throw new IllegalStateException("windows have no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> convolution(ForwardKernel.Convolution kernel) {
            throw new IllegalStateException("windows have no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> reshape(ForwardKernel.Reshape kernel) {
            throw new IllegalStateException("a sample of several rows has no pass of a single row");
          }

          @Override
          public Stream<CodeBlock> prelu(ForwardKernel.PRelu kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> embedding(ForwardKernel.Embedding kernel) {
            return Stream.of(signatures.row(kernel));
          }

          @Override
          public Stream<CodeBlock> activation(ForwardKernel.Activation kernel) {
            Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
            CodeBlock copy = CodeBlock.of(
                "$T.arraycopy($L, 0, $L, 0, $L)",
                System.class,
                row.get("x"),
                row.get("y"),
                kernel.output().width());
            return Stream.of(kernel
                .epilogue()
                .map(next -> primitives.activation(next, row.get("x"), row.get("y")))
                .orElse(copy));
          }
        }))
        .toList();
  }

  /** The products with chains over blocks, which families print differently. */
  public List<ForwardKernel.Linear> products() {
    return Kernel.ofKind(plan.inference(), ForwardKernel.Linear.class)
        .filter(kernel -> plan.hasRowPass() && !kernel.isInLanes())
        .toList();
  }

  // dotProducts(row.hidden, 784, row.logitsWeight, row.logitsBias, row.partial, row.logits, 3);
  private CodeBlock dotProductsOfRow(ForwardKernel.Linear kernel) {
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
  public Optional<CodeBlock> activationOfRow(ForwardKernel.Linear kernel) {
    Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
    CodeBlock y = row.get("y");
    return kernel.epilogue().map(next -> primitives.activation(next, y, row.getOrDefault("z", y)));
  }
}
