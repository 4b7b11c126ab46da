package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.file.Path;
import org.apache.flink.api.common.cache.DistributedCache;

/**
 * Where a worker finds the files of the model: at a path of its own, or among the files that Flink
 * copies to each worker for the job.
 *
 * @param uri the directory or file as Flink's file systems take it, nothing in it escaped
 * @param shipped whether Flink copies it
 * @param temporary whether it was made to be shipped, and is to be deleted after that
 */
public record ModelLocation(String uri, boolean shipped, boolean temporary)
    implements Serializable {
  /** The name of the model among the shipped files. */
  public static final String NAME = "sluice-model";

  public ModelLocation {
    requireNonNull(uri, "uri is null");
  }

  /**
   * Returns the location of a local directory or file. Its scheme is named: a path alone is taken
   * to lie on Flink's default file system.
   */
  public static ModelLocation of(Path local, boolean shipped, boolean temporary) {
    return new ModelLocation("file://" + local.toAbsolutePath(), shipped, temporary);
  }

  /** Returns the path of a local directory or file. */
  public Path local() {
    return Path.of(new org.apache.flink.core.fs.Path(uri).getPath());
  }

  /** Returns the directory or file on this worker; waits until it has arrived. */
  Path resolve(DistributedCache cache) {
    return shipped ? cache.getFile(NAME).toPath() : local();
  }
}
