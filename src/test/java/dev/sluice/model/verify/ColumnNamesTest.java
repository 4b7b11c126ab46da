package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {
  // What skl2onnx.common._topology.Topology.get_unique_variable_name makes of them.
  @ParameterizedTest
  @CsvSource({
    "mean radius, mean_radius",
    "PM2.5, PM2_5",
    "a-b(c), a_b_c_",
    "1st, _1st",
    "größe, gr__e",
  })
  void convertsAsTheConverterDoes(String name, String converted) {
    assertThat(ColumnNames.converted(name)).isEqualTo(converted);
  }

  @Test
  void findsWhatANameCanMean() {
    ColumnNames offered =
        new ColumnNames(List.of("mean_radius", "mean radius", "area", "top score", "top-score"));

    assertThat(offered.candidates("mean radius")).containsExactly("mean radius");
    assertThat(offered.candidates("top_score")).containsExactly("top score", "top-score");
    assertThat(offered.candidates("AREA")).isEmpty();
    assertThat(offered.candidates("mean.radius")).containsExactly("mean_radius", "mean radius");
  }
}
