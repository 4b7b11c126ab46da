package dev.sluice.infer.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a machine has of what ONNX Runtime needs to run on a GPU: for the message when it does not.
 *
 * @param found the file that each library was found in, by its name
 * @param missing the libraries that were not found
 * @param devices the device files of GPUs, such as nvidia0
 */
record CudaLibraries(Map<String, Path> found, List<String> missing, List<String> devices) {
  /** What the provider for TensorRT needs besides those of CUDA. */
  private static final List<String> TENSOR_RT =
      List.of("libnvinfer.so.10", "libnvonnxparser.so.10");

  /** What the runtime's providers need. */
  private static final List<String> NAMES =
      List.of(
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcudart.so.12",
          "libcurand.so.10",
          "libcufft.so.11",
          "libcudnn.so.9",
          TENSOR_RT.get(0),
          TENSOR_RT.get(1));

  private static final List<String> LINKER_DIRECTORIES =
      List.of(
          "usr/lib/x86_64-linux-gnu",
          "usr/lib/aarch64-linux-gnu",
          "usr/lib64",
          "usr/lib",
          "usr/local/lib");
  private static final Pattern DEVICE = Pattern.compile("nvidia\\d+|nvidiactl|dxg");

  CudaLibraries {
    found = Map.copyOf(found);
    missing = List.copyOf(missing);
    devices = List.copyOf(devices);
  }

  /** Looks on this machine. */
  static CudaLibraries probe() {
    return probe(Path.of("/"), System.getenv().getOrDefault("LD_LIBRARY_PATH", ""));
  }

  /**
   * Looks for the libraries where the dynamic linker would.
   *
   * @param root of the file system
   * @param libraryPath directories, separated by colons, that are searched first
   */
  static CudaLibraries probe(Path root, String libraryPath) {
    Set<Path> directories = directories(root, libraryPath);
    Map<String, Path> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : NAMES) {
      directories.stream()
          .map(directory -> directory.resolve(name))
          .filter(Files::exists)
          .findFirst()
          .ifPresentOrElse(file -> found.put(name, file), () -> missing.add(name));
    }
    List<String> devices =
        list(root.resolve("dev"), "{nvidia,dxg}*").stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> DEVICE.matcher(name).matches())
            .toList();
    return new CudaLibraries(found, missing, devices);
  }

  private static Set<Path> directories(Path root, String libraryPath) {
    Set<Path> directories = new LinkedHashSet<>();
    for (String part : libraryPath.split(":")) {
      try {
        if (!part.isBlank()) {
          directories.add(Path.of(part));
        }
      } catch (InvalidPathException e) {
        continue; // the linker does not find anything there either
      }
    }
    for (Path cuda : list(root.resolve("usr/local"), "cuda*")) {
      directories.add(cuda.resolve("lib64"));
      directories.add(cuda.resolve("targets/x86_64-linux/lib"));
    }
    for (Path file : list(root.resolve("etc/ld.so.conf.d"), "*.conf")) {
      directories.addAll(configured(root, file));
    }
    LINKER_DIRECTORIES.forEach(name -> directories.add(root.resolve(name)));
    return directories;
  }

  private static List<Path> configured(Path root, Path file) {
    try {
      if (Files.size(file) > 1 << 16) {
        return List.of();
      }
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("/"))
          .map(line -> root.resolve(line.substring(1)))
          .toList();
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      return List.of(); // the message is about something else
    }
  }

  private static List<Path> list(Path directory, String glob) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(files::add);
    } catch (IOException e) {
      return List.of(); // not there
    }
    files.sort(null);
    return files;
  }

  private static String purpose(String name) {
    return TENSOR_RT.contains(name) ? name + " (for tensorrt)" : name;
  }

  /** Returns one line for a person: what is missing, what is there. */
  String describe() {
    return "missing: "
        + (missing.isEmpty()
            ? "none"
            : String.join(", ", missing.stream().map(CudaLibraries::purpose).toList()))
        + "; found: "
        + (found.isEmpty()
            ? "none"
            : String.join(
                ", ",
                NAMES.stream()
                    .filter(found::containsKey)
                    .map(n -> found.get(n).toString())
                    .toList()))
        + "; devices: "
        + (devices.isEmpty() ? "none" : String.join(", ", devices));
  }
}
