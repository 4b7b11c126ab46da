package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a condition means: those of which an expectation that nothing meets complains. */
class ConditionsTest {
  /** The columns are i = 7, x = 0.1 (float), s = 'b', t = true; n and m are missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "i == 7 | true",
        "i == 7.0 | true",
        "i == 7.5 | false",
        "i != 7 | false",
        "i != 8 | true",
        "i < 7 | false",
        "i < 7.5 | true",
        "i < 8 | true",
        "i <= 7 | true",
        "i <= 6.9 | false",
        "i > 7 | false",
        "i > 6.5 | true",
        "i >= 7 | true",
        "i >= 7.1 | false",
        "7 == i | true",
        "6 < i | true",
        "8 < i | false",
        "i == 1e400 | false",
        "i < 1e400 | true",
        "i > -1e400 | true",
        "i > 9007199254740993 | false",
        "i == true | false",
        "i != true | true",
        "x == 0.1 | true",
        "x != 0.1 | false",
        "x <= 0.1 | true",
        "x < 0.1 | false",
        "x > 0 | true",
        "x >= 0.1 | true",
        "x > 0.1 | false",
        "x < 1e400 | true",
        "x == '0.1' | false",
        "x != '0.1' | true",
        "x < 'z' | false",
        "q == 0 | false",
        "q != 0 | true",
        "q < 1 | false",
        "q.isnull() | false",
        "s == 'b' | true",
        "s != 'b' | false",
        "s != 'c' | true",
        "s < 'c' | true",
        "s >= 'b' | true",
        "s > 'b' | false",
        "s == 7 | false",
        "s != 7 | true",
        "t == true | true",
        "t == false | false",
        "t != false | true",
        "t == 1 | true",
        "t == 'true' | false",
        "n == 1 | false",
        "n != 1 | true",
        "n < 1 | false",
        "n >= 1 | false",
        "m == 'x' | false",
        "m != 'x' | true",
        "n.isnull() | true",
        "n.notnull() | false",
        "m is null | true",
        "i is not null | true",
        "i in [6, 7] | true",
        "i in [] | false",
        "i in ['7'] | false",
        "i not in [6, 7] | false",
        "i not in [6] | true",
        "n in [1] | false",
        "n not in [1] | true",
        "s in ['a', 'b'] | true",
        "s not in ['a', 'b'] | false",
        "s in [1] | false",
        "x in [0.1] | true",
        "x in [0.2] | false",
        "q in [1] | false",
        "q not in [1] | true",
        "t in [true] | true",
        "t in [false] | false",
        "i == 7 and s == 'b' | true",
        "i == 7 and s == 'c' | false",
        "i == 8 or s == 'b' | true",
        "i == 8 or s == 'c' | false",
        "not i == 7 | false",
        "not (i == 8 or n.isnull()) | false",
        "not n == 1 | true",
        "i == 8 or i == 7 and x > 0 | true",
        "(i == 8 or i == 7) and x > 1 | false"
      })
  void meansTheRow(String condition, boolean expected) {
    FeatureRow row = columns(condition).row(0, 7, 0.1, Double.NaN, "b", 1, null, null);
    columns(condition).validator().check(row);
    assertThat(row.violations()).hasSize(expected ? 1 : 0);
    assertThat(row.evaluatedCount()).isEqualTo(expected ? 1 : 0);
  }

  @Test
  void refusesColumnsThatHaveNoOneValue() {
    assertThatThrownBy(() -> columns("absent == 1").validator())
        .hasMessage("column absent is not decoded, expected a single value");
    assertThatThrownBy(() -> columns("absent.isnull()").validator())
        .hasMessage("column absent is not decoded");
    assertThatThrownBy(() -> columns("v > 1").validator())
        .hasMessage("column v is an array, expected a single value");
    assertThat(columns("v.isnull()").validator()).isNotNull();
  }

  private static Columns columns(String condition) {
    Expectation absent =
        Expectation.of(ExpectationType.ABSENT, "a", Severity.CRITICAL)
            .withWhen(Condition.parse(condition));
    return new Columns()
        .with("a", ElementType.INT64, absent)
        .with("i", ElementType.INT64)
        .with("x", ElementType.FLOAT)
        .with("q", ElementType.DOUBLE)
        .with("s", ElementType.STRING)
        .with("t", ElementType.BOOL)
        .with("n", ElementType.DOUBLE)
        .with("m", ElementType.STRING)
        .with("v", ElementType.DOUBLE, 2);
  }
}
