package dev.sluice.infer;

import dev.sluice.record.FeatureLayout;
import java.io.Serializable;

/** Knows which model to load and how; travels to the workers. */
public interface ModelLoader extends Serializable {
  /**
   * Loads the model; the caller closes it.
   *
   * @param place where it is loaded; the files are there for as long as the model is open
   * @param layout what a batch will hold
   * @param maxRows the largest capacity of a batch
   * @throws IllegalArgumentException if the model is not the one fixed at submit (by SHA-256), does
   *     not load, or takes other inputs than the layout gives
   * @throws ClusterSetupException if ONNX Runtime is missing, comes with the job or is of another
   *     version than the job is built with, or the model's buffers do not fit into the place's
   *     budget
   */
  Model load(ModelPlace place, FeatureLayout layout, int maxRows);
}
