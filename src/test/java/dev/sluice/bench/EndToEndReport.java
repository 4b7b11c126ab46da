package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that was measured in one run of the command.
 *
 * @param settings of all contenders
 * @param workloads those that were run
 * @param skipped why others were not, by their letters
 */
record EndToEndReport(
    BenchMachine machine,
    Map<String, Object> settings,
    List<WorkloadReport> workloads,
    Map<String, String> skipped) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  static void write(Object report, Path file) throws IOException {
    JSON.writeValue(file.toFile(), report);
  }

  static WorkloadReport readWorkload(Path file) throws IOException {
    return JSON.readValue(file.toFile(), WorkloadReport.class);
  }
}
