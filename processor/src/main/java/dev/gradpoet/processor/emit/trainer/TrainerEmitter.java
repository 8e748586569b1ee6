package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.HEAP;

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
import dev.gradpoet.processor.emit.network.StorageEmitter;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Trainer}: its buffers, and the kernels of its backward pass; the rest is in the runtime. */
public final class TrainerEmitter {

  private static final String SCRATCH = "scratch";

  private static final ClassName OPTIMIZER = RuntimeTypes.runtime("Optimizer");

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;
  private final Signatures signatures;
  private final LossTargets targets;
  private final Inputs inputs;
  private final int tile;

  /**
   * The trainer of a network.
   *
   * @param tile the rows that {@code evaluate} computes at once
   */
  public TrainerEmitter(Plan plan, StorageEmitter storage, Signatures signatures, int tile) {
    this.plan = plan;
    this.tile = tile;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.storage = storage;
    this.signatures = signatures;
    this.targets = new LossTargets(plan, scalar);
    this.inputs = new Inputs(plan.network(), scalar);
  }

  // public static final class Trainer extends FloatTrainerBase.OfEither {
  //   private final Parameters p;
  //   private final Parameters d = new Parameters();
  //   private final Values v;
  //   private final Gradients g;
  //   private final float[][] scratch;
  //   ...
  // }
  public TypeSpec trainer() {
    TypeSpec.Builder type = TypeSpec.classBuilder("Trainer")
        .addJavadoc(
            "Training on one thread: the methods on arrays allocate nothing. The network must not be used while a step or an update runs.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(targets.trainer())
        .addField(constant(names.nested("Parameters"), "p"))
        .addField(
            FieldSpec.builder(names.nested("Parameters"), "d", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("The gradients of the parameters.\n")
                .initializer("new Parameters()")
                .build())
        .addField(constant(names.nested("Values"), "v"))
        .addField(constant(names.nested("Gradients"), "g"));
    if (needsScratch()) {
      type.addField(FieldSpec.builder(scalar.rows(), SCRATCH, Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc("Scratch for the gradients of parameters.\n")
          .build());
    }
    type.addMethod(constructor());
    if (!plan.dropouts().isEmpty()) {
      generator(type);
    }
    if (!plan.batchNorms().isEmpty()) {
      norms(type);
    }
    if (inputs.isOneDense()) {
      inputName(type);
    } else {
      new TrainerMethods(scalar, targets, inputs).add(type);
    }
    fixedBytes(type);
    backwardPass(type);
    if (!plan.gradientsOfInputs().isEmpty()) {
      inputGradient(type);
    }
    return type.build();
  }

  private static FieldSpec constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL).build();
  }

  // private Trainer(DigitsNetwork network, Optimizer optimizer, int capacity) {
  //   super(optimizer, capacity, 1004L);
  //   this.p = network.p;
  //   this.v = new Values(p, capacity);
  //   this.g = new Gradients(capacity);
  //   this.scratch = new float[4][64];
  //   setUp(
  //       p.all,
  //       d.all,
  //       SIMD ? new SimdKernels.Updates() : new FloatPlainUpdates(),
  //       new Batch(network, v, g.logits),
  //       new Batch(network));
  // }
  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(OPTIMIZER, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addStatement(
            "super($Loptimizer, capacity, $LL)",
            inputs.isOneDense() ? "" : "network.architecture, ",
            rowBytes())
        .addStatement("this.p = network.p")
        .addStatement("this.v = $L", storage.newValues("p", "capacity", true))
        .addStatement("this.g = new Gradients(capacity)");
    if (needsScratch()) {
      constructor.addStatement("this.$L = $L", SCRATCH, scratch());
    }
    constructor.addStatement(
        "setUp(p.$1L, d.$1L, $2L, new Batch(network, v, g.$3L$5L), $4L)",
        Names.ALL,
        signatures.choice().updates(scalar),
        names.field(Plan.gradientOf(plan.output())),
        targets.all().isEmpty() ? "null" : "new Batch(network)",
        plan.hasTwoPasses() ? ", true" : "");
    if (!plan.dropouts().isEmpty()) {
      constructor.addStatement("this.generator = network.generator");
    }
    return constructor.build();
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
        plan.batchNorms().stream().map(ForwardKernel.BatchNorm::layer).toList();
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
        .filter(ForwardKernel.BatchNorm::needsTwoRows)
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

  // SIMD ? new float[1][Heap.array("scratch", ...)] : new float[4][128]
  private CodeBlock scratch() {
    CodeBlock plain =
        CodeBlock.of("new $T[$L][$L]", scalar.type(), PlainTiling.ROWS, widestParameterRow());
    return signatures.choice().hasTwoFamilies()
        ? CodeBlock.of(
            "SIMD ? new $T[1][$T.array($S, (long) capacity * $L, $T.BYTES)] : $L",
            scalar.type(),
            HEAP,
            "scratch",
            packed(),
            scalar.type().box(),
            plain)
        : plain;
  }

  /** The values of a sample that vector kernels pack: a panel of each of its rows. */
  private int packed() {
    return SimdTiling.PANEL
        * plan.values().stream().mapToInt(Buffer::positions).max().orElseThrow();
  }

  /** Whether a kernel packs or adds rows in the scratch of the trainer. */
  private boolean needsScratch() {
    return plan.backward().stream()
        .flatMap(kernel -> signatures.of(kernel).passed().stream())
        .anyMatch(passed -> passed.argument().toString().equals(SCRATCH));
  }

  /** What a row of the capacity takes: values, gradients, scratch, and what the loss keeps. */
  private long rowBytes() {
    long scratch = signatures.choice().hasTwoFamilies() && needsScratch() ? packed() : 0;
    return storage.rowBytes() + (scratch + targets.valuesOfRow()) * scalar.bytes();
  }

  // @Override
  // protected long fixedBytes() {
  //   return SIMD ? 4736L : 5248L;
  // }
  private void fixedBytes(TypeSpec.Builder type) {
    long plain = fixedBytes(false);
    boolean two = signatures.choice().hasTwoFamilies() && fixedBytes(true) != plain;
    type.addMethod(hook("fixedBytes")
        .returns(TypeName.LONG)
        .addStatement("return $L$LL", two ? "SIMD ? " + fixedBytes(true) + "L : " : "", plain)
        .build());
  }

  private long fixedBytes(boolean vectors) {
    long evaluation = targets.all().isEmpty()
        ? 0
        : storage.tileBytes(tile) + (long) tile * targets.valuesOfRow() * scalar.bytes();
    long scratch = needsScratch() && !vectors
        ? (long) PlainTiling.ROWS * widestParameterRow() * scalar.bytes()
        : 0;
    return storage.fixedBytes(vectors) + scratch + evaluation;
  }

  private int widestParameterRow() {
    return plan.parameters().stream().mapToInt(Parameter::widestRow).max().orElse(0);
  }

  // @Override
  // protected void backwardPass(int n, float factor, boolean inPlace) {
  //   Parameters to = inPlace ? p : d;
  //   KERNELS.weightGradient(n, v.hidden, g.logits, scratch, factor, to.logitsWeight.rows, 32, 10);
  //   ...
  // }
  private void backwardPass(TypeSpec.Builder type) {
    ParameterSpec n = ParameterSpec.builder(TypeName.INT, "n").build();
    ParameterSpec factor = ParameterSpec.builder(scalar.type(), "factor").build();
    ParameterSpec to = ParameterSpec.builder(names.nested("Parameters"), "to").build();
    MethodSpec.Builder method = hook("backwardPass")
        .addParameter(n)
        .addParameter(factor)
        .addParameter(TypeName.BOOLEAN, "inPlace")
        .addStatement("$T to = inPlace ? p : d", to.type());
    List<MethodSpec> parts =
        Sequence.append(method, List.of(n, factor, to), calls(plan.backward()));
    type.addMethod(method.build()).addMethods(parts);
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
  //   g.forInput(v.input.length);
  //   KERNELS.hiddenInputGradient(n, g.hidden, g.hiddenTransposed, g.input);
  //   ...
  //   return g.input;
  // }
  //
  // @Override
  // protected float[][] inputGradient(int n, int input) {
  //   g.forInput(v.numbers.length);
  //   ...
  //   return input == 0 ? g.numbers : g.others;
  // }
  private void inputGradient(TypeSpec.Builder type) {
    ParameterSpec n = ParameterSpec.builder(TypeName.INT, "n").build();
    MethodSpec.Builder method = hook("inputGradient").returns(scalar.rows()).addParameter(n);
    if (!inputs.isOneDense()) {
      method.addParameter(TypeName.INT, "input");
    }
    method.addStatement("g.forInput(v.$L.length)", names.field(plan.inputs().get(0)));
    List<MethodSpec> parts = Sequence.append(method, List.of(n), calls(plan.inputGradient()));
    StringBuilder gradients = new StringBuilder();
    int left = plan.gradientsOfInputs().size();
    for (int i = 0; i < plan.inputs().size(); i++) {
      if (!plan.inputs().get(i).holdsIndices()) {
        left--;
        gradients
            .append(left == 0 ? "" : "input == " + i + " ? ")
            .append("g.")
            .append(names.field(Plan.gradientOf(plan.inputs().get(i))))
            .append(left == 0 ? "" : " : ");
      }
    }
    method.addStatement("return $L", gradients);
    type.addMethod(method.build()).addMethods(parts);
  }

  private List<CodeBlock> calls(List<BackwardKernel> kernels) {
    return kernels.stream().map(signatures::call).toList();
  }
}
