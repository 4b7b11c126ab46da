package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command printed and with what code it ended. */
record CommandLineRun(int code, String out, String err) {
  static CommandLineRun of(String... arguments) {
    return of(new StringWriter(), arguments);
  }

  /**
   * Runs a command.
   *
   * @param out takes what it prints, and may be read meanwhile by others
   */
  static CommandLineRun of(StringWriter out, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = Main.execute(commandLine, arguments);
    return new CommandLineRun(code, out.toString(), err.toString());
  }

  /** Asserts that a command refused its arguments, with these messages and no stack trace. */
  static void isRefused(CommandLineRun run, String... messages) {
    assertThat(run.err()).as(run.out()).contains(messages).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(2);
  }
}
