package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdTest {

  private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', false, 20, VECTORS",
    "Java HotSpot(TM) 64-Bit Server VM, mixed mode, false, 20, VECTORS",
    "OpenJDK 64-Bit Server VM, 'interpreted mode, sharing', false, 20, NOT_COMPILED",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client, sharing', false, 20, NOT_COMPILED",
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', true, 20, NOT_COMPILED",
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', false, 2000, NO_FMA",
    "Eclipse OpenJ9 VM, JRE 17, false, 20, NOT_COMPILED",
    "Substrate VM, static mode, false, 20, NOT_COMPILED"
  })
  void vectorsPayWhereC2CompilesAndTheProcessorHasFma(
      String name, String info, boolean otherCompiler, double fma, Simd.Decision decision) {
    Simd.VirtualMachine machine = new Simd.VirtualMachine(name, info, otherCompiler, fma);

    for (Simd.Wish wish : List.of(Simd.Wish.AUTO, Simd.Wish.UNKNOWN)) {
      assertThat(Simd.decide(wish, true, machine)).isEqualTo(decision);
    }
    assertThat(Simd.decide(Simd.Wish.FORCE, true, machine)).isEqualTo(Simd.Decision.VECTORS);
    assertThat(Simd.decide(Simd.Wish.OFF, true, machine)).isEqualTo(Simd.Decision.SWITCHED_OFF);
    assertThat(Simd.decide(Simd.Wish.FORCE, false, machine)).isEqualTo(Simd.Decision.NOT_READABLE);
    assertThat(Simd.decide(Simd.Wish.OFF, false, machine)).isEqualTo(Simd.Decision.SWITCHED_OFF);
  }

  @Test
  void thisMachineIsAskedWithoutAnError() {
    assertThat(Simd.VirtualMachine.current().fma()).isPositive();
    assertThat(Simd.VirtualMachine.current().name()).isNotEmpty();
    assertThat(new Simd.VirtualMachine(HOTSPOT, "", false, 299).hasFma()).isTrue();
  }

  @Test
  void aModuleIsReadableIfItIsResolvedAndRead() {
    Module unnamed = new ClassLoader() {}.getUnnamedModule();
    Module base = Object.class.getModule();
    assertThat(Simd.isReadable("java.base", unnamed)).isTrue();
    assertThat(Simd.isReadable("no.such.module", unnamed)).isFalse();
    assertThat(Simd.isReadable("java.base", base)).isTrue();
    assertThat(ModuleLayer.boot().findModule("java.logging")).isPresent();
    assertThat(Simd.isReadable("java.logging", base)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOT_GENERATED | java.base | ANetwork uses its plain kernels, not the faster vector kernels: it was compiled without them;"
            + " to get them, start javac and java with --add-modules java.base (to suppress this message, start java with -Dgradpoet.simd=off)",
        "NOT_READABLE | java.base | ANetwork uses its plain kernels, not the faster vector kernels: they need the java option"
            + " --add-modules java.base (to suppress this message, start java with -Dgradpoet.simd=off)",
        "NOT_READABLE | no.such.module | ANetwork uses its plain kernels, not the faster vector kernels: this runtime has no module no.such.module;"
            + " a jlink image needs --add-modules no.such.module (to suppress this message, start java with -Dgradpoet.simd=off)",
        "NOT_COMPILED | java.base | ANetwork uses its plain kernels, not the faster vector kernels: this virtual machine"
            + " (Some VM, some mode) does not compile the Vector API to vector instructions (to suppress this message, start java with -Dgradpoet.simd=off)",
        "NO_FMA | java.base | ANetwork uses its plain kernels, not the faster vector kernels: this machine has no fast fused multiply-add"
            + " (to suppress this message, start java with -Dgradpoet.simd=off)"
      })
  void theLogSaysWhyPlainKernelsRun(Simd.Decision decision, String module, String text) {
    Simd.VirtualMachine machine = new Simd.VirtualMachine("Some VM", "some mode", false, 20);

    assertThat(decision.text(module, "ANetwork", machine)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "off, OFF", "FORCE, FORCE", "on, UNKNOWN", "'', UNKNOWN"})
  void thePropertyHasThreeValues(String value, Simd.Wish wish) {
    assertThat(Simd.Wish.of(value)).isEqualTo(wish);
  }

  @Test
  void withoutTheModuleNothingIsUsed() {
    assertThat(Simd.isUsable("no.such.module", SimdTest.class)).isFalse();
  }
}
