package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names of tensors and metadata that a save rejects. */
class SaveArgumentsTest extends SaveTestBase {

  @Test
  void namesThatUtf8CannotEncodeAndTheMetadataNameAreRejected() throws IOException {
    for (String torn : List.of("\ud800", "a\udc00b", "\ud83d", "\udc00\ud800")) {
      Map<String, Tensor> named = Map.of(torn, Tensor.of(1f));
      assertThatThrownBy(() -> Safetensors.save(file, named))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unpaired surrogate");
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, named, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of(torn, "x")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of("x", torn)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Map<String, Tensor> metadata = Map.of("__metadata__", Tensor.of(1f));
    assertThatThrownBy(() -> Safetensors.save(file, metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, metadata, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, TENSORS, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"w\" like a parameter");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of("gradpoet.extras", "[]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradpoet.extras");
    Map<String, Tensor> none = new HashMap<>();
    none.put("w", null);
    assertThatThrownBy(() -> Safetensors.save(file, none)).hasMessage("the tensor \"w\" is null");
    assertThatThrownBy(() -> Safetensors.save(null, TENSORS)).hasMessage("path is null");
    assertThatThrownBy(() -> Safetensors.save(file, null)).hasMessage("tensors is null");
    assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertOnly();
  }
}
