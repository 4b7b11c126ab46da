package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {
  @TempDir Path root;

  @Test
  void looksWhereTheLinkerWould() throws IOException {
    Path own = Files.createDirectories(root.resolve("own"));
    Files.createFile(own.resolve("libcudart.so.12"));
    file("usr/local/cuda-12.6/lib64/libcublas.so.12");
    file("usr/lib/x86_64-linux-gnu/libcudnn.so.9");
    file("opt/trt/libnvinfer.so.10");
    file("dev/nvidia0");
    file("dev/nvidia-uvm");
    Files.writeString(file("etc/ld.so.conf.d/trt.conf"), "# here\n/opt/trt\n");

    CudaLibraries libraries = CudaLibraries.probe(root, "::" + own);

    assertThat(libraries.found())
        .containsOnlyKeys("libcudart.so.12", "libcublas.so.12", "libcudnn.so.9", "libnvinfer.so.10")
        .containsEntry("libcudart.so.12", own.resolve("libcudart.so.12"));
    assertThat(libraries.missing())
        .containsExactly(
            "libcublasLt.so.12", "libcurand.so.10", "libcufft.so.11", "libnvonnxparser.so.10");
    assertThat(libraries.devices()).containsExactly("nvidia0");
  }

  @Test
  void nothingThere() {
    assertThat(CudaLibraries.probe(root, "").describe())
        .startsWith("missing: libcublas.so.12, libcublasLt.so.12, ")
        .endsWith("; found: none; devices: none");
  }

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
