package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.record.ElementType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftMetricsTest {
  private static final String ALL_X = "{profile=input,segment=_all,column=x,distance=psi}";

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final DriftMetrics metrics = new DriftMetrics(recorded);

  private static WindowPartial window(String segment) {
    return WindowPartial.fromKey("INPUT/m/b/" + segment);
  }

  private static Map<String, ColumnProfile> columns(Double value, DriftVerdict verdict) {
    return Map.of("x", column("x", value, verdict));
  }

  private static ColumnProfile column(String name, Double value, DriftVerdict verdict) {
    return ColumnProfile.empty(name, ElementType.FLOAT)
        .withDrift(new ColumnDrift("psi", value, 0.2, 0, verdict));
  }

  @Test
  void showsWhatWasFoundLast() {
    metrics.show(window(""), columns(0.3, DriftVerdict.DRIFT));
    assertThat(recorded.value("drift_value" + ALL_X)).isEqualTo(0.3);
    assertThat(recorded.value("drift_threshold" + ALL_X)).isEqualTo(0.2);
    assertThat(recorded.value("drift_verdict" + ALL_X)).isEqualTo(1);
    metrics.show(window(""), columns(0.1, DriftVerdict.OK));
    assertThat(recorded.value("drift_value" + ALL_X)).isEqualTo(0.1);
    assertThat(recorded.value("drift_verdict" + ALL_X)).isZero();
    metrics.show(window(""), columns(null, DriftVerdict.INSUFFICIENT_DATA));
    assertThat(recorded.value("drift_value" + ALL_X)).isNaN();
    assertThat(recorded.value("drift_verdict" + ALL_X)).isEqualTo(-1);
  }

  @Test
  void nothingIsKnownOfColumnsThatAWindowDoesNotHave() {
    String north = "{profile=input,segment=north,column=x,distance=psi}";
    metrics.show(window(""), columns(0.3, DriftVerdict.DRIFT));
    metrics.show(window("north"), columns(0.3, DriftVerdict.DRIFT));
    metrics.show(WindowPartial.fromKey("OUTPUT/m/b/"), Map.of());
    assertThat(recorded.value("drift_verdict" + ALL_X)).as("another profile's").isEqualTo(1);
    metrics.show(window(""), Map.of());
    assertThat(recorded.value("drift_value" + ALL_X)).isNaN();
    assertThat(recorded.value("drift_threshold" + ALL_X)).isEqualTo(0.2);
    assertThat(recorded.value("drift_verdict" + ALL_X)).isEqualTo(-1);
    assertThat(recorded.value("drift_verdict" + north)).as("another segment's").isEqualTo(1);
    metrics.show(window("north"), Map.of("x", ColumnProfile.empty("x", ElementType.FLOAT)));
    assertThat(recorded.value("drift_verdict" + north)).as("not compared").isEqualTo(-1);
    metrics.show(window(""), columns(0.1, DriftVerdict.OK));
    assertThat(recorded.value("drift_verdict" + ALL_X)).isZero();
  }

  @Test
  void aColumnWithoutABaselineHasNoSeries() {
    metrics.show(window(""), Map.of("y", ColumnProfile.empty("y", ElementType.FLOAT)));
    assertThat(recorded.names()).containsExactly("drift_columns_hidden");
  }

  @Test
  void segmentsAreBoundedAndTheWholeIsNot() {
    Map<String, ColumnProfile> many = new LinkedHashMap<>();
    for (int i = 0; i < DriftMetrics.MAX_OF_SEGMENTS + 7; i++) {
      many.put("c" + i, column("c" + i, 0.1, DriftVerdict.OK));
    }
    metrics.show(window("north"), many);
    assertThat(recorded.value("drift_columns_hidden")).isEqualTo(7);
    metrics.show(window("north"), many);
    assertThat(recorded.value("drift_columns_hidden")).as("the same ones").isEqualTo(7);
    metrics.show(window(""), many);
    assertThat(recorded.value("drift_columns_hidden")).isEqualTo(7);
    assertThat(
            recorded.names().stream()
                .filter(name -> name.startsWith("drift_verdict"))
                .filter(name -> name.contains("segment=_all")))
        .hasSize(many.size());
  }
}
