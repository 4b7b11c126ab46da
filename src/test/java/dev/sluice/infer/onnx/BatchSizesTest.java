package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ScoringOptions;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizesTest {
  private static final ScoringOptions ANY = Loaded.sizes();

  @Test
  void dynamicModelTakesAnyOrWhatIsAsked() {
    ModelSignature dynamic = signature(List.of(tensor("x", -1, 2)), tensor("y", -1));

    assertThat(BatchSizes.of("m", dynamic, ANY).isAny()).isTrue();
    BatchSizes asked = BatchSizes.of("m", dynamic, Loaded.sizes(4, 16));
    assertThat(asked.allowed()).containsExactly(4, 16);
    assertThat(List.of(asked.padded(1), asked.padded(4), asked.padded(5)))
        .containsExactly(4, 4, 16);
    assertThat(List.of(asked.upTo(3), asked.upTo(15), asked.upTo(99))).containsExactly(0, 4, 16);
    assertThat(asked.largest(1)).isEqualTo(16);
  }

  @Test
  void rowByRowIsRunsOfOne() {
    ScoringOptions rowByRow = new ScoringOptions(List.of(), true, ANY.timeout(), ANY.nanOutput());

    assertThat(BatchSizes.of("m", signature(List.of(tensor("x", -1)), tensor("y", -1)), rowByRow))
        .isEqualTo(new BatchSizes(List.of(1)));
  }

  @Test
  void fixedModelTakesItsOwn() {
    ModelSignature mixed = signature(List.of(tensor("x", 4), tensor("z", -1)), tensor("y", 4, 2));

    assertThat(BatchSizes.of("m", mixed, ANY).allowed()).containsExactly(4);
    assertThat(BatchSizes.of("m", mixed, Loaded.sizes(4)).allowed()).containsExactly(4);
    assertRefused(
        mixed,
        Loaded.sizes(4, 8),
        "m fixes the batch dimension 4, but model.batch-sizes or model.row-by-row ask for runs of [4, 8]");
  }

  @Test
  void namesWhatIsImpossible() {
    assertRefused(
        signature(List.of(tensor("x", 4), tensor("z", 5)), tensor("y", -1)),
        ANY,
        "m: inputs [x float[4], z float[5]] fix different batch dimensions");
    assertRefused(signature(List.of(tensor("x")), tensor("y", -1)), ANY, "m: input x has no shape");
    assertRefused(
        signature(List.of(tensor("x", -1)), tensor("y", 3)),
        ANY,
        "m: output y float[3] has the fixed first dimension 3, expected a row per row of the inputs, which have a dynamic one");
    assertRefused(
        signature(List.of(tensor("x", 4)), tensor("y", 1)),
        ANY,
        "m: output y float[1] has the fixed first dimension 1, expected a row per row of the inputs, which have one of [4]");
    assertRefused(
        signature(List.of(tensor("x", 0)), tensor("y", -1)), ANY, "m fixes the batch dimension 0");
  }

  private static void assertRefused(
      ModelSignature signature, ScoringOptions options, String message) {
    assertThatThrownBy(() -> BatchSizes.of("m", signature, options))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageStartingWith(message);
  }

  private static ModelSignature signature(List<TensorInfo> inputs, TensorInfo output) {
    return new ModelSignature(inputs, List.of(output));
  }

  private static TensorInfo tensor(String name, long... shape) {
    List<Long> dimensions = Arrays.stream(shape).boxed().toList();
    return new TensorInfo(name, ElementType.FLOAT, dimensions);
  }
}
