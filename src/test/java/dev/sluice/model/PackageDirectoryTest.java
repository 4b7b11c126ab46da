package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDirectoryTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path parent;
  private Path directory;
  private Path outside;

  @BeforeEach
  void makePackage() throws IOException {
    directory = Files.createDirectory(parent.resolve("package"));
    outside = Files.writeString(parent.resolve("outside"), "flavors: {onnx: {data: model.onnx}}\n");
    Files.copy(MODELS.resolve("log-label.onnx"), directory.resolve("model.onnx"));
    Files.copy(outside, directory.resolve("MLmodel"));
  }

  @Test
  void refusesEveryLinkThatLeavesAtOnce() throws IOException {
    Files.delete(directory.resolve("MLmodel"));
    Files.createSymbolicLink(directory.resolve("MLmodel"), outside);
    Files.createSymbolicLink(directory.resolve("data-profile.json"), Path.of("../outside"));
    Files.createDirectory(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("sub/up"), parent);
    Files.createSymbolicLink(directory.resolve("sub/nowhere"), Path.of("nothing"));

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("has the link MLmodel, which leads to")
        .hasMessageContaining("has the link data-profile.json, which leads to")
        .hasMessageContaining("has the link sub/up, which leads to")
        .hasMessageContaining("has the link sub/nowhere, which leads nowhere");
  }

  @Test
  void followsLinksThatStayInsideAndALinkToThePackage() throws IOException {
    Files.createSymbolicLink(directory.resolve("copy.onnx"), Path.of("model.onnx"));
    Path link = Files.createSymbolicLink(parent.resolve("current"), directory);

    PackageFiles files = PackageFiles.read(ModelPackage.open(link));

    assertThat(files.files())
        .extracting(PackageFile::path)
        .containsExactly("MLmodel", "copy.onnx", "model.onnx");
    assertThat(files.file("copy.onnx").orElseThrow().sha256())
        .isEqualTo(ModelPackage.open(directory).sha256());
  }

  @Test
  void refusesLinksToDirectoriesWhichCanLeadRound() throws IOException {
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .hasMessageContaining("has the link loop, which leads to no file");
  }

  @Test
  void refusesLinksOfALinkedPackage() throws IOException {
    Files.createSymbolicLink(directory.resolve("up"), outside);
    Path link = Files.createSymbolicLink(parent.resolve("current"), directory);

    assertThatThrownBy(() -> ModelPackage.open(link)).hasMessageContaining("has the link up");
  }

  @Test
  void refusesTooManyFilesAndTooManyLevels() throws IOException {
    Path many = Files.createDirectory(directory.resolve("many"));
    for (int i = 0; i < PackageDirectory.MAX_ENTRIES; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    assertThatThrownBy(() -> ModelPackage.open(directory))
        .hasMessageContaining("has more than 10000 files");

    Path deep = parent.resolve("deep");
    Files.createDirectories(deep.resolve("d/".repeat(40)));
    assertThatThrownBy(() -> PackageDirectory.check(deep))
        .hasMessageContaining("expected at most 32 levels");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .hasMessageContaining("has pipe, which is neither file nor directory");
  }
}
