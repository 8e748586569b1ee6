package dev.gradpoet.processor.emit.network;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the forward pass in training, if it differs from that in inference. */
public final class TrainingPassEmitter {

  private static final ClassName MASKS = RuntimeTypes.training("Masks");

  /** The method of the network that a trainer calls. */
  public static final String METHOD = "trainingForward";

  /** The method that is called once before it, whatever the number of threads. */
  public static final String PREPARE = "prepareTraining";

  private TrainingPassEmitter() {}

  // private void prepareTraining(Values v, int n) {
  //   Masks.draw(generator, 0.5, n, 32, v.dropMask);
  //   p.bnNumBatchesTracked.increment(v.frozen[0]);
  // }
  //
  // private void trainingForward(Values v, int n) {
  //   KERNELS.hiddenForward(n, v.input, p.hiddenWeight.rows, p.hiddenBias.values, v.hidden);
  //   KERNELS.dropForward(n, v.hidden, v.dropMask, v.drop);
  //   ...
  // }
  //
  // (with batch norms, n of a total of rows)
  //
  // private void trainingForward(Values v, int n, Values all, int total, Part part) {
  //   ...
  // }
  /** Adds the methods to the class of the network, if it has them. */
  public static void add(TypeSpec.Builder type, Plan plan, Signatures signatures) {
    if (!plan.hasTwoPasses()) {
      return;
    }
    List<CodeBlock> once = new ArrayList<>();
    plan.dropouts().forEach(dropout -> once.add(draw(dropout, signatures.names())));
    plan.batchNorms()
        .forEach(norm -> once.add(CodeBlock.of(
            "p.$L.increment(v.$L[$L])",
            signatures.names().field(norm.running().batches()),
            Names.FROZEN,
            plan.indexOfBatchNorm(norm.layer()))));
    TypeName values = signatures.names().nested("Values");
    if (!once.isEmpty()) {
      Sequence.add(type, method(PREPARE, values), once);
    }
    MethodSpec.Builder forward = method(METHOD, values);
    if (!plan.batchNorms().isEmpty()) {
      forward
          .addParameter(values, "all")
          .addParameter(TypeName.INT, "total")
          .addParameter(RuntimeTypes.PART, "part");
    }
    Sequence.add(type, forward, plan.training().stream().map(signatures::call).toList());
  }

  private static MethodSpec.Builder method(String name, TypeName values) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .addParameter(values, "v")
        .addParameter(TypeName.INT, "n");
  }

  /** Draws a mask. All masks are drawn before the first kernel, so that only their order determines the numbers. */
  private static CodeBlock draw(ElementKernels.Dropout dropout, Names names) {
    return CodeBlock.of(
        "$T.draw(generator, $L, n, $L, v.$L)",
        MASKS,
        Scalar.DOUBLE.literal(dropout.p()),
        dropout.mask().width(),
        names.field(dropout.mask()));
  }
}
