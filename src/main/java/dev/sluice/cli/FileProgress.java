package dev.sluice.cli;

import dev.sluice.cli.profile.RowSource;
import dev.sluice.cli.score.DataFile;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how much of the data has been read: how many rows it has is not known before. */
final class FileProgress {
  private FileProgress() {}

  /** Returns a bar in bytes; the caller closes it. */
  static ProgressBar of(String task, DataFile file) {
    return inBytes(task, file.size());
  }

  /** Returns a bar in bytes or offsets; the caller closes it. */
  static ProgressBar of(String task, RowSource source) {
    return switch (source.unit()) {
      case BYTES -> inBytes(task, source.size());
      case OFFSETS -> bar(task, source.size()).build();
    };
  }

  /** Returns a bar in bytes; the caller closes it. */
  static ProgressBar inBytes(String task, long bytes) {
    return bar(task, bytes).setUnit(" KiB", 1024).build();
  }

  private static ProgressBarBuilder bar(String task, long size) {
    return new ProgressBarBuilder().setTaskName(task).setInitialMax(size);
  }
}
