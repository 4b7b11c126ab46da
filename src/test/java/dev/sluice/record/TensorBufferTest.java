package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorBufferTest {
  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32", "INT16", "INT8", "UINT8", "BOOL"})
  void holdsIntegers(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    for (long value : new long[] {type.min(), 1, type.max()}) {
      tensor.setLong(5, value);
      assertThat(tensor.longAt(5)).isEqualTo(value);
      assertThat(tensor.numberAt(5)).isEqualTo(value);
    }
    assertThatThrownBy(() -> tensor.setNumber(0, 1.5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.setLong(6, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"})
  void holdsFloatingPointNumbers(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    tensor.setNumber(5, Double.NaN);
    tensor.setLong(4, 7);
    assertThat(tensor.numberAt(5)).isNaN();
    assertThat(tensor.numberAt(4)).isEqualTo(7);
    assertThatThrownBy(() -> tensor.longAt(4)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.setNumber(6, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.numberAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STRING", "SCORES"})
  void givesSlicesOfWholeRows(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    assertThat(tensor.slice(0, 3).remaining()).isEqualTo(6 * type.bytes());
    assertThat(tensor.slice(2, 2).remaining()).isZero();
    assertThat(tensor.slice(0, 3).isDirect()).isTrue();
    assertThatThrownBy(() -> tensor.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Just above halfway: by way of a double or a float, each would be exactly halfway. */
  @Test
  void roundsOnce() {
    TensorBuffer floats = new TensorBuffer(ElementType.FLOAT, 1, 1);
    floats.setLong(0, (1L << 60) + (1L << 36) + 1);
    assertThat(floats.floatAt(0)).isEqualTo((float) ((1L << 60) + (1L << 37)));
    TensorBuffer halves = new TensorBuffer(ElementType.FLOAT16, 1, 1);
    halves.setNumber(0, 2049 + 0x1p-30);
    assertThat(halves.numberAt(0)).isEqualTo(2050);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STRING", "SCORES"})
  void copiesNumbersOfEveryType(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    tensor.setLong(1, 1);
    tensor.setLong(5, 1);
    double[] target = new double[3];
    tensor.copyNumbers(new int[] {2, 1, 0}, 3, 1, target);
    assertThat(target).containsExactly(1, 0, 1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STRING", "SCORES"})
  void copiesNeighbouringNumbersOfEveryType(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 3, 2);
    tensor.setLong(2, 1);
    tensor.setLong(4, 1);
    double[] target = {7, 7, 7, 7, 7};
    tensor.copyRow(2, 3, target, 1);
    assertThat(target).containsExactly(7, 1, 0, 1, 7);
    assertThatThrownBy(() -> tensor.copyRow(4, 3, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void growsAndDoesNotShrink() {
    TensorBuffer tensor = new TensorBuffer(ElementType.FLOAT, 1, 2);
    tensor.reserve(4, 2);
    tensor.setFloat(7, 3);
    tensor.reserve(2, 2);
    assertThat(tensor.rowWidth()).isEqualTo(2);
    assertThat(tensor.floatAt(7)).isEqualTo(3);
    assertThatThrownBy(() -> tensor.reserve(1 << 20, 1 << 20))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void hasABufferForNoElements() {
    assertThat(new TensorBuffer(ElementType.FLOAT, 0, 5).slice(0, 5).remaining()).isZero();
    assertThat(new TensorBuffer(ElementType.STRING, 1, 0).texts()).isEmpty();
  }
}
