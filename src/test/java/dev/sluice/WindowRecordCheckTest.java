package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.encode.ProfileEncoder;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.SumRule;
import dev.sluice.monitor.check.ExpectationCounts;
import dev.sluice.monitor.check.WindowChecks;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a window publishes fits into a Kafka message, or the job does not start. */
class WindowRecordCheckTest {
  /** Kafka's own default. */
  private static final int MIB = 1 << 20;

  private static List<String> problems(DataProfile profile, int most) {
    return WindowRecordCheck.check(profile, most, true).problems();
  }

  private static List<Expectation> sums(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Expectation.of(
                    ExpectationType.SUM,
                    List.of("first column", "second column", "third column"),
                    new SumRule(Bounds.of(null, (double) i), IgnoreRowIf.ANY_MISSING),
                    Severity.WARNING))
        .toList();
  }

  private static ColumnProfile column(int edges) {
    double[] grid = DoubleStream.iterate(0, edge -> edge + 1).limit(edges).toArray();
    NumberStatistics statistics = new NumberStatistics(Grid.of(grid), 0);
    statistics.add(grid, grid.length);
    return statistics.toProfile("x", ElementType.DOUBLE, List.of(1.0));
  }

  @Test
  void expectationsOfSeveralColumnsShareOneRecord() {
    assertThat(problems(Baselines.expecting(sums(1_000)), MIB)).isEmpty();
    DataProfile many = Baselines.expecting(sums(4_000));
    assertThat(problems(many, MIB))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("data profile: a window's record of all columns together can have 1,")
        .contains(
            " bytes, since there are 4,000 expectations; expected at most the 1,048,576 of"
                + " max.request.size");
    assertThat(problems(many, 10000000)).isEmpty();
    assertThat(problems(Baselines.expecting(sums(10)), 100000)).hasSize(1);
  }

  /** Its names are in the key and in the list of columns. */
  @Test
  void anAlarmThatIsTooLargeIsAProblemWhereAlarmsAreWritten() {
    List<String> names = IntStream.range(0, 600).mapToObj(i -> i + "x".repeat(1_000)).toList();
    Expectation share =
        Expectation.of(
                ExpectationType.SUM,
                names,
                new SumRule(Bounds.of(null, 1.0), IgnoreRowIf.ANY_MISSING),
                Severity.WARNING)
            .withMostly(0.9);
    DataProfile profile = Baselines.expecting(List.of(share));
    assertThat(problems(profile, MIB))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("data profile: the alarm of expectation " + share.id() + " can have 1,2")
        .contains("since there are 600 columns, which are named in its key as well; expected");
    assertThat(WindowRecordCheck.check(profile, MIB, false).problems()).isEmpty();
    assertThat(problems(profile, 2 * MIB)).isEmpty();
    assertThat(problems(Baselines.expecting(List.of(share.withMostly(1))), MIB)).isEmpty();
    assertThat(problems(Baselines.expecting(List.of(share.withSeverity(Severity.INFO))), MIB))
        .isEmpty();
  }

  @Test
  void aGridIsPublishedWithItsColumn() {
    assertThat(problems(Baselines.ofColumn(column(1_000)), MIB)).isEmpty();
    assertThat(problems(Baselines.ofColumn(column(Grid.MAX_EDGES)), MIB))
        .hasSize(1)
        .first()
        .asString()
        .contains("record of column x can have 1,", "65,536 edges and 0 expectations");
  }

  @Test
  void noRecordIsLargerThanWhatIsComputed() {
    List<Expectation> expectations = sums(500);
    WindowChecks checks = new WindowChecks(1_000_000, Map.of(), new ExpectationCounts());
    List<ExpectationResult> results = expectations.stream().map(checks::judge).toList();
    int encoded = new ProfileEncoder().map(Baselines.summary(results)).value().length;
    DataProfile profile = Baselines.expecting(expectations);
    assertThat(problems(profile, encoded)).hasSize(1);
  }
}
