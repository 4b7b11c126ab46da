package dev.sluice.cli.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a data set of files is called. */
final class DataSetName {
  private static final int MAX_NAMES = 5;

  private DataSetName() {}

  /** Returns the names of the files, sorted, and how many more there are. */
  static String of(List<Path> files) {
    List<String> names =
        files.stream().map(file -> String.valueOf(file.getFileName())).sorted().toList();
    String listed = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MAX_NAMES;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }
}
