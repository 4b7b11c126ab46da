package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSignatureTest {
  private static final Path FILE = Path.of("src/main/resources/models/air-quality-mlp/model.onnx");
  private static final TensorInfo OUTPUT =
      new TensorInfo("p_unhealthy", ElementType.FLOAT, List.of(-1L, 1L));

  private static List<String> differences(String name, ElementType type, List<Long> shape) {
    ModelSignature declared =
        new ModelSignature(List.of(new TensorInfo(name, type, shape)), List.of(OUTPUT));
    try (OpenSession session = SessionFactory.cpu().open(FILE, List.of())) {
      return SessionSignature.differences(session.session(), declared);
    }
  }

  @Test
  void aSessionHasTheSignatureOfItsFile() {
    try (OpenSession session = SessionFactory.cpu().open(FILE, List.of())) {
      assertThat(
              SessionSignature.differences(session.session(), ModelPackage.open(FILE).signature()))
          .isEmpty();
    }
  }

  @Test
  void whatIsOpenAgreesWithAnything() {
    assertThat(differences("features", ElementType.FLOAT, List.of(-1L, -1L))).isEmpty();
    assertThat(differences("features", ElementType.FLOAT, List.of())).isEmpty();
    assertThat(differences("features", ElementType.FLOAT, List.of(8L, 10L))).isEmpty();
  }

  @Test
  void namesTypesAndShapesThatDifferAreSaid() {
    assertThat(differences("other", ElementType.FLOAT, List.of(-1L, 10L)))
        .containsExactly(
            "the session has the inputs [features], expected [other] as the file declares");
    assertThat(differences("features", ElementType.DOUBLE, List.of(-1L, 10L)))
        .singleElement()
        .asString()
        .startsWith("the session has input features as ")
        .endsWith(", expected features double[?,10] as the file declares");
    assertThat(differences("features", ElementType.FLOAT, List.of(-1L, 11L))).hasSize(1);
    assertThat(differences("features", ElementType.FLOAT, List.of(-1L, 10L, 1L))).hasSize(1);
    assertThat(differences("features", ElementType.SCORES, List.of(-1L))).hasSize(1);
  }
}
