package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDataTest {
  @TempDir Path directory;
  private Path inner;

  @BeforeEach
  void writeFiles() throws IOException {
    inner = Files.createDirectory(directory.resolve("model"));
    Files.write(directory.resolve("w.bin"), new byte[8]);
    Files.write(inner.resolve("v.bin"), new byte[8]);
  }

  @Test
  void emptyStatementsTakeNothingBack() throws IOException {
    assertThatThrownBy(() -> read(initializer("../w.bin", "")))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("external data names ../w.bin, expected a file inside");
    assertThat(read(initializer("v.bin", "")).externalData())
        .containsExactly(inner.toAbsolutePath().resolve("v.bin"));
    assertThat(read(initializer("", "v.bin")).externalData()).hasSize(1);
    assertThat(read(initializer("v.bin", "v.bin")).externalData()).hasSize(1);

    OnnxBytes tensor =
        OnnxBytes.external("w", "v.bin", 4, 5)
            .message(13, entry("offset", ""))
            .message(13, entry("length", ""));
    assertThatThrownBy(() -> read(graph().message(5, tensor)))
        .hasMessageContaining("v.bin has 8 bytes, expected at least 9");
  }

  @Test
  void aTensorLiesInOnePlace() {
    assertThatThrownBy(() -> read(initializer("v.bin", "../w.bin")))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageEndingWith(
            "m.onnx is beyond what is read of an ONNX model: a tensor has external data in v.bin"
                + " and in ../w.bin, expected one place");
  }

  /** What an attribute of a function is where a call does not give it. */
  @Test
  void defaultsOfFunctionsAreLookedThrough() {
    OnnxBytes attribute =
        new OnnxBytes().text(1, "value").message(5, OnnxBytes.external("w", "../w.bin"));
    OnnxBytes function =
        OnnxBytes.function("own", "F", OnnxBytes.node("", "Abs", "a", "b")).message(11, attribute);
    assertThatThrownBy(() -> read(OnnxBytes.model(graph()).message(25, function), "m.onnx"))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("external data names ../w.bin, expected a file inside");
  }

  /** The SHA-256 of the model would not tell two of them apart. */
  @Test
  void aPartThatAProviderCompiledToAFileIsRefused() throws IOException {
    assertThatThrownBy(() -> read(graph().message(1, compiled(0))))
        .isInstanceOf(ModelPackageException.class)
        .hasMessage(
            inner.resolve("m.onnx")
                + ": a node com.microsoft.EPContext has its weights in a file of an execution"
                + " provider (embed_mode 0), which the model's SHA-256 does not tell apart;"
                + " expected embed_mode 1");
    OnnxBytes branch =
        new OnnxBytes().text(1, "then_branch").message(6, new OnnxBytes().message(1, compiled(0)));
    OnnxBytes condition = OnnxBytes.node("", "If", "c", "y").message(5, branch);
    assertThatThrownBy(() -> read(graph().message(1, condition)))
        .hasMessageContaining("(embed_mode 0)");

    assertThat(read(graph().message(1, compiled(1))).operators()).hasSize(1);
    OnnxBytes otherDomain =
        OnnxBytes.node("own", "EPContext", "x", "y").message(5, attribute("embed_mode", 0));
    assertThat(read(graph().message(1, otherDomain)).operators()).hasSize(1);
    OnnxBytes byDefault = OnnxBytes.node("com.microsoft", "EPContext", "x", "y");
    assertThat(read(graph().message(1, byDefault)).operators()).hasSize(1);
  }

  private static OnnxBytes compiled(long embedMode) {
    return OnnxBytes.node("com.microsoft", "EPContext", "x", "y")
        .message(5, attribute("embed_mode", embedMode))
        .message(5, new OnnxBytes().text(1, "ep_cache_context").text(4, "engine.bin"));
  }

  private static OnnxBytes attribute(String name, long number) {
    return new OnnxBytes().text(1, name).number(3, number).number(20, 2);
  }

  private static OnnxBytes entry(String key, String value) {
    return new OnnxBytes().text(1, key).text(2, value);
  }

  private static OnnxBytes initializer(String... locations) {
    OnnxBytes tensor = new OnnxBytes().text(8, "w").number(14, 1);
    for (String location : locations) {
      tensor.message(13, entry("location", location));
    }
    return graph().message(5, tensor);
  }

  private static OnnxBytes graph() {
    return new OnnxBytes()
        .message(11, OnnxBytes.tensor("x", 1))
        .message(12, OnnxBytes.tensor("y", 1));
  }

  private OnnxGraph read(OnnxBytes graph) throws IOException {
    return read(OnnxBytes.model(graph), "m.onnx");
  }

  private OnnxGraph read(OnnxBytes model, String name) throws IOException {
    return OnnxGraph.read(Files.write(inner.resolve(name), model.bytes()));
  }
}
