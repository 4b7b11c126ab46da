package dev.sluice.cli;

import dev.sluice.cli.score.DataFile;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how far a file has been read: how many rows it has is not known before. */
final class FileProgress {
  private FileProgress() {}

  /** Returns a bar in bytes; the caller closes it. */
  static ProgressBar of(String task, DataFile file) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(file.size())
        .setUnit(" KiB", 1024)
        .build();
  }
}
