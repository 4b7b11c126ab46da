package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddedLengthTest {
  @ParameterizedTest
  @CsvSource({
    "128, 128, ''",
    "128:-1, 128, -1",
    "1:, 1, ''",
    "16777216:NaN, 16777216, NaN",
    "7:[PAD]:x, 7, [PAD]:x"
  })
  void readsLengthAndValue(String text, int length, String value) {
    assertThat(PaddedLength.parse(text)).isEqualTo(new PaddedLength(length, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "-1", "16777217", "99999999999", "1.5", ":3", "true"})
  void refusesOtherLengths(String text) {
    assertThatThrownBy(() -> PaddedLength.parse(text)).isInstanceOf(IllegalArgumentException.class);
    Map<String, String> options = new HashMap<>(DefaultsTest.REQUIRED);
    options.put("model.padding.tokens", text);
    assertThatThrownBy(() -> OptionReader.read(options))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "model.padding.tokens is " + text + ", expected LENGTH or LENGTH:VALUE, such as 128");
  }
}
