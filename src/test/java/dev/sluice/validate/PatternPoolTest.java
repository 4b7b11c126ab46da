package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Patterns;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatternPoolTest {
  private static final int COUNT = 40;

  private static Columns columns(List<String> patterns) {
    Columns columns = new Columns();
    for (int i = 0; i < patterns.size(); i++) {
      Patterns regex = new Patterns(List.of(patterns.get(i)), false);
      columns.with(
          "c" + i,
          ElementType.STRING,
          Expectation.of(ExpectationType.REGEX, List.of("c" + i), regex, Severity.CRITICAL));
    }
    return columns;
  }

  @Test
  void differentOnesThatAreTooLargeTogetherAreRefused() {
    Columns columns =
        columns(
            IntStream.range(0, COUNT).mapToObj(i -> "(" + "a".repeat(50) + i + "){1000}").toList());
    assertThatThrownBy(columns::validator)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("40 different regular expressions have 22")
        .hasMessageEndingWith(" parts with their repeats, expected at most 2000000 in all");
  }

  @Test
  void equalOnesCountOnce() {
    Columns columns =
        columns(
            IntStream.range(0, COUNT).mapToObj(i -> "^(" + "a".repeat(50) + "){1000}").toList());
    Object[] values = new Object[COUNT];
    Arrays.fill(values, "a".repeat(50_000));
    assertThat(columns.validator().check(columns.row(values))).isTrue();
    values[COUNT - 1] = "a".repeat(49_999);
    assertThat(columns.validator().check(columns.row(values))).isFalse();
  }
}
