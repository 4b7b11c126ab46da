package dev.sluice.infer;

/**
 * How the cluster is set up does not suit the job: a restart, on workers that are set up the same,
 * would end the same.
 */
public final class ClusterSetupException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what, which, got, expected
   */
  public ClusterSetupException(String message) {
    super(message);
  }
}
