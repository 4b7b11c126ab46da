package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @CsvSource({
    "0, 1, false, false, '[0, 1]'",
    "0, 1, true, false, '(0, 1]'",
    "0, 1.5, false, true, '[0, 1.5)'",
    ", 1, true, false, '(-inf, 1]'",
    "-2, , false, true, '[-2, inf)'",
    "1e15, 1e300, false, false, '[1.0E15, 1.0E300]'",
  })
  void describesBounds(Double min, Double max, boolean strictMin, boolean strictMax, String text) {
    assertThat(new Bounds(min, max, strictMin, strictMax).describe()).isEqualTo(text);
  }

  @Test
  void knowsWhatIsWithinBounds() {
    Bounds closed = Bounds.of(0.0, 1.0);
    assertThat(closed.contain(0)).isTrue();
    assertThat(closed.contain(1)).isTrue();
    assertThat(closed.contain(Math.nextDown(0.0))).isFalse();
    assertThat(closed.contain(Math.nextUp(1.0))).isFalse();
    assertThat(closed.contain(Double.NaN)).isFalse();
    Bounds open = new Bounds(0.0, 1.0, true, true);
    assertThat(open.contain(0)).isFalse();
    assertThat(open.contain(1)).isFalse();
    assertThat(open.contain(0.5)).isTrue();
    assertThat(Bounds.of(null, 1.0).contain(-INFINITY)).isTrue();
    assertThat(Bounds.of(0.0, null).contain(INFINITY)).isTrue();
  }

  @Test
  void refusesImpossibleBounds() {
    assertThatThrownBy(() -> Bounds.of(null, null)).hasMessageContaining("neither min nor max");
    assertThatThrownBy(() -> Bounds.of(2.0, 1.0))
        .hasMessage("min is 2.0, expected at most max 1.0");
    assertThatThrownBy(() -> Bounds.of(Double.NaN, 1.0)).hasMessageContaining("min is NaN");
    assertThatThrownBy(() -> Bounds.of(0.0, INFINITY)).hasMessageContaining("max is Infinity");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThatThrownBy(() -> new Patterns(List.of(), false)).hasMessageContaining("expected one");
    assertThatThrownBy(() -> new Patterns(List.of("a("), false))
        .hasMessageContaining("regular expression is a(, expected RE2 syntax: missing closing )");
    assertThatThrownBy(() -> new Patterns(List.of("(a)\\1"), false))
        .hasMessageContaining("expected RE2 syntax");
    assertThatThrownBy(() -> new MaxAge(Duration.ofMillis(-1))).hasMessageContaining("-");
    assertThatThrownBy(() -> new QuantileBounds(List.of())).hasMessageContaining("no quantiles");
    assertThatThrownBy(() -> new QuantileBounds.QuantileBound(1.1, Bounds.of(0.0, null)))
        .hasMessage("quantile is 1.1, expected 0 to 1");
    assertThatThrownBy(
            () -> new Divergence(List.of(), List.of("a", "b"), List.of(0.5, 0.4), 0.1, 0, 0))
        .hasMessageContaining("weights sum to 0.9");
    assertThatThrownBy(() -> new Divergence(List.of(1.0, 1.0), List.of(), List.of(1.0), 0.1, 0, 0))
        .hasMessageContaining("bin edge 1 is 1.0, expected more than 1.0");
  }

  @Test
  void describesManyValuesShortly() {
    List<String> names = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      names.add("v" + i);
    }
    assertThat(new ValueSet(Set.copyOf(names)).describe())
        .isEqualTo("one of v10, v11, v12, v13, v14, v15, v16, v17, v18, v19 and 20 more");
    assertThat(new ValueSet(Set.of()).describe()).isEqualTo("one of none");
  }

  @Test
  void numbersOfASetAreInTheirOrder() {
    assertThat(new ValueSet(Set.of("10", "9", "-1", "2e1")).values())
        .containsExactly("-1", "9", "10", "2e1");
    assertThat(new ValueSet(Set.of("10", "9", "x")).values()).containsExactly("10", "9", "x");
  }
}
