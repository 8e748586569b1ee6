package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.HEAP;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Backward}: the kernels of the backward pass, of all rows or of those of a thread. */
public final class BackwardEmitter {

  private static final String SCRATCH = "scratch";
  private static final String TOTAL = "total";

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final Signatures signatures;
  private final Inputs inputs;

  public BackwardEmitter(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.signatures = signatures;
    this.inputs = new Inputs(plan.network(), scalar);
  }

  // private static final class Backward implements FloatBackward {
  //   private final Parameters p;
  //   private final Parameters d;
  //   private final Values v;
  //   private final Gradients g;
  //   private final Backward all;
  //   private final Part part;
  //   private final float[][] scratch;
  //   ...
  // }
  public TypeSpec backward() {
    ClassName parameters = names.nested("Parameters");
    TypeSpec.Builder type = storage("Backward")
        .addJavadoc(
            "The backward pass of a batch, or of the part of its rows that a thread computes, with its share of the gradients of parameters.\n")
        .addSuperinterface(RuntimeTypes.batch(scalar.prefix() + "Backward"))
        .addField(field(parameters, "p", ""))
        .addField(field(parameters, "d", "The gradients of the parameters.\n"))
        .addField(field(names.nested("Values"), "v", ""))
        .addField(field(names.nested("Gradients"), "g", ""))
        .addField(field(
            names.nested("Backward"), "all", "That of all rows, of which these are a part.\n"))
        .addField(field(RuntimeTypes.PART, "part", ""));
    if (needsScratch()) {
      type.addField(field(scalar.rows(), SCRATCH, "Scratch for the gradients of parameters.\n"));
    }
    type.addMethod(constructor());
    pass(type);
    if (!plan.gradientsOfInputs().isEmpty()) {
      inputGradient(type);
    }
    return type.build();
  }

