package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ScoringOptions;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.verify.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a package states and how its rows are to go through it are checked together. */
class ModelCheckTest {
  private static Findings check(String model, List<Integer> batchSizes) {
    ScoringOptions scoring =
        new ScoringOptions(
            batchSizes, false, Duration.ZERO, ScoringOptions.NAN_OUTPUT.defaultValue());
    Path file = Path.of("src/test/resources/models").resolve(model);
    return ModelCheck.check(ModelPackage.open(file), scoring);
  }

  @Test
  void aSizeOfRunsThatTheModelDoesNotTakeIsAProblem() {
    assertThat(check("fixed-batch.onnx", List.of()).problems()).isEmpty();
    assertThat(check("fixed-batch.onnx", List.of(4)).problems()).isEmpty();
    assertThat(check("fixed-batch.onnx", List.of(7)).problems())
        .singleElement()
        .asString()
        .startsWith("model fixed-batch")
        .contains("fixes the batch dimension 4, but model.batch-sizes");
  }

  @Test
  void rowsThatShareARunAreWarnedOfOnlyWhereTheyDo() {
    assertThat(check("runtime/quantised.onnx", List.of()).warnings())
        .singleElement()
        .asString()
        .contains("DynamicQuantizeLinear");
    assertThat(check("runtime/quantised.onnx", List.of(1)).warnings()).isEmpty();
  }
}
