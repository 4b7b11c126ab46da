package dev.sluice.infer.onnx;

import dev.sluice.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Estimates the memory that the runtime takes for a model: how much the process has grown while it
 * was loaded and warmed up, but at least the size of its files. What it grows by while several
 * slots load is divided equally between them; whatever else grows meanwhile, such as the heap,
 * counts in. To be closed once the model is loaded or has failed.
 */
final class RuntimeMemory implements AutoCloseable {
  private static final SharedGrowth PROCESS = new SharedGrowth(RuntimeMemory::resident);
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;

  private final SharedGrowth.Share share = PROCESS.begin();

  /** Returns the estimate in bytes, measured since this was made. */
  long grown(ModelPackage model) {
    long files = size(model.onnxFile());
    for (Path file : model.externalData()) {
      files += size(file);
    }
    return Math.max(files, share.grown());
  }

  @Override
  public void close() {
    share.close();
  }

  /** Returns the bytes of the process that are in memory; 0 where nobody tells. */
  static long resident() {
    try {
      String[] pages = Files.readString(STATM, StandardCharsets.US_ASCII).split(" ");
      return Long.parseLong(pages[1]) * PAGE;
    } catch (IOException | RuntimeException e) {
      return 0; // not Linux
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the size of " + file, e);
    }
  }
}
