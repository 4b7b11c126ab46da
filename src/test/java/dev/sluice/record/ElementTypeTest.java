package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElementTypeTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT, FLOAT FLOAT16 BFLOAT16 INT16 INT8 UINT8 BOOL",
    "DOUBLE, DOUBLE FLOAT FLOAT16 BFLOAT16 INT32 INT16 INT8 UINT8 BOOL",
    "FLOAT16, FLOAT16 INT8 UINT8 BOOL",
    "BFLOAT16, BFLOAT16 INT8 UINT8 BOOL",
    "INT64, INT64 INT32 INT16 INT8 UINT8 BOOL",
    "INT32, INT32 INT16 INT8 UINT8 BOOL",
    "INT16, INT16 INT8 UINT8 BOOL",
    "INT8, INT8 BOOL",
    "UINT8, UINT8 BOOL",
    "BOOL, BOOL",
    "STRING, STRING",
    "SCORES, SCORES",
  })
  void holds(ElementType type, String others) {
    List<ElementType> held = Arrays.stream(ElementType.values()).filter(type::holds).toList();
    assertThat(held)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(others.split(" ")).map(ElementType::valueOf).toList());
  }

  /** What it holds comes back from a tensor as it was put in, at both ends of the range. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STRING", "SCORES"})
  void keepsWhatItHolds(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 1, 1);
    for (ElementType other : ElementType.values()) {
      if (type.holds(other) && other.isIntegral()) {
        for (long value : new long[] {other.min(), other.max(), other.max() - 1}) {
          tensor.setLong(0, value);
          assertThat(tensor.numberAt(0)).as("%s in %s", other, type).isEqualTo(value);
        }
      } else if (type.holds(other) && other.isFloating()) {
        tensor.setNumber(0, other.maxFinite());
        assertThat(tensor.numberAt(0)).as("%s in %s", other, type).isEqualTo(other.maxFinite());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isPublishedInATypeThatHoldsIt(ElementType type) {
    assertThat(type.published().holds(type)).isTrue();
    assertThat(type.published().published()).isEqualTo(type.published());
    assertThat(type.published().bytes()).isNotIn(2);
  }
}
