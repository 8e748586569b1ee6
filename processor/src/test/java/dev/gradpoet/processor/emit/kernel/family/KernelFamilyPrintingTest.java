package dev.gradpoet.processor.emit.kernel.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.emit.kernel.simd.SimdFamily;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.planner.Planner;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is printed follows from the plan: it depends neither on what was printed before nor on the order. */
class KernelFamilyPrintingTest {

  private static final KernelFamily PLAIN = new PlainFamily();
  private static final KernelFamily SIMD = new SimdFamily();

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aFamilyIsTheSameWhateverWasPrintedBefore(DType dtype) {
    Plan plan = Planner.plan(Differentiation.differentiate(GraphBuilder.build(SpecBuilder.inputs(40)
        .linear("gelus", 70, Activation.GELU)
        .linear("softmaxes", 20, Activation.SOFTMAX)
        .linear("mishes", 17, Activation.MISH)
        .linear("out", 3)
        .loss(Loss.CROSS_ENTROPY)
        .dtype(dtype)
        .build())));
    Printing printing = new Printing(plan);
    TypeSpec simdFirst = printing.print(SIMD);
    TypeSpec plainSecond = printing.print(PLAIN);

    assertThat(printing.print(SIMD)).isEqualTo(simdFirst);
    assertThat(printing.print(PLAIN)).isEqualTo(plainSecond);
    assertThat(new Printing(plan).print(PLAIN)).isEqualTo(plainSecond);
    assertThat(new Printing(plan).print(SIMD)).isEqualTo(simdFirst);
  }

  /** The emitters of a plan. */
  private static final class Printing {
    private final Plan plan;
    private final Signatures signatures;
    private final LayerKernels layers;

    Printing(Plan plan) {
      this.plan = plan;
      Scalar scalar = Scalar.of(plan.network().dtype());
      KernelChoice choice = new KernelChoice(List.of(PLAIN.className(), SIMD.className()));
      Names names = new Names(plan.network(), Optional.empty());
      this.signatures = new Signatures(plan, names, scalar, choice);
      this.layers = new LayerKernels(plan, signatures);
    }

    TypeSpec print(KernelFamily family) {
      List<FamilyKernel> kernels = FamilyKernels.of(plan, signatures, layers.primitives());
      return family.kernels(plan, signatures, layers, kernels);
    }
  }

  private record Named(String wantedName, List<Helper> calls) implements Helper {
    @Override
    public MethodSpec method(Helpers helpers) {
      return MethodSpec.methodBuilder(helpers.name(this)).build();
    }
  }

  @Test
  void helpersComeAfterThoseThatTheyCallAndHaveNamesOfTheirOwn() {
    Named add = new Named("add", List.of());
    Named row = new Named("row", List.of(add));
    Named other = new Named("row", List.of());
    NameAllocator free = new NameAllocator();
    free.newName("add");

    Helpers helpers = new Helpers(free, Stream.of(row, other, add, row));

    assertThat(helpers.methods("").stream().map(MethodSpec::name))
        .containsExactly("add_", "row", "row_");
    assertThatThrownBy(() -> helpers.name(new Named("unknown", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown");
  }
}