  private static FieldSpec field(TypeName type, String name, String javadoc) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
        .addJavadoc(javadoc)
        .build();
  }

  // Backward(Parameters p, Parameters d, Values v, Gradients g, Backward all, BatchRows rows) {
  //   this.p = p;
  //   ...
  //   this.all = all == null ? this : all;
  //   this.part = rows.part();
  //   this.scratch = new float[4][64];
  // }
  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addParameter(names.nested("Parameters"), "p")
        .addParameter(names.nested("Parameters"), "d")
        .addParameter(names.nested("Values"), "v")
        .addParameter(names.nested("Gradients"), "g")
        .addParameter(names.nested("Backward"), "all")
        .addParameter(RuntimeTypes.BATCH_ROWS, "rows")
        .addStatement("this.p = p")
        .addStatement("this.d = d")
        .addStatement("this.v = v")
        .addStatement("this.g = g")
        .addStatement("this.all = all == null ? this : all")
        .addStatement("this.part = rows.part()");
    if (needsScratch()) {
      constructor.addStatement("this.$L = $L", SCRATCH, scratch());
    }
    return constructor.build();
  }

  // SIMD ? new float[1][Heap.array("scratch", ...)] : new float[4][128]
  private CodeBlock scratch() {
    CodeBlock plain =
        CodeBlock.of("new $T[$L][$L]", scalar.type(), PlainTiling.ROWS, widestParameterRow());
    return signatures.choice().hasTwoFamilies()
        ? CodeBlock.of(
            "SIMD ? new $T[1][$T.array($S, (long) rows.capacity() * $L, $T.BYTES)] : $L",
            scalar.type(),
            HEAP,
            "scratch",
            packed(),
            scalar.type().box(),
            plain)
        : plain;
  }

  /** The values of a sample that vector kernels pack: a panel of each of its rows. */
  int packed() {
    return SimdTiling.PANEL
        * plan.values().stream().mapToInt(Buffer::positions).max().orElseThrow();
  }

  /** Whether a kernel packs or adds rows in the scratch of the trainer. */
  boolean needsScratch() {
    return plan.backward().stream()
        .flatMap(kernel -> signatures.of(kernel).passed().stream())
        .anyMatch(passed -> passed.argument().toString().equals(SCRATCH));
  }

  /** The length of a row of the scratch of plain kernels. */
  int widestParameterRow() {
    return plan.parameters().stream().mapToInt(Parameter::widestRow).max().orElse(0);
  }

  // @Override
  // public void pass(int n, int total, float factor, boolean inPlace) {
  //   // in place: a step of plain SGD, which adds to the parameters themselves
  //   Parameters to = inPlace ? p : d;
  //   KERNELS.transpose(part, p.logitsWeight.rows, g.logitsTransposed, 32, 10);
  //   part.sync();
  //   KERNELS.logitsInputGradient(n, g.logits, g.logitsTransposed, v.hidden, g.hidden);
  //   KERNELS.weightGradient(
  //       part, total, all.v.hidden, all.g.logits, scratch, factor, to.logitsWeight.rows, 32, 10);
  //   ...
  // }
  private void pass(TypeSpec.Builder type) {
    ParameterSpec n = ParameterSpec.builder(TypeName.INT, "n").build();
    ParameterSpec total = ParameterSpec.builder(TypeName.INT, TOTAL).build();
    ParameterSpec factor = ParameterSpec.builder(scalar.type(), "factor").build();
    ParameterSpec to = ParameterSpec.builder(names.nested("Parameters"), "to").build();
    MethodSpec.Builder method = override("pass")
        .addParameter(n)
        .addParameter(total)
        .addParameter(factor)
        .addParameter(TypeName.BOOLEAN, "inPlace")
        .addComment("in place: a step of plain SGD, which adds to the parameters themselves")
        .addStatement("$T to = inPlace ? p : d", to.type());
    Set<Integer> waits = plan.waits();
    List<CodeBlock> statements = new ArrayList<>();
    for (int i = 0; i < plan.backward().size(); i++) {
      if (waits.contains(i)) {
        statements.add(CodeBlock.of("part.sync()"));
      }
      statements.add(signatures.call(plan.backward().get(i)));
    }
    List<MethodSpec> parts = Sequence.append(method, List.of(n, total, factor, to), statements);
    type.addMethod(method.build()).addMethods(parts);
  }

  // float[][] inputGradient(int n) {
  //   g.forInput(BatchRows.of(v.input.length));
  //   KERNELS.hiddenInputGradient(n, g.hidden, g.hiddenTransposed, g.input);
  //   ...
  //   return g.input;
  // }
  //
  // float[][] inputGradient(int n, int input) {
  //   g.forInput(BatchRows.of(v.numbers.length));
  //   ...
  //   return input == 0 ? g.numbers : g.others;
  // }
  private void inputGradient(TypeSpec.Builder type) {
    ParameterSpec n = ParameterSpec.builder(TypeName.INT, "n").build();
    List<ParameterSpec> passed = new ArrayList<>(List.of(n));
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("inputGradient").returns(scalar.rows()).addParameter(n);
    if (!inputs.isOneDense()) {
      method.addParameter(TypeName.INT, "input");
    }
    method.addStatement(
        "g.forInput($T.of(v.$L.length))",
        RuntimeTypes.BATCH_ROWS,
        names.field(plan.inputs().get(0)));
    if (plan.inputGradient().stream().anyMatch(this::readsTotal)) {
      method.addStatement("int $L = n", TOTAL);
      passed.add(ParameterSpec.builder(TypeName.INT, TOTAL).build());
    }
    List<CodeBlock> calls = plan.inputGradient().stream().map(signatures::call).toList();
    List<MethodSpec> parts = Sequence.append(method, passed, calls);
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

  private boolean readsTotal(BackwardKernel kernel) {
    return signatures.of(kernel).passed().stream()
        .anyMatch(passed -> passed.argument().toString().startsWith(TOTAL));
  }
}
