package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and their indices. */
class VocabularyTest {

  @Test
  void numbersAreTheNamesOfIndicesWithoutNames() {
    Vocabulary numbered = Vocabulary.numbered(12);

    assertThat(numbered).isEqualTo(Vocabulary.of(List.copyOf(numbered.names())));
    assertThat(numbered.name(11)).isEqualTo("11");
    assertThat(numbered.index("11")).isEqualTo(11);
    for (String none : new String[] {"12", "-1", "011", "+1", "", "a", "9999999999", "1.0"}) {
      assertThat(numbered.index(none)).as(none).isEqualTo(-1);
    }
    assertThatThrownBy(() -> numbered.name(12)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> numbered.names().set(0, "1"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLargeLabelTakesNoMemoryForNames() {
    Dataset data = Dataset.of(new float[2], new int[] {0, Integer.MAX_VALUE - 1});

    assertThat(data.classes().size()).isEqualTo(Integer.MAX_VALUE);
    assertThat(data.classes().name(Integer.MAX_VALUE - 1)).isEqualTo("2147483646");
    assertThatThrownBy(() -> Dataset.of(new float[2], new int[] {0, Integer.MAX_VALUE}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the class of row 1 is 2147483647, expected less than 2147483647");
  }
}
