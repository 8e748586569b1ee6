package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints how a {@code Trainer} updates the parameters: stochastic gradient descent by kernels, any other optimizer by the runtime. */
public final class UpdateEmitter {

  private final Plan plan;
  private final Scalar scalar;
  private final KernelChoice choice;

  public UpdateEmitter(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.scalar = signatures.scalar();
    this.choice = signatures.choice();
  }

  // public void update() {
  //   state.gradients("update");
  //   if (hasGradients()) {
  //     descend();
  //     state.update();
  //   }
  // }
  //
  // private void descend() {
  //   updates++;
  //   if (optimizer != null) {
  //     optimizer.update(updates, learningRate, p.all, d.all);
  //   } else {
  //     descendBySgd();
  //   }
  // }
  //
  // private void descendBySgd() {
  //   for (int i = 0; i < p.all.size(); i++) {
  //     descend(p.all.get(i), d.all.get(i), momentum == null ? null : momentum.all.get(i));
  //   }
  // }
  public void add(TypeSpec.Builder type) {
    type.addMethod(override("update")
        .addStatement("state.gradients($S)", "update")
        .beginControlFlow("if (hasGradients())")
        .addStatement("descend()")
        .addStatement("state.update()")
        .endControlFlow()
        .build());
    type.addMethod(MethodSpec.methodBuilder("descend")
        .addModifiers(Modifier.PRIVATE)
        .addStatement("updates++")
        .beginControlFlow("if (optimizer != null)")
        .addStatement("optimizer.update(updates, learningRate, p.$1L, d.$1L)", Names.ALL)
        .nextControlFlow("else")
        .addStatement("descendBySgd()")
        .endControlFlow()
        .build());
    type.addMethod(MethodSpec.methodBuilder("descendBySgd")
        .addModifiers(Modifier.PRIVATE)
        .beginControlFlow("for (int i = 0; i < p.$L.size(); i++)", Names.ALL)
        .addStatement(
            "descend(p.$1L.get(i), d.$1L.get(i), momentum == null ? null : momentum.$1L.get(i))",
            Names.ALL)
        .endControlFlow()
        .build());
    type.addMethod(descendParameter());
    if (plan.loss().isPresent()) {
      type.addMethod(learn());
    }
  }

  // private void learn(int n) {
  //   state.backward();
  //   if (plainSgd) {
  //     updates++;
  //     propagate(n, (float) -learningRate, p);
  //   } else {
  //     d.zero();
  //     propagate(n, 1f, d);
  //     descend();
  //   }
  //   state.step();
  // }
  private MethodSpec learn() {
    return MethodSpec.methodBuilder("learn")
        .addJavadoc("The second half of {@code step}: the way back, and the update.\n")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(TypeName.INT, "n")
        .addStatement("state.backward()")
        .beginControlFlow("if (plainSgd)")
        .addStatement("updates++")
        .addStatement(
            scalar == Scalar.FLOAT
                ? "propagate(n, (float) -learningRate, p)"
                : "propagate(n, -learningRate, p)")
        .nextControlFlow("else")
        .addStatement("d.zero()")
        .addStatement("propagate(n, $L, d)", scalar.literal(1))
        .addStatement("descend()")
        .endControlFlow()
        .addStatement("state.step()")
        .build();
  }

  private MethodSpec descendParameter() {
    return MethodSpec.methodBuilder("descend")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(scalar.parameter(), "w")
        .addParameter(scalar.parameter(), "g")
        .addParameter(scalar.parameter(), "m")
        .addStatement(
            scalar == Scalar.FLOAT ? "float lr = (float) learningRate" : "double lr = learningRate")
        .beginControlFlow("for (int i = 0; i < w.rows.length; i++)")
        .addStatement(
            "$L.sgd(sgd, lr, updates == 1, w.rows[i], g.rows[i], m == null ? null : m.rows[i])",
            choice.owner())
        .endControlFlow()
        .build();
  }
}
