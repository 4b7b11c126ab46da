package dev.sluice.bench;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What scoring a row costs, against the rows of a batch: the job's stage and ONNX Runtime alone.
 */
final class BatchCost implements AutoCloseable {
  private static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-30/model.onnx");

  private final List<Long> sizes;
  private final List<InferencePair> opened = new ArrayList<>();

  /**
   * @param sizes rows of a batch, divisors of {@link InferencePair#ROWS}
   */
  BatchCost(List<Long> sizes) {
    this.sizes = List.copyOf(sizes);
  }

  /** Measures all sizes in turn. */
  CostCurve measure(Rounds rounds) throws Exception {
    List<Rounds.Pass> passes = new ArrayList<>();
    for (long size : sizes) {
      InferencePair pair = new InferencePair(MODEL, Math.toIntExact(size));
      opened.add(pair);
      passes.add(pair::job);
      passes.add(pair::bare);
    }
    List<List<Double>> nanos = rounds.measure(passes);
    CostSeries job = CostSeries.of("inference of the job", "ns per row");
    CostSeries bare = CostSeries.of("ONNX Runtime alone", "ns per row");
    for (int i = 0; i < passes.size(); i += 2) {
      job.add(nanos.get(i), InferencePair.ROWS);
      bare.add(nanos.get(i + 1), InferencePair.ROWS);
    }
    return new CostCurve(
        "batch",
        "What a row costs, by batch (30-64-32-1)",
        "rows of a batch",
        sizes,
        List.of(job, bare));
  }

  @Override
  public void close() throws OrtException {
    for (InferencePair pair : opened) {
      pair.close();
    }
  }
}
