package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ModelOptions;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.record.FeatureLayout;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model package into ONNX Runtime. */
public final class OnnxModelLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OnnxModelLoader.class);

  private final String path;
  private final String sha256;
  private final SessionFactory sessions;

  /**
   * @param path the package's directory or {@code .onnx} file, the same on every worker
   * @param sha256 the digest of the model, see {@link ModelPackage#sha256()}
   */
  public OnnxModelLoader(String path, String sha256, SessionFactory sessions) {
    this.path = requireNonNull(path, "path is null");
    this.sha256 = requireNonNull(sha256, "sha256 is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
  }

  /** Returns the loader of a package as it is now, with the session that the options ask for. */
  public static OnnxModelLoader create(ModelPackage model, ModelOptions options) {
    SessionFactory sessions =
        new SessionFactory(
            switch (options.execution()) {
              case CPU -> ExecutionProvider.CPU;
              case CUDA -> ExecutionProvider.CUDA;
            },
            options.executionMode() == ExecutionMode.REQUIRE,
            0,
            options.intraOpThreads(),
            options.interOpThreads());
    return new OnnxModelLoader(model.path().toString(), model.sha256(), sessions);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ModelPackageException also if the model has a fixed batch dimension
   * @throws IllegalStateException if a required GPU is not to be had
   */
  @Override
  public Model load(FeatureLayout layout, int maxRows) {
    ModelPackage model = ModelPackage.open(Path.of(path));
    if (!model.sha256().equals(sha256)) {
      throw new ModelPackageException(
          "model package %s has SHA-256 %s, expected %s as at submit"
              .formatted(path, model.sha256(), sha256));
    }
    model.signature().requireDynamicBatch("model " + path);
    LayoutCheck.require("model " + path, layout, model.signature(), maxRows);
    OpenSession session = sessions.open(model.onnxFile());
    LOG.info(
        "Model {} {} ({}) runs on {}", model.name(), model.version(), sha256, session.provider());
    return new OnnxModel(session, layout, model.signature().outputs());
  }
}
