package dev.sluice.cli.bench;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a measurement was made on, as the machine names it.
 *
 * @param processor the processor's name; Java's name of its architecture where it has none
 * @param cores how many of its cores this process may use
 * @param gpus a line per GPU, in the order of their numbers; empty where none is known
 */
record Machine(String processor, int cores, List<String> gpus) {
  private static final int MAX_OUTPUT = 1 << 16;
  private static final int MAX_LINES = 1000;
  private static final List<String> NVIDIA_SMI =
      List.of(
          "nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader");

  Machine {
    requireNonNull(processor, "processor is null");
    gpus = List.copyOf(gpus);
  }

  /** Looks at this machine. */
  static Machine probe() {
    return probe(Path.of("/"), NVIDIA_SMI);
  }

  /**
   * Looks at a machine.
   *
   * @param root of its file system
   * @param listGpus the command that prints a line per GPU; the driver's files are read where it
   *     does not
   */
  static Machine probe(Path root, List<String> listGpus) {
    List<String> gpus = lines(listGpus);
    return new Machine(
        value(root.resolve("proc/cpuinfo"), "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        gpus.isEmpty() ? driverGpus(root.resolve("proc/driver/nvidia/gpus")) : gpus);
  }

  /** Returns the name of a GPU by its number. */
  String gpu(int device) {
    return device >= 0 && device < gpus.size() ? gpus.get(device) : "unknown";
  }

  private static List<String> driverGpus(Path directory) {
    List<String> gpus = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      List<Path> sorted = new ArrayList<>();
      entries.forEach(sorted::add);
      sorted.sort(null); // by PCI address, as CUDA numbers them with CUDA_DEVICE_ORDER=PCI_BUS_ID
      sorted.forEach(gpu -> gpus.add(value(gpu.resolve("information"), "Model", "unknown")));
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // no driver
    }
    return gpus;
  }

  /** Returns what follows a key and a colon in a file of the kernel, which has no size. */
  private static String value(Path file, String key, String otherwise) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return reader
          .lines()
          .limit(MAX_LINES)
          .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException | UncheckedIOException e) {
      return otherwise;
    }
  }

  private static List<String> lines(List<String> command) {
    Process process = null;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return List.of();
      }
      String output =
          new String(process.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
      return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      return List.of(); // not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}
