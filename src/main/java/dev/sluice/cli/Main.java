package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar sluice.jar COMMAND}. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Streaming inference with validation, profiles and dead letters.",
    subcommands = {DemoCommand.class, ProfileCommand.class})
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code: 0 done, 1 failed, 2 wrong arguments. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns the command line; an error is one line, not a stack trace. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              command.getErr().println("error: " + message(error));
              if (Boolean.getBoolean("sluice.stacktrace")) {
                error.printStackTrace(command.getErr());
              }
              return error instanceof IllegalArgumentException ? 2 : 1;
            });
  }

  private static String message(Throwable error) {
    StringBuilder message = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      if (message.indexOf(text) < 0) {
        message.append(message.isEmpty() ? "" : "\n  caused by: ").append(text);
      }
    }
    return message.toString();
  }
}
