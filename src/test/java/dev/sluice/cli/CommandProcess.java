package dev.sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command in a process of its own, in the locale C: with what code it ended, and what it said.
 */
record CommandProcess(int code, String err) {
  /**
   * Runs a command to its end.
   *
   * @param out takes its standard output
   * @param heap how large its heap may get: {@code 256m}
   */
  static CommandProcess run(Path out, String heap, String... arguments)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("command-", ".err");
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + heap,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().put("LC_ALL", "C");
      int code = builder.start().waitFor();
      return new CommandProcess(code, Files.readString(err, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(err);
    }
  }
}
