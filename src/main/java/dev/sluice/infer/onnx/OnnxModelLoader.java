package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.record.FeatureLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model package into ONNX Runtime. */
public final class OnnxModelLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OnnxModelLoader.class);

  private final String name;
  private final String file;
  private final String sha256;
  private final SessionFactory sessions;

  /**
   * @param name what to call the model in messages
   * @param file path of the {@code .onnx} file below the {@linkplain ModelPlace#files() files} of
   *     the place; empty where these are that file itself
   * @param sha256 the digest of the model, see {@link ModelPackage#sha256()}
   */
  public OnnxModelLoader(String name, String file, String sha256, SessionFactory sessions) {
    this.name = requireNonNull(name, "name is null");
    this.file = requireNonNull(file, "file is null");
    this.sha256 = requireNonNull(sha256, "sha256 is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
  }

  /** Returns the loader of a package as it is now. */
  public static OnnxModelLoader create(ModelPackage model, SessionFactory sessions) {
    return new OnnxModelLoader(
        model.name(),
        model.path().relativize(model.onnxFile()).toString(),
        model.sha256(),
        sessions);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ModelPackageException also if the model has a fixed batch dimension
   * @throws IllegalStateException if a required GPU is not to be had
   */
  @Override
  public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
    ModelPackage model = ModelPackage.open(place.files().resolve(file));
    if (!model.sha256().equals(sha256)) {
      throw new ModelPackageException(
          "model %s in %s has SHA-256 %s, expected %s as at submit"
              .formatted(name, place.files(), model.sha256(), sha256));
    }
    model.signature().requireDynamicBatch("model " + name);
    LayoutCheck.require("model " + name, layout, model.signature(), maxRows);
    OpenSession session = sessions.open(model.onnxFile());
    LOG.info("Model {} ({}) runs on {}", name, sha256, session.provider());
    return new OnnxModel(session, layout, model.signature().outputs());
  }
}
