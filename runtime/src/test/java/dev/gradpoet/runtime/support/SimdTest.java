package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdTest {

  private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', false, 20, true",
    "Java HotSpot(TM) 64-Bit Server VM, mixed mode, false, 20, true",
    "OpenJDK 64-Bit Server VM, 'interpreted mode, sharing', false, 20, false",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client, sharing', false, 20, false",
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', true, 20, false",
    "OpenJDK 64-Bit Server VM, 'mixed mode, sharing', false, 2000, false",
    "Eclipse OpenJ9 VM, JRE 17, false, 20, false",
    "Substrate VM, static mode, false, 20, false"
  })
  void vectorsPayWhereC2CompilesAndTheProcessorHasFma(
      String name, String info, boolean otherCompiler, double fma, boolean worthwhile) {
    assertThat(Simd.isWorthwhile(new VirtualMachine(name, info, otherCompiler, fma)))
        .isEqualTo(worthwhile);
  }

  @Test
  void thisMachineIsAskedWithoutAnError() {
    assertThat(VirtualMachine.current().fma()).isPositive();
    assertThat(VirtualMachine.current().name()).isNotEmpty();
    assertThat(new VirtualMachine(HOTSPOT, "", false, 299).hasFma()).isTrue();
  }

  @Test
  void aModuleIsReadableIfItIsResolvedAndRead() {
    Module unnamed = new ClassLoader() {}.getUnnamedModule();
    assertThat(Simd.isReadable("java.base", unnamed)).isTrue();
    assertThat(Simd.isReadable("no.such.module", unnamed)).isFalse();
    assertThat(Simd.isReadable("java.base", Object.class.getModule())).isTrue();
    Module logging = ModuleLayer.boot().findModule("java.logging").orElseThrow();
    assertThat(Simd.isReadable("java.logging", Object.class.getModule()))
        .isEqualTo(Object.class.getModule().canRead(logging))
        .isFalse();
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
