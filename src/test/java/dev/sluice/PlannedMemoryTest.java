package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OptionReader;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.model.ModelPackage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a planned job says that a slot takes outside the heap. */
class PlannedMemoryTest {
  private static final Path MODEL = Path.of("src/main/resources/models/air-quality-mlp");
  private static final int ROWS = 100;

  @Test
  void postProcessingCounts() {
    long plain = directBytes(Map.of());
    String output = outputName();

    assertThat(directBytes(Map.of("outputs.threshold." + output, "0.5"))).isEqualTo(plain + ROWS);
  }

  private static String outputName() {
    return ModelPackage.open(MODEL).signature().outputs().get(0).name();
  }

  private static JobPlan plan(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("kafka.bootstrap-servers", "localhost:1");
    options.put("features.schema", "classpath:schemas/AirQualityReading.avsc");
    options.put("features.event-time.field", "ts");
    options.put("model.uri", MODEL.toString());
    return JobPlanner.plan(OptionReader.read(options));
  }

  private static long directBytes(Map<String, String> more) {
    JobPlan plan = plan(more);
    ModelPlace place = new ModelPlace(plan.location().local());
    try (Model model = plan.loader().load(place, plan.layout(), ROWS)) {
      return model.status().directBytes();
    }
  }
}
