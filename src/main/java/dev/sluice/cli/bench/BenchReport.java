package dev.sluice.cli.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.infer.ModelStatus;
import dev.sluice.infer.ProviderShare;
import dev.sluice.infer.onnx.RuntimeFacts;
import dev.sluice.model.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, and on what.
 *
 * @param execution what the model was to run on, with how many threads
 * @param device what the model tells on the device; null where only the CPU was measured
 * @param cpu what it tells on the CPU
 * @param rates one per batch size
 * @param differences one per output; empty where only the CPU was measured
 * @param tolerance the largest relative difference that is none
 */
public record BenchReport(
    ModelIdentity model,
    RuntimeFacts runtime,
    Machine machine,
    ExecutionOptions execution,
    ModelStatus cpu,
    ModelStatus device,
    List<Rate> rates,
    List<OutputDifference> differences,
    double tolerance) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * How many rows went through.
   *
   * @param rows the rows of a batch
   * @param cpu rows per second on the CPU
   * @param device rows per second on the device; NaN where only the CPU was measured
   */
  record Rate(int rows, double cpu, double device) {}

  /** Returns whether the device answers as the CPU does; true where there is no device. */
  public boolean agrees() {
    return differences.stream().allMatch(difference -> difference.agrees(tolerance));
  }

  /** Returns the report as a table for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("model    " + model.name() + ", SHA-256 " + model.sha256());
    lines.add("runtime  ONNX Runtime " + runtime.version() + ", providers " + runtime.providers());
    lines.add(
        "cpu      %s, %d cores; threads: %d intra-op, %d inter-op"
            .formatted(
                machine.processor(),
                machine.cores(),
                execution.intraOpThreads(),
                execution.interOpThreads()));
    lines.add("         run by " + share(cpu));
    if (device != null) {
      lines.add(
          "%-8s device %d, %s"
              .formatted(
                  device.executionProvider(), device.device(), machine.gpu(device.device())));
      lines.add("         run by " + share(device));
    }
    lines.add("");
    lines.add(
        "%10s %15s".formatted("batch rows", "cpu rows/s")
            + (device == null
                ? ""
                : " %15s %8s".formatted(device.executionProvider() + " rows/s", "ratio")));
    for (Rate rate : rates) {
      lines.add(
          String.format(Locale.ROOT, "%,10d %,15.0f", rate.rows, rate.cpu)
              + (device == null
                  ? ""
                  : String.format(
                      Locale.ROOT, " %,15.0f %8.2f", rate.device, rate.device / rate.cpu)));
    }
    for (OutputDifference difference : differences) {
      lines.add(
          String.format(
              Locale.ROOT,
              "output %s: differs from the CPU's by at most %.3g, %.3g relative (tolerance %.3g); %,d other values differ: %s",
              difference.name(),
              difference.absolute(),
              difference.relative(),
              tolerance,
              difference.unequal(),
              difference.agrees(tolerance) ? "agrees" : "DISAGREES"));
    }
    return lines;
  }

  private static String share(ModelStatus status) {
    return status.providerShare().map(ProviderShare::toString).orElse("unknown providers");
  }

  /** Returns the report for a program; infinite differences are texts. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model.name()).put("sha256", model.sha256());
    json.put("onnxRuntime", runtime.version());
    runtime.providers().forEach(json.putArray("providers")::add);
    json.put("processor", machine.processor()).put("cores", machine.cores());
    json.put("intraOpThreads", execution.intraOpThreads());
    json.put("interOpThreads", execution.interOpThreads());
    put(json.putObject("cpu"), cpu);
    if (device != null) {
      put(json.putObject("device"), device)
          .put("number", device.device())
          .put("name", machine.gpu(device.device()));
    }
    ArrayNode measured = json.putArray("rates");
    for (Rate rate : rates) {
      ObjectNode row = measured.addObject().put("rows", rate.rows).put("cpu", rate.cpu);
      if (device != null) {
        row.put("device", rate.device).put("ratio", rate.device / rate.cpu);
      }
    }
    ArrayNode outputs = json.putArray("outputs");
    for (OutputDifference difference : differences) {
      outputs
          .addObject()
          .put("name", difference.name())
          .put("absolute", difference.absolute())
          .put("relative", difference.relative())
          .put("unequal", difference.unequal())
          .put("agrees", difference.agrees(tolerance));
    }
    return json.put("tolerance", tolerance).put("agrees", agrees());
  }

  private static ObjectNode put(ObjectNode json, ModelStatus status) {
    json.put("execution", status.executionProvider());
    List<ProviderShare.Part> parts =
        status.providerShare().map(ProviderShare::parts).orElse(List.of());
    return json.set("providerShare", MAPPER.valueToTree(parts));
  }
}
