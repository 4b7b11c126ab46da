package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorBufferTest {
  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32", "BOOL"})
  void holdsIntegers(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    tensor.setLong(5, 1);
    assertThat(tensor.longAt(5)).isEqualTo(1);
    assertThat(tensor.numberAt(5)).isEqualTo(1);
    assertThatThrownBy(() -> tensor.setNumber(0, 1.5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.setLong(6, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
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
  @EnumSource(names = {"FLOAT", "DOUBLE", "INT64", "INT32", "BOOL"})
  void givesSlicesOfWholeRows(ElementType type) {
    TensorBuffer tensor = new TensorBuffer(type, 2, 3);
    assertThat(tensor.slice(0, 3).remaining()).isEqualTo(6 * type.bytes());
    assertThat(tensor.slice(2, 2).remaining()).isZero();
    assertThat(tensor.slice(0, 3).isDirect()).isTrue();
    assertThatThrownBy(() -> tensor.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
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
