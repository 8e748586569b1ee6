package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.HEAP;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.SGD;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.DType;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.network.StorageEmitter;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Trainer}: its moves; what depends on the loss comes from {@link TrainerLossEmitter}. */
public final class TrainerEmitter {

  private static final ClassName OPTIMIZER = RuntimeTypes.runtime("Optimizer");

  /** Only {@code step} reads it, which there is with a loss. */
  private static final FieldSpec PLAIN_SGD = FieldSpec.builder(
          TypeName.BOOLEAN, "plainSgd", Modifier.PRIVATE, Modifier.FINAL)
      .addJavadoc(
          "Whether an update is only {@code w = w - lr g}, which step computes without storing g.\n")
      .build();

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;
  private final Signatures signatures;

  public TrainerEmitter(Plan plan, StorageEmitter storage, Signatures signatures) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.storage = storage;
    this.signatures = signatures;
  }

  public TypeSpec trainer() {
    TypeSpec.Builder type = TypeSpec.classBuilder("Trainer")
        .addJavadoc(
            "Training on one thread: the methods on arrays allocate nothing. Nobody may use the network while a step or an update runs.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(RuntimeTypes.training("TrainerBase"));
    fields(type);
    TrainerLossEmitter loss = new TrainerLossEmitter(plan, signatures);
    EvaluationEmitter evaluation = new EvaluationEmitter(plan, storage, signatures);
    type.addMethod(constructor(loss, evaluation));
    loss.step(type);
    type.addMethod(forward()).addMethod(forwardRows()).addMethod(forwardTensor());
    type.addMethod(keepForward()).addMethod(output());
    loss.loss(type);
    loss.losses(type);
    loss.backward(type);
    type.addMethod(backwardOfArray()).addMethod(backwardOfTensor()).addMethod(backpropagate());
    Sequence.add(
        type,
        MethodSpec.methodBuilder("propagate")
            .addJavadoc(
                "The way back: adds the gradient of each parameter, times factor, to {@code to}, its gradient or the parameter itself.\n")
            .addModifiers(Modifier.PRIVATE)
            .addParameter(TypeName.INT, "n")
            .addParameter(scalar.type(), "factor")
            .addParameter(names.nested("Parameters"), "to"),
        calls(plan.backward()));
    type.addMethod(inputGradient());
    Sequence.add(
        type,
        MethodSpec.methodBuilder("propagateToInput")
            .addModifiers(Modifier.PRIVATE)
            .addParameter(TypeName.INT, "n"),
        calls(plan.inputGradient()));
    new UpdateEmitter(plan, signatures).add(type);
    type.addMethod(zeroGrad());
    new OptimizerStateEmitter().add(type);
    evaluation.ofTrainer(type);
    return type.build();
  }

  private List<CodeBlock> calls(List<BackwardKernel> kernels) {
    return kernels.stream().map(signatures::call).toList();
  }

  private void fields(TypeSpec.Builder type) {
    TypeName parameters = names.nested("Parameters");
    type.addField(constant(names.network(), "network"))
        .addField(constant(parameters, "p"))
        .addField(FieldSpec.builder(parameters, "d", Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("The gradients of the parameters.\n")
            .initializer("new Parameters()")
            .build())
        .addField(FieldSpec.builder(parameters, "momentum", Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("The momentum of each parameter, null without.\n")
            .build())
        .addField(constant(names.nested("Values"), "v"))
        .addField(constant(names.nested("Gradients"), "g"))
        .addField(FieldSpec.builder(SGD, "sgd", Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("Null where another optimizer updates.\n")
            .build())
        .addFields(plan.loss().isPresent() ? List.of(PLAIN_SGD) : List.of())
        .addField(
            FieldSpec.builder(scalar.optimizer(), "optimizer", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("Any other than stochastic gradient descent.\n")
                .build())
        .addField(FieldSpec.builder(scalar.rows(), "scratch", Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("Scratch for the gradients of parameters.\n")
            .build());
  }

  private static FieldSpec constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL).build();
  }

  // SIMD ? new float[1][Heap.array("scratch", (long) capacity * 64, Float.BYTES)] : new
  // float[4][128]
  private CodeBlock scratch() {
    CodeBlock plain =
        CodeBlock.of("new $T[$L][$L]", scalar.type(), PlainTiling.ROWS, widestParameterRow());
    return signatures.choice().isMade()
        ? CodeBlock.of(
            "SIMD ? new $T[1][$T.array($S, (long) capacity * $L, $T.BYTES)] : $L",
            scalar.type(),
            HEAP,
            "scratch",
            SimdTiling.PANEL,
            scalar.type().box(),
            plain)
        : plain;
  }

  /** What a row of the capacity takes: values, gradients, scratch, and what the loss keeps. */
  private long rowBytes(TrainerLossEmitter loss) {
    long scratch = signatures.choice().isMade() ? SimdTiling.PANEL : 0;
    return storage.rowBytes() + (scratch + loss.valuesOfRow()) * scalar.bytes();
  }

  private int widestParameterRow() {
    return plan.parameters().stream().mapToInt(Parameter::widestRow).max().orElse(0);
  }

  // private Trainer(DigitsNetwork network, Optimizer optimizer, int capacity) { ... }
  private MethodSpec constructor(TrainerLossEmitter loss, EvaluationEmitter evaluation) {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(OPTIMIZER, "optimizer")
        .addParameter(TypeName.INT, "capacity")
        .addStatement("super(optimizer, capacity, $LL)", rowBytes(loss))
        .addStatement("this.network = network")
        .addStatement("this.p = network.p")
        .addStatement("this.sgd = optimizer instanceof $1T ? ($1T) optimizer : null", SGD)
        .addStatement("this.optimizer = $T.of(optimizer, p.$L)", scalar.optimizer(), Names.ALL)
        .addStatement(
            "this.momentum = sgd == null || sgd.momentum() == 0 ? null : new Parameters()")
        .addStatement("this.v = $L", storage.newValues("p", "capacity", true))
        .addStatement("this.g = new Gradients(capacity)")
        .addStatement("this.scratch = $L", scratch())
        .addStatement("gradientSlots.addAll(d.$L)", Names.ALL);
    if (plan.loss().isPresent()) {
      constructor.addStatement(
          "this.plainSgd = sgd != null && sgd.momentum() == 0 && sgd.weightDecay() == 0 && !sgd.maximize()");
    }
    loss.construct(constructor);
    evaluation.construct(constructor);
    return constructor.build();
  }

  // public void forward(float[] x) {
  //   int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
  //   state.checkBatch(n);
  //   keepForward(x, n);
  // }
  private MethodSpec forward() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc("""
            Computes the outputs of whole rows and keeps what {@link #backward()} needs.

            @param x n rows of {@link #INPUTS} values, n at most the capacity
            @throws IllegalArgumentException if the length is not that of whole rows, or there are too many
            """)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addStatement("int n = $T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("state.checkBatch(n)")
        .addStatement("keepForward(x, n)")
        .build();
  }

  private MethodSpec forwardRows() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc(
            "{@code forward} of the first n rows of an array that may be longer; n is from 1 to the capacity.\n")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("state.checkBatch(n)")
        .addStatement("keepForward(x, n)")
        .build();
  }

  private MethodSpec forwardTensor() {
    return override("forward")
        .addParameter(TENSOR, "x")
        .addStatement(
            "int n = $T.matrix($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype())
        .addStatement("forward(x.$L(), n)", scalar.toArray())
        .build();
  }

  private MethodSpec keepForward() {
    return MethodSpec.methodBuilder("keepForward")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addStatement("$T.read(x, 0, n, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, n)")
        .addStatement("state.forward(n)")
        .build();
  }

  private MethodSpec output() {
    return override("output")
        .returns(TENSOR)
        .addStatement(
            "return $T.view(v.$L, state.rows($S), OUTPUTS)",
            TENSOR,
            names.field(plan.output()),
            "output")
        .build();
  }

  // public void backward(float[] gradOutput) {
  //   int n = state.backwardOfOutput();
  //   Check.exactRows("gradOutput", n, Objects.requireNonNull(gradOutput, "gradOutput").length,
  // OUTPUTS);
  //   Rows.read(gradOutput, 0, n, OUTPUTS, g.logits);
  //   backpropagate(n);
  // }
  private MethodSpec backwardOfArray() {
    return MethodSpec.methodBuilder("backward")
        .addJavadoc(
            "{@code backward} from the gradient of the outputs of the last forward: n rows of {@link #OUTPUTS} values.\n")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "gradOutput")
        .addStatement("int n = state.backwardOfOutput()")
        .addStatement(
            "$T.exactRows($S, n, $L.length, OUTPUTS)", CHECK, "gradOutput", notNull("gradOutput"))
        .addStatement(
            "$T.read(gradOutput, 0, n, OUTPUTS, g.$L)",
            ROWS,
            names.field(Plan.gradientOf(plan.output())))
        .addStatement("backpropagate(n)")
        .build();
  }

  private MethodSpec backwardOfTensor() {
    return override("backward")
        .addParameter(TENSOR, "gradOutput")
        .addStatement("int n = state.backwardOfOutput()")
        .addStatement(
            "$T.exactMatrix($S, gradOutput, $T.$L, n, OUTPUTS)",
            CHECK,
            "gradOutput",
            DType.class,
            scalar.dtype())
        .addStatement("backward(gradOutput.$L())", scalar.toArray())
        .build();
  }

  private MethodSpec backpropagate() {
    return MethodSpec.methodBuilder("backpropagate")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(TypeName.INT, "n")
        .beginControlFlow("if (state.backward())")
        .addStatement("d.zero()")
        .endControlFlow()
        .addStatement("propagate(n, $L, d)", scalar.literal(1))
        .build();
  }

  private MethodSpec inputGradient() {
    Buffer gradient = Plan.gradientOf(plan.input());
    return override("inputGradient")
        .returns(TENSOR)
        .addStatement("int n = state.inputGradient()")
        .addStatement("g.forInput(state.capacity())")
        .addStatement("propagateToInput(n)")
        .addStatement("return $T.view(g.$L, n, INPUTS)", TENSOR, names.field(gradient))
        .build();
  }

  private static MethodSpec zeroGrad() {
    return override("zeroGrad")
        .addStatement("d.zero()")
        .addStatement("state.zeroGrad()")
        .build();
  }
}
