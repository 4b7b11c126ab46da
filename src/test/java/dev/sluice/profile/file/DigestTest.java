package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What says exactly which file a profile was made of, or is. */
class DigestTest {
  @TempDir private Path folder;

  @Test
  void hashesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(DataProfileFile.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180
  }

  @Test
  void hashesADataSetWhateverTheOrderOfItsFiles() {
    String a = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    String b = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
    assertThat(DataProfileFile.sha256(List.of(a))).isEqualTo(a);
    assertThat(DataProfileFile.sha256(List.of(a, b)))
        .isEqualTo(DataProfileFile.sha256(List.of(b, a)))
        .isEqualTo("1d09128b59f830cd6cd447536d36599f3597fbbf5748b5a5142e75e69da14913"); // sha256sum
    assertThatThrownBy(() -> DataProfileFile.sha256(List.<String>of()))
        .hasMessage("data set has no files, expected some");
  }
}
