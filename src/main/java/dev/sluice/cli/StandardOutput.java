package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output as a writer that fails where text is lost, which a {@link PrintWriter} keeps to
 * itself. Each write goes through to the end, so it is for large ones.
 */
final class StandardOutput extends Writer {
  private final PrintWriter console;

  /**
   * @param console stays open
   */
  StandardOutput(PrintWriter console) {
    this.console = requireNonNull(console, "console is null");
  }

  /** Returns the standard output of this process, in UTF-8 whatever the locale says. */
  static PrintWriter ofProcess() {
    // Not System.out, which swallows errors and encodes as the locale says.
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
        true);
  }

  /**
   * Writes out all that was printed.
   *
   * @throws IOException if not all of it could be
   */
  static void complete(PrintWriter console) throws IOException {
    if (console.checkError()) {
      throw new IOException("standard output cannot be written: it is closed, or full");
    }
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    console.write(text, offset, length);
    complete(console);
  }

  @Override
  public void flush() throws IOException {
    complete(console);
  }

  @Override
  public void close() throws IOException {
    complete(console);
  }
}
