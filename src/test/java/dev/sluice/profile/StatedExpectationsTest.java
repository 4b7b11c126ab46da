package dev.sluice.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatedExpectationsTest {
  private static final Expectation PRESENT =
      Expectation.of(ExpectationType.PRESENT, "a", Severity.WARNING);

  private static DataProfile profile() {
    ColumnProfile column =
        ColumnStatistics.withoutBaseline(ElementType.DOUBLE)
            .toProfile("a", ElementType.DOUBLE, List.of())
            .withExpectations(List.of(PRESENT.asSuggested()));
    return DataProfile.empty().withExpectations(List.of(column), List.of());
  }

  @Test
  void whatIsStatedTakesThePlaceOfASuggestion() {
    StatedExpectations folded =
        StatedExpectations.foldInto(profile(), List.of(PRESENT.withSeverity(Severity.CRITICAL)));

    assertThat(folded.merged()).isEqualTo(1);
    assertThat(folded.added()).isZero();
    assertThat(folded.profile().columns().get(0).expectations())
        .containsExactly(PRESENT.withSeverity(Severity.CRITICAL));
  }

  @Test
  void othersJoinTheirColumnOrTheProfile() {
    Expectation range = Expectation.range("a", 0.0, 1.0, Severity.INFO);
    Expectation other = Expectation.of(ExpectationType.PRESENT, "b", Severity.INFO);
    StatedExpectations folded =
        StatedExpectations.foldInto(profile(), List.of(range, other, other));

    assertThat(folded.added()).isEqualTo(2);
    assertThat(folded.merged()).isEqualTo(1);
    assertThat(folded.profile().columns().get(0).expectations())
        .containsExactly(PRESENT.asSuggested(), range);
    assertThat(folded.profile().expectations()).containsExactly(other);
  }
}
