package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class PredictionMetricsTest {
  private static final FeatureLayout LAYOUT =
      Batches.layout(new FeatureColumn("x", ElementType.FLOAT, 1));

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final EncodedRecord source = Batches.source(null, new byte[1]);
  private final ManualClock clock =
      new ManualClock(TimeUnit.MILLISECONDS.toNanos(source.timestamp()));
  private final PredictionMetrics metrics = new PredictionMetrics(recorded, clock);

  @Test
  void anAgeIsThatOfTheFirstRecord() {
    Histogram ages = recorded.histogramOf("prediction_age_seconds");
    FeatureBatch batch = new FeatureBatch(LAYOUT, 1);
    metrics.leaves(batch);
    assertThat(ages.getCount()).as("ages of batches without a record").isZero();
    batch.append(Batches.row(LAYOUT, source));
    clock.advanceTime(1250, TimeUnit.MILLISECONDS);
    metrics.leaves(batch);
    assertThat(ages.getStatistics().getQuantile(1)).isEqualTo(1.25);
    clock.advanceTime(-2, TimeUnit.SECONDS);
    metrics.leaves(batch);
    assertThat(ages.getStatistics().getQuantile(0))
        .as("age by a clock that is behind the broker's")
        .isZero();
  }
}
