package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.ModelStatus;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.record.FeatureLayout;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model package into ONNX Runtime. */
public final class OnnxModelLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OnnxModelLoader.class);

  /** Compiling a model for a GPU takes minutes. */
  private static final Duration WARM_UP = Duration.ofMinutes(10);

  private static final Duration SHORT_WARM_UP = Duration.ofMinutes(1);

  private final String name;
  private final String file;
  private final String sha256;
  private final SessionFactory sessions;
  private final ScoringOptions scoring;
  private final Duration processorWarmUp;
  private final long otherBytesPerRow;

  /**
   * @param name what to call the model in messages
   * @param file path of the {@code .onnx} file below the {@linkplain ModelPlace#files() files} of
   *     the place; empty where these are that file itself
   * @param sha256 the digest of the model, see {@link ModelPackage#sha256()}
   * @param scoring how rows go through the model
   */
  public OnnxModelLoader(
      String name, String file, String sha256, SessionFactory sessions, ScoringOptions scoring) {
    this(name, file, sha256, sessions, scoring, WARM_UP, 0);
  }

  private OnnxModelLoader(
      String name,
      String file,
      String sha256,
      SessionFactory sessions,
      ScoringOptions scoring,
      Duration processorWarmUp,
      long otherBytesPerRow) {
    this.name = requireNonNull(name, "name is null");
    this.file = requireNonNull(file, "file is null");
    this.sha256 = requireNonNull(sha256, "sha256 is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.scoring = requireNonNull(scoring, "scoring is null");
    this.processorWarmUp = processorWarmUp;
    this.otherBytesPerRow = otherBytesPerRow;
  }

  /** Returns the loader of a package as it is now. */
  public static OnnxModelLoader create(
      ModelPackage model, SessionFactory sessions, ScoringOptions scoring) {
    return new OnnxModelLoader(
        model.name(),
        model.path().relativize(model.onnxFile()).toString(),
        model.sha256(),
        sessions,
        scoring);
  }

  /** Returns the loader of a package as it is now, with the default scoring. */
  public static OnnxModelLoader create(ModelPackage model, SessionFactory sessions) {
    return create(model, sessions, ScoringOptions.defaults());
  }

  /**
   * Returns the loader for a command, which somebody waits for: on the processor, it gives up on
   * the first runs of a model after a minute instead of ten.
   */
  public OnnxModelLoader forCommand() {
    return withProcessorWarmUp(SHORT_WARM_UP);
  }

  /** Returns a loader that gives a first run this time on the processor. */
  OnnxModelLoader withProcessorWarmUp(Duration limit) {
    return new OnnxModelLoader(name, file, sha256, sessions, scoring, limit, otherBytesPerRow);
  }

  /**
   * Returns a loader that counts other direct buffers of the slot among those that have to fit into
   * the place's budget.
   *
   * @param bytesPerRow their bytes per row of a batch: what post-processing takes
   */
  public OnnxModelLoader beside(long bytesPerRow) {
    return new OnnxModelLoader(name, file, sha256, sessions, scoring, processorWarmUp, bytesPerRow);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ModelPackageException also if there is no size of a run that suits the model and the
   *     options
   * @throws IllegalStateException if a required GPU is not to be had or runs nothing of the model,
   *     or the model answers another number of rows than it is given or takes too long for neutral
   *     ones
   * @throws CancellationException if the task is cancelled before the first runs are over
   */
  @Override
  public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
    RuntimePlacement.checkWorker();
    ModelPackage model = ModelPackage.open(place.files().resolve(file));
    if (!model.sha256().equals(sha256)) {
      throw new ModelPackageException(
          "model %s in %s has SHA-256 %s, expected %s as at submit"
              .formatted(name, place.files(), model.sha256(), sha256));
    }
    String called = "model " + name;
    BatchSizes sizes = BatchSizes.of(called, model.signature(), scoring);
    warnOfBatchDependence(model, sizes);
    LayoutCheck.require(called, layout, model.signature(), sizes, maxRows);
    long direct =
        DirectMemory.perSlot(layout, model.signature(), sizes, maxRows)
            + otherBytesPerRow * maxRows;
    place.budget().requireDirect(called, direct);
    try (RuntimeMemory memory = new RuntimeMemory()) {
      OpenSession session = sessions.open(model.onnxFile(), place.devices());
      OnnxModel opened =
          OnnxModel.open(session, layout, model.signature().outputs(), sizes, maxRows);
      try {
        warmUp(opened, session.execution(), place, layout, sizes, maxRows);
        long runtime = memory.grown(model);
        opened.status().takes(direct, runtime);
        place.budget().warning(called, direct + runtime).ifPresent(LOG::warn);
        report(opened.status());
        return opened;
      } catch (RuntimeException | Error e) {
        opened.close();
        throw e;
      }
    }
  }

  private void warmUp(
      OnnxModel opened,
      Execution execution,
      ModelPlace place,
      FeatureLayout layout,
      BatchSizes sizes,
      int maxRows) {
    String called = "model " + name;
    Duration limit = execution.isGpu() ? WARM_UP : processorWarmUp;
    opened.endWith(place.cancellation());
    opened.warmingUp(limit, place.onHung());
    long start = System.nanoTime();
    boolean gotThrough = WarmUp.run(called, opened, layout, sizes, maxRows, limit);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    opened.warmedUp(millis, scoring.timeout(), place.onHung());
    if (gotThrough) { // else nobody knows what the nodes after the refusal would have run on
      ExecutionMode mode = sessions.options().mode();
      opened
          .status()
          .providerShare()
          .map(share -> RealExecution.require(called, execution, mode, share))
          .ifPresent(opened.status()::runsOn);
    }
  }

  private void warnOfBatchDependence(ModelPackage model, BatchSizes sizes) {
    if (sizes.largest(Integer.MAX_VALUE) > 1 && model.graph().isBatchDependent()) {
      LOG.warn(
          "Model {} is quantised by the values of each batch: a row's answer depends on the rows beside it, unless {} is true",
          name,
          ScoringOptions.ROW_BY_ROW.key());
    }
  }

  private void report(ModelStatus status) {
    LOG.info(
        "Model {} ({}) runs on {}; direct buffers take {} bytes, the runtime about {}",
        name,
        sha256,
        status.executionProvider(),
        status.directBytes(),
        status.runtimeBytes());
    status.providerShare().ifPresent(share -> LOG.info("Model {} was run by {}", name, share));
  }
}
