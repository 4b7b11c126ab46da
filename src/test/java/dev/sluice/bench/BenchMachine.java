package dev.sluice.bench;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What a measurement was made on.
 *
 * @param processor as the kernel names it, or its architecture
 * @param cores how many this process may use, of which the broker takes its part
 */
record BenchMachine(
    String processor,
    int cores,
    String operatingSystem,
    String java,
    String onnxRuntime,
    String flink,
    String kafka) {

  /** Looks at this one. */
  static BenchMachine probe() {
    return new BenchMachine(
        readProcessor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        OrtEnvironment.getEnvironment().getVersion(),
        EnvironmentInformation.getVersion(),
        AppInfoParser.getVersion());
  }

  private static String readProcessor() {
    try {
      List<String> lines =
          Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
      return lines.stream()
          .filter(line -> line.startsWith("model name") && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
