package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.file.Path;
import org.apache.flink.api.common.cache.DistributedCache;

/**
 * Where a worker finds the files of the model: at a path of its own, or among the files that Flink
 * copies to each worker for the job.
 *
 * @param uri the directory or file: a local path where it is not shipped, else what Flink copies,
 *     on any file system that Flink has
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

  /** Returns the directory or file on this worker; waits until it has arrived. */
  Path resolve(DistributedCache cache) {
    return shipped ? cache.getFile(NAME).toPath() : Path.of(uri);
  }
}
