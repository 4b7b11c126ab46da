package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.inspect.Shown;
import dev.sluice.kafka.TopicException;
import dev.sluice.kafka.registry.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code java -jar sluice.jar COMMAND}. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Streaming inference with validation, profiles and dead letters.",
    subcommands = {
      InspectCommand.class,
      ScoreCommand.class,
      BenchInferenceCommand.class,
      ProfileCommand.class,
      DriftCommand.class,
      ProduceCommand.class,
      TailCommand.class,
      RedriveCommand.class,
      ReportCommand.class,
      ConsoleCommand.class,
      DemoCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code: 0 done, 1 failed, 2 wrong arguments. */
  public static void main(String[] args) {
    System.exit(execute(commandLine().setOut(StandardOutput.ofProcess()), args));
  }

  /** Runs a command and returns its code, which is not 0 where output or memory gave out. */
  static int execute(CommandLine commandLine, String... args) {
    try {
      int code = commandLine.execute(args);
      if (code == 0) {
        StandardOutput.complete(commandLine.getOut());
      }
      return code;
    } catch (IOException e) {
      commandLine.getErr().println("error: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      commandLine
          .getErr()
          .println(
              "error: memory gave out (%s), expected more of it: java -Xmx4g -jar ..., or smaller batches"
                  .formatted(e.getMessage()));
    }
    return 1;
  }

  /** Returns the command line; an error is one line, not a stack trace or the whole usage. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              if (Directories.exiting()) { // what failed was taken away by the interrupt
                return 1;
              }
              command.getErr().println("error: " + shown(message(error)));
              if (Boolean.getBoolean("sluice.stacktrace")) {
                error.printStackTrace(command.getErr());
              }
              return isMistake(error) ? 2 : 1;
            });
  }

  private static boolean isMistake(Exception error) {
    boolean outage = error instanceof RegistryException registry && registry.isOutage();
    return error instanceof IllegalArgumentException && !outage;
  }

  /** What is wrong with a file may quote it, and it may hold what steers a terminal. */
  private static String shown(String message) {
    return message
        .lines()
        .map(line -> Shown.text(line, Integer.MAX_VALUE))
        .collect(Collectors.joining("\n"));
  }

  private static int refuse(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter notes = command.getErr();
    notes.println("error: " + error.getMessage());
    if (command.getParent() == null && !(error instanceof UnmatchedArgumentException)) {
      // no command is named: which ones are there?
      command.usage(notes);
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    UnmatchedArgumentException.printSuggestions(error, notes);
    notes.println("see " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  static String message(Throwable error) {
    StringBuilder message = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = text(cause);
      boolean wraps = cause.getCause() != null && text.equals(cause.getCause().toString());
      if (!wraps && message.indexOf(text) < 0) {
        message.append(message.isEmpty() ? "" : "\n  caused by: ").append(text);
      }
      if (cause instanceof TopicException) { // its message says all, in words for a person
        break;
      }
    }
    return message.toString();
  }

  private static String text(Throwable error) {
    if (error instanceof FileSystemException e && e.getFile() != null) {
      return text(e);
    }
    if (error instanceof JsonProcessingException e) { // its message has the place on a second line
      return e.getOriginalMessage();
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  /** Says in words what the JDK says by the name of the exception alone. */
  private static String text(FileSystemException error) {
    String file = error.getFile();
    if (error instanceof NoSuchFileException) {
      return file + " does not exist";
    }
    if (error instanceof AccessDeniedException) {
      return file + " cannot be accessed: permission denied";
    }
    if (error instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    if (error instanceof NotDirectoryException) {
      return file + " is no directory";
    }
    if (error instanceof DirectoryNotEmptyException) {
      return file + " is not empty";
    }
    return error.getReason() == null ? "cannot access " + file : error.getMessage();
  }
}
