package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sluice.model.OnnxBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the runtime itself whether the list of its operators is right. */
class OperatorListTest {
  /** What the runtime says: of domains of its own, of those of ONNX, and of what these gave up. */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "is not a registered function/op|No Op registered for|is deprecated in domain_version");

  private static final OperatorList LIST = OperatorList.get();

  @Test
  void isOfTheRuntimeThatRuns() {
    assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo(LIST.runtimeVersion());
  }

  @Test
  void theRuntimeKnowsEachOperatorInItsVersionsAndInNoOthers() {
    List<String> wrong = new ArrayList<>();
    LIST.operators()
        .forEach(
            (name, versions) -> {
              expect(name, versions.first(), true, wrong);
              expect(name, versions.last(), true, wrong);
              expect(name, versions.first() - 1, false, wrong);
              expect(name, versions.last() + 1, false, wrong);
            });
    assertThat(wrong).isEmpty();
    assertThat(LIST.operators()).hasSizeGreaterThan(300);
  }

  private static void expect(String name, int version, boolean known, List<String> wrong) {
    String domain = name.substring(0, name.lastIndexOf('.'));
    if (version < 1 || version > LIST.latest(domain).orElseThrow()) {
      return;
    }
    String answer = answer(LIST.irVersion(), domain, version, name);
    if (UNKNOWN.matcher(answer).find() == known) {
      wrong.add(name + " " + version + ": " + answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ai.onnx.Invented",
    "ai.onnx.ml.Invented",
    "com.microsoft.Invented",
    "ai.onnx.ZipMap",
  })
  void theRuntimeAndTheListLackTheSame(String name) {
    String domain = name.substring(0, name.lastIndexOf('.'));

    assertThat(LIST.versions(name)).isEmpty();
    assertThat(answer(LIST.irVersion(), domain, LIST.latest(domain).orElseThrow(), name))
        .containsPattern(UNKNOWN);
  }

  @Test
  void aLaterVersionOfADomainIsRefused() {
    for (Map.Entry<String, String> known :
        Map.of("ai.onnx", "ai.onnx.Abs", "ai.onnx.ml", "ai.onnx.ml.ZipMap").entrySet()) {
      int latest = LIST.latest(known.getKey()).orElseThrow();

      assertThat(answer(LIST.irVersion(), known.getKey(), latest, known.getValue()))
          .doesNotContain("Opset");
      assertThat(answer(LIST.irVersion(), known.getKey(), latest + 1, known.getValue()))
          .contains("Opset " + (latest + 1) + " is under development");
    }
  }

  @Test
  void aLaterIrVersionIsRefused() {
    assertThat(answer(LIST.irVersion(), "ai.onnx", 15, "ai.onnx.Abs")).doesNotContain("IR version");
    assertThat(answer(LIST.irVersion() + 1, "ai.onnx", 15, "ai.onnx.Abs"))
        .contains("Unsupported model IR version: " + (LIST.irVersion() + 1));
  }

  /** Returns what the runtime says of a model with one node that has no inputs. */
  private static String answer(int irVersion, String domain, int version, String name) {
    String inModel = domain.equals("ai.onnx") ? "" : domain;
    String type = name.substring(domain.length() + 1);
    OnnxBytes node = new OnnxBytes().text(2, "y").text(3, "n").text(4, type).text(7, inModel);
    OnnxBytes graph =
        new OnnxBytes().text(2, "g").message(1, node).message(12, OnnxBytes.tensor("y", 1));
    OnnxBytes model =
        new OnnxBytes()
            .number(1, irVersion)
            .message(7, graph)
            .message(8, OnnxBytes.opset(inModel, version));
    if (!inModel.isEmpty()) {
      model.message(8, OnnxBytes.opset("", 15));
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(model.bytes(), options)) {
        return "opened " + session.getOutputNames();
      }
    } catch (OrtException e) {
      return e.getMessage();
    }
  }
}
