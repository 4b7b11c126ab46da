package dev.sluice.bench;

import dev.sluice.infer.Bisection;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.TestBatches;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows per second of the inferring stage beside those of a bare loop on ONNX Runtime, in one
 * thread. Both score the same batches of {@value #ROWS} rows in turn, copied into their buffers
 * before each run; their answers are compared at the start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class InferBenchmark {
  private static final int ROWS = 256;
  private static final int BATCHES = 64;

  /** The model's file. */
  @Param({
    "src/test/resources/models/bench-mlp-30/model.onnx",
    "../shared/data/crayfish-ffnn/model-ffnn.onnx",
    "../shared/data/models/gbt.onnx"
  })
  public String model;

  private final List<FeatureBatch> batches = new ArrayList<>();
  private final PredictionBatch result = new PredictionBatch();
  private FeatureLayout layout;
  private FeatureBatch current;
  private BareRuntime bare;
  private Model loaded;
  private Bisection stage;
  private int next;

  /** Loads the model twice, draws the rows, and compares the answers. */
  @Setup
  public void open() throws Exception {
    ModelPackage opened = ModelPackage.open(Path.of(model));
    layout =
        TestBatches.layout(
            opened.signature().inputs().stream()
                .map(
                    info ->
                        new InputTensor(
                            info.name(),
                            info.type(),
                            info.rowShape().stream().map(Math::toIntExact).toList(),
                            List.of()))
                .toArray(InputTensor[]::new));
    Random random = new Random(7);
    for (int i = 0; i < BATCHES; i++) {
      batches.add(batch(random));
    }
    current = batch(random);
    bare = new BareRuntime(opened.onnxFile().toString(), opened.signature(), ROWS);
    loaded =
        OnnxModelLoader.create(opened, SessionFactory.cpu())
            .load(new ModelPlace(opened.path()), layout, ROWS);
    stage = new Bisection(loaded);
    compare();
  }

  /** Frees both. */
  @TearDown
  public void close() throws Exception {
    loaded.close();
    bare.close();
  }

  /** The stage, without Flink around it. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public PredictionBatch stage() {
    current.copyInputs(nextBatch(), 0, ROWS, 0);
    stage.score(current, result);
    return result;
  }

  /** The bare loop, with direct buffers and pinned outputs. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public BareRuntime bare() throws Exception {
    scoreBare(nextBatch());
    return bare;
  }

  private FeatureBatch nextBatch() {
    next = (next + 1) % BATCHES;
    return batches.get(next);
  }

  private FeatureBatch batch(Random random) {
    FeatureBatch batch = new FeatureBatch(layout, ROWS);
    for (int row = 0; row < ROWS; row++) {
      TestBatches.append(batch, values(random));
    }
    return batch;
  }

  private Object[] values(Random random) {
    List<Object> values = new ArrayList<>();
    for (FeatureColumn column : layout.columns()) {
      for (int i = 0; i < column.width(); i++) {
        values.add(
            column.type() == ElementType.STRING
                ? "NESW".substring(random.nextInt(4)).substring(0, 1)
                : random.nextDouble(-2, 2));
      }
    }
    return values.toArray();
  }

  private void scoreBare(FeatureBatch batch) throws Exception {
    for (int i = 0; i < layout.inputs().size(); i++) {
      InputTensor input = layout.inputs().get(i);
      if (input.type() == ElementType.STRING) {
        bare.texts(input.name(), batch.tensor(i).texts());
      } else {
        bare.buffer(input.name()).clear().put(batch.tensor(i).slice(0, ROWS));
      }
    }
    bare.score();
  }

  private void compare() throws Exception {
    scoreBare(current);
    int failed = stage.score(current, result);
    boolean same =
        result.outputs().stream()
            .allMatch(o -> o.values().slice(0, ROWS).equals(bare.buffer(o.name()).rewind()));
    if (failed > 0 || !same) {
      throw new IllegalStateException(failed + " rows failed, answers are the same: " + same);
    }
  }
}
