package dev.sluice.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQueryTest {
  @Test
  void namesMetricsAndLabels() {
    PromQuery query =
        new PromQuery(
            """
            sum by (job_name, reason) (rate(flink_a_total{job_name=~"$job", kind!="b_total{}"}[5m]))
              / on (job_name) group_left () (sluice:lag:records > bool 1e3) and absent(up)
            """);
    assertThat(query.selectors())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "flink_a_total", Set.of("job_name", "kind"),
                "sluice:lag:records", Set.of(),
                "up", Set.of()));
    assertThat(query.grouping()).containsExactly("job_name", "reason");
  }
}
