package dev.sluice.cli.bench;

import dev.sluice.LayoutPlanner;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.ModelSchema;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.OptionException;
import dev.sluice.infer.onnx.RuntimeFacts;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a model on the CPU and, where another device is asked for, on that beside it. */
public final class InferenceBench {
  /** So many distinct rows at least: repeating a few makes trees look faster than they are. */
  private static final int DISTINCT_ROWS = 2048;

  private final MeasuredModel cpu;
  private final MeasuredModel device;
  private final RandomRows rows;
  private final Map<String, OutputDifference> differences = new LinkedHashMap<>();

  private InferenceBench(MeasuredModel cpu, MeasuredModel device, RandomRows rows) {
    this.cpu = cpu;
    this.device = device;
    this.rows = rows;
  }

  /**
   * Runs the measurement.
   *
   * @param answers how the model is run; its device is required, whatever the mode says
   * @param profile what random rows are drawn from; empty for none
   * @param batchSizes rows of a batch, each measured on its own
   * @param nanos how long each of them is measured on each device
   * @param tolerance the largest relative difference from the CPU that is none
   * @throws IllegalArgumentException if the device is not to be had, or the model does not load or
   *     does not answer every row
   */
  public static BenchReport run(
      ModelPackage model,
      AnswerOptions answers,
      DataProfile profile,
      List<Integer> batchSizes,
      long nanos,
      double tolerance) {
    FeatureLayout layout = layout(model, answers);
    int maxRows = batchSizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    try (MeasuredModel cpu = load(model, answers, Execution.CPU, layout, maxRows);
        MeasuredModel device =
            answers.execution().device().isGpu()
                ? load(model, answers, answers.execution().device(), layout, maxRows)
                : null) {
      InferenceBench bench = new InferenceBench(cpu, device, new RandomRows(layout, profile));
      List<BenchReport.Rate> rates = batchSizes.stream().map(n -> bench.rate(n, nanos)).toList();
      return new BenchReport(
          model.identity(),
          RuntimeFacts.probe(),
          Machine.probe(),
          answers.execution(),
          cpu.status(),
          device == null ? null : device.status(),
          rates,
          List.copyOf(bench.differences.values()),
          tolerance);
    }
  }

  private static FeatureLayout layout(ModelPackage model, AnswerOptions answers) {
    FileSchema schema =
        ModelSchema.of(model, answers.inputs(), answers.padding(), DataProfile.empty());
    List<String> problems = new ArrayList<>();
    FeatureLayout layout =
        new LayoutPlanner(schema.schema(), problems)
            .inputs(model, schema.inputs(), answers.padding())
            .layout();
    problems.addAll(OutputCheck.problems(answers.outputs(), model.signature()));
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return layout;
  }

  private static MeasuredModel load(
      ModelPackage model,
      AnswerOptions answers,
      Execution execution,
      FeatureLayout layout,
      int maxRows) {
    AnswerOptions required = answers.on(answers.execution().on(execution, ExecutionMode.REQUIRE));
    try {
      return new MeasuredModel(model, required, layout, maxRows);
    } catch (IllegalStateException e) {
      // Without a cause, which would be said again: the runtime's own message is part of this one.
      throw new IllegalArgumentException(e.getMessage());
    } catch (OutOfMemoryError e) {
      throw tooLarge(maxRows, e);
    }
  }

  private BenchReport.Rate rate(int size, long nanos) {
    List<FeatureBatch> batches = batches(size);
    PredictionBatch expected = cpu.score(batches.get(0));
    if (device == null) {
      return new BenchReport.Rate(size, cpu.rowsPerSecond(batches, nanos), Double.NaN);
    }
    compare(expected, device.score(batches.get(0)), size);
    double cpuRate = cpu.rowsPerSecond(batches, nanos);
    return new BenchReport.Rate(size, cpuRate, device.rowsPerSecond(batches, nanos));
  }

  private List<FeatureBatch> batches(int size) {
    List<FeatureBatch> batches = new ArrayList<>();
    try {
      for (int count = 0; count < DISTINCT_ROWS; count += size) {
        batches.add(rows.next(size));
      }
    } catch (OutOfMemoryError e) {
      if (batches.isEmpty()) {
        throw tooLarge(size, e);
      }
      batches.subList(batches.size() / 2 + 1, batches.size()).clear(); // leaves room for outputs
    }
    return batches;
  }

  private static IllegalArgumentException tooLarge(int size, OutOfMemoryError cause) {
    return new IllegalArgumentException(
        "a batch of " + size + " rows does not fit into memory, expected fewer", cause);
  }

  private void compare(PredictionBatch expected, PredictionBatch answered, int rowCount) {
    for (int i = 0; i < expected.outputs().size(); i++) {
      OutputTensor output = expected.outputs().get(i);
      differences
          .computeIfAbsent(output.name(), OutputDifference::new)
          .add(output, answered.outputs().get(i), rowCount);
    }
  }
}
