package dev.sluice.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.Reason;
import org.junit.jupiter.api.Test;

class StageMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private final StageMetrics metrics = StageMetrics.of(recorded);

  @Test
  void namesFollowTheRule() {
    for (String name :
        new String[] {"recordsRead_total", "_total", "records__total", "a.b_total"}) {
      assertThatThrownBy(() -> metrics.counter(name))
          .hasMessage(
              "name of a metric is " + name + ", expected lower case words joined by underscores");
    }
    assertThatThrownBy(() -> metrics.counter("records_read"))
        .hasMessage(
            "name of a metric that only grows is records_read, expected one ending in _total");
    assertThatThrownBy(() -> metrics.by("The reason", "NAN")).hasMessageContaining("The reason");
  }

  @Test
  void reasonsAddUp() {
    ReasonCounters counters = new ReasonCounters(metrics, "records_failed_total");
    assertThat(recorded.names()).containsExactly("records_failed_total");
    counters.count(Reason.NAN);
    counters.count(Reason.NAN);
    counters.count(Reason.MISSING);
    assertThat(recorded.value("records_failed_total")).isEqualTo(3);
    assertThat(recorded.value("records_failed_total{reason=NAN}")).isEqualTo(2);
    assertThat(recorded.value("records_failed_total{reason=MISSING}")).isEqualTo(1);
    assertThat(recorded.sum("records_failed_total", "reason")).isEqualTo(3);
  }

  /** An alert sees an increase only of a series that was there before. */
  @Test
  void expectedReasonsAreThereFromTheStart() {
    ReasonCounters counters =
        new ReasonCounters(metrics, "records_failed_total", Reason.MODEL_ERROR, Reason.NAN_OUTPUT);
    assertThat(recorded.value("records_failed_total{reason=MODEL_ERROR}")).isZero();
    assertThat(recorded.value("records_failed_total{reason=NAN_OUTPUT}")).isZero();
    counters.count(Reason.MODEL_ERROR);
    assertThat(recorded.value("records_failed_total{reason=MODEL_ERROR}")).isEqualTo(1);
    assertThat(recorded.sum("records_failed_total", "reason")).isEqualTo(1);
  }

  @Test
  void durationsAreShownInSeconds() {
    RecentValues seconds = metrics.seconds("inference_seconds");
    assertThat(seconds.getStatistics().getQuantile(0.5)).isNaN();
    for (int i = 1; i <= 100; i++) {
      seconds.update(i * 1_000_000L);
    }
    assertThat(seconds.getCount()).isEqualTo(100);
    assertThat(seconds.total()).isEqualTo(5.05);
    assertThat(seconds.getStatistics().getQuantile(0.5)).isEqualTo(0.05);
    assertThat(seconds.getStatistics().getQuantile(0.99)).isEqualTo(0.099);
    assertThat(seconds.getStatistics().getQuantile(0.999)).isEqualTo(0.1);
    assertThat(seconds.getStatistics().getMean()).isEqualTo(0.0505);
  }

  @Test
  void sizesAreThoseOfTheLastBatches() {
    RecentValues sizes = metrics.sizes("batch_size_records");
    for (int i = 0; i < 10 * RecentValues.WINDOW; i++) {
      sizes.update(i < 9 * RecentValues.WINDOW ? 1 : 7);
    }
    assertThat(sizes.getStatistics().getMin()).isEqualTo(7);
    assertThat(sizes.getStatistics().size()).isEqualTo(RecentValues.WINDOW);
    assertThat(sizes.getCount()).isEqualTo(10 * RecentValues.WINDOW);
    assertThat(sizes.total()).isEqualTo(9 * RecentValues.WINDOW + 7 * RecentValues.WINDOW);
  }
}
