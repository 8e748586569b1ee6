package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.network.ValuesEmitter;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Trainer}: its buffers, and those of its threads; the rest is in the runtime. */
public final class TrainerEmitter {

  private static final ClassName OPTIMIZER = RuntimeTypes.runtime("Optimizer");

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final ValuesEmitter rows;
  private final Signatures signatures;
  private final LossTargets targets;
  private final Inputs inputs;
  private final TrainerMemory memory;

  /**
   * The trainer of a network.
   *
   * @param tile the rows that {@code evaluate} computes at once
   */
  public TrainerEmitter(Plan plan, ValuesEmitter rows, Signatures signatures, int tile) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.rows = rows;
    this.signatures = signatures;
    this.targets = new LossTargets(plan, scalar);
    this.inputs = new Inputs(plan.network(), scalar);
    this.memory = new TrainerMemory(plan, signatures, targets, tile);
  }

  // public static final class Trainer extends FloatTrainerBase.OfEither {
  //   private final Values v;            (with batch norms)
  //   private final Backward backward;   (with a gradient of an input)
  //   ...
  // }
  public TypeSpec trainer() {
    TypeSpec.Builder type = TypeSpec.classBuilder("Trainer")
        .addJavadoc(
            "Training for one caller: the methods on arrays allocate nothing. The network must not be used while a step or an update runs.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(targets.trainer());
    if (hasNorms()) {
      type.addField(constant(names.nested("Values"), "v"));
    }
    if (hasInputGradient()) {
      type.addField(constant(names.nested("Backward"), "backward"));
    }
    type.addMethod(constructor());
    if (!plan.dropouts().isEmpty()) {
      generator(type);
    }
    if (hasNorms()) {
      norms(type);
    }
    if (inputs.isOneDense()) {
      inputName(type);
    } else {
      new TrainerMethods(scalar, targets, inputs).add(type);
    }
    fixedBytes(type);
    bytesOfThread(type);
    if (hasInputGradient()) {
      inputGradient(type);
    }
    return type.build();
  }

  private boolean hasNorms() {
    return !plan.batchNorms().isEmpty();
  }

  private boolean hasInputGradient() {
    return !plan.gradientsOfInputs().isEmpty();
  }

  private static FieldSpec constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL).build();
  }

  // private Trainer(DigitsNetwork network, Optimizer optimizer, int capacity, int threads) {
  //   super(optimizer, capacity, 1004L);
  //   Parameters p = network.p, d = new Parameters();
  //   BatchRows rows = BatchRows.of(capacity, threads);
  //   Values v = new Values(p, rows);
  //   Gradients g = new Gradients(rows);
  //   Backward backward = new Backward(p, d, v, g, null, rows);
  //   setUp(
  //       p.all,
  //       d.all,
  //       SIMD ? new SimdKernels.Updates() : new FloatPlainUpdates(),
  //       new Batch(network, v, g.logits),
  //       new Batch(network),
  //       backward);
  //   for (Part part : cut(threads, 2368L)) {
  //     BatchRows own = rows.of(part);
  //     Values values = new Values(p, own);
  //     Gradients gradients = new Gradients(own);
  //     share(
  //         own,
  //         new Batch(network, values, gradients.logits),
  //         part.index() == 0 ? null : new Batch(network),
  //         new Backward(p, d, values, gradients, backward, own));
  //   }
  //   this.backward = backward;
  // }
  private MethodSpec constructor() {
    TypeName values = names.nested("Values");
    TypeName gradients = names.nested("Gradients");
    String tileOfEach = targets.all().isEmpty() ? "null" : "new Batch(network)";
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(OPTIMIZER, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addParameter(TypeName.INT, "threads")
        .addStatement(
            "super($Loptimizer, capacity, $LL)",
            inputs.isOneDense() ? "" : "network.architecture, ",
            memory.rowBytes())
        .addStatement("$1T p = network.p, d = new $1T()", names.nested("Parameters"))
        .addStatement("$1T rows = $1T.of(capacity, threads)", RuntimeTypes.BATCH_ROWS)
        .addStatement("$T v = $L", values, rows.newValues("p", CodeBlock.of("rows"), true))
        .addStatement("$1T g = new $1T(rows)", gradients)
        .addStatement("$1T backward = new $1T(p, d, v, g, null, rows)", names.nested("Backward"))
        .addStatement(
            "setUp(p.$1L, d.$1L,$W$2L,$W$3L,$W$4L, backward)",
            Names.ALL,
            signatures.choice().updates(scalar),
            batch("v", "g", "rows"),
            tileOfEach)
        .beginControlFlow("for ($T part : cut(threads, $LL))", RuntimeTypes.PART, plan.operations())
        .addStatement("$T own = rows.of(part)", RuntimeTypes.BATCH_ROWS)
        .addStatement("$T values = $L", values, rows.newValues("p", CodeBlock.of("own"), true))
        .addStatement("$1T gradients = new $1T(own)", gradients)
        .addStatement(
            "share(own,$W$L,$W$L,$Wnew Backward(p, d, values, gradients, backward, own))",
            batch("values", "gradients", "own"),
            targets.all().isEmpty() ? "null" : "part.index() == 0 ? null : new Batch(network)")
        .endControlFlow();
    if (hasNorms()) {
      constructor.addStatement("this.v = v");
    }
    if (hasInputGradient()) {
      constructor.addStatement("this.backward = backward");
    }
    if (!plan.dropouts().isEmpty()) {
      constructor.addStatement("this.generator = network.generator");
    }
    return constructor.build();
  }

  // new Batch(network, v, g.logits)
  // new Batch(network, v, g.logits, true, v, rows.part())
  private CodeBlock batch(String values, String gradients, String rows) {
    return CodeBlock.of(
        "new Batch(network, $L, $L.$L$L$L)",
        values,
        gradients,
        names.field(Plan.gradientOf(plan.output())),
        plan.hasTwoPasses() ? ", true" : "",
        hasNorms() ? ", v, " + rows + ".part()" : "");
  }

  // @Override
  // protected Generator generator() {
  //   return generator;
  // }
  private static void generator(TypeSpec.Builder type) {
    type.addField(constant(GENERATOR, "generator"))
        .addMethod(hook("generator")
            .returns(GENERATOR)
            .addStatement("return generator")
            .build());
  }

  // @Override
  // protected List<String> norms() {
  //   return List.of("bn");
  // }
  //
  // @Override
  // protected boolean[] frozenNorms() {
  //   return v.frozen;
  // }
  //
  // @Override
  // protected void checkRows(int n) {      where a norm has one value of each channel in a sample
  //   BatchStatistics.requireRows("bn", n, v.frozen[0]);
  // }
  private void norms(TypeSpec.Builder type) {
    List<String> layers =
        plan.batchNorms().stream().map(NormKernels.BatchNorm::layer).toList();
    type.addMethod(hook("norms")
        .returns(ParameterizedTypeName.get(List.class, String.class))
        .addStatement(
            "return $T.of($L)",
            List.class,
            layers.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", ")))
        .build());
    type.addMethod(hook("frozenNorms")
        .returns(ArrayTypeName.of(TypeName.BOOLEAN))
        .addStatement("return v.$L", Names.FROZEN)
        .build());
    List<CodeBlock> checks = plan.batchNorms().stream()
        .filter(NormKernels.BatchNorm::needsTwoRows)
        .map(norm -> CodeBlock.of(
            "$T.requireRows($S, n, v.$L[$L])",
            RuntimeTypes.training("BatchStatistics"),
            norm.layer(),
            Names.FROZEN,
            plan.indexOfBatchNorm(norm.layer())))
        .toList();
    if (!checks.isEmpty()) {
      ParameterSpec n = ParameterSpec.builder(TypeName.INT, "n").build();
      MethodSpec.Builder method = hook("checkRows").addParameter(n);
      List<MethodSpec> parts = Sequence.append(method, List.of(n), checks);
      type.addMethod(method.build()).addMethods(parts);
    }
  }

  // @Override
  // protected long fixedBytes() {
  //   return SIMD ? 4736L : 5248L;
  // }
  private void fixedBytes(TypeSpec.Builder type) {
    long plain = memory.fixedBytes(false);
    boolean two = signatures.choice().hasTwoFamilies() && memory.fixedBytes(true) != plain;
    type.addMethod(hook("fixedBytes")
        .returns(TypeName.LONG)
        .addStatement(
            "return $L$LL", two ? "SIMD ? " + memory.fixedBytes(true) + "L : " : "", plain)
        .build());
  }

  // @Override
  // protected long bytesOfThread(int capacity, boolean first) {
  //   return (SIMD ? 128L + capacity * 256L : 640L) + (first ? 0L : 9472L);
  // }
  private void bytesOfThread(TypeSpec.Builder type) {
    String plain = memory.bytesOfThread(false) + "L";
    String own = signatures.choice().hasTwoFamilies()
        ? "SIMD ? " + memory.bytesOfThread(true) + "L + capacity * " + memory.scratchOfRow()
            + "L : " + plain
        : plain;
    type.addMethod(hook("bytesOfThread")
        .returns(TypeName.LONG)
        .addParameter(TypeName.INT, "capacity")
        .addParameter(TypeName.BOOLEAN, "first")
        .addStatement("return ($L) + (first ? 0L : $LL)", own, memory.evaluationBytes())
        .build());
  }

  // @Override
  // protected String inputName() {
  //   return "pixels";
  // }
  private void inputName(TypeSpec.Builder type) {
    Input input = plan.network().inputs().get(0);
    if (input.method()) {
      type.addMethod(hook("inputName")
          .returns(String.class)
          .addStatement("return $S", input.name())
          .build());
    }
  }

  // @Override
  // protected float[][] inputGradient(int n) {
  //   return backward.inputGradient(n);
  // }
  //
  // @Override
  // protected float[][] inputGradient(int n, int input) {
  //   return backward.inputGradient(n, input);
  // }
  private void inputGradient(TypeSpec.Builder type) {
    MethodSpec.Builder method =
        hook("inputGradient").returns(scalar.rows()).addParameter(TypeName.INT, "n");
    if (!inputs.isOneDense()) {
      method.addParameter(TypeName.INT, "input");
    }
    type.addMethod(method
        .addStatement("return backward.inputGradient(n$L)", inputs.isOneDense() ? "" : ", input")
        .build());
  }
}
