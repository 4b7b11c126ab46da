package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.console.LiveConsole;
import dev.sluice.config.ClientOptions;
import dev.sluice.report.ModelCard;
import dev.sluice.report.console.ConsoleSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves what the report shows, live, and the dead letters, to a browser. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Serves the drift of a job's windows to a browser, live: verdict, columns, alarms, segments,"
          + " and dead letters to search and open. Runs until interrupted.",
      "It changes nothing, and nothing can be changed from it: no offsets of a consumer group, no"
          + " topics. A broker that goes away is waited for.",
      "It listens on this machine alone. With another --host it asks for a token, which it prints"
          + " as part of its address where it made it; it speaks plain HTTP, so beyond a network"
          + " that is trusted, put a proxy with TLS before it, or reach it by ssh -L."
    },
    footer = {
      "",
      "Examples:",
      "  sluice console --bootstrap-servers localhost:9092 --model model --schema features.avsc",
      "  sluice console --config job.yaml --port 0",
      "  sluice console --config job.yaml --host 0.0.0.0 --token-file /run/secrets/token",
      "",
      "Exit code: 2 wrong arguments, a port that is taken among them."
    })
final class ConsoleCommand implements Callable<Integer> {
  private static final String TOKEN_VARIABLE = "SLUICE_CONSOLE_TOKEN";

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST",
      description =
          "Address of this machine to listen on, such as 0.0.0.0 for all (default:"
              + " ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "" + ConsoleSettings.PORT,
      paramLabel = "N",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Has the token that browsers have to present, 22 to 256 of A-Z a-z 0-9 _ - (default: the"
              + " variable SLUICE_CONSOLE_TOKEN, else a random one where the address is not that of"
              + " this machine alone, else none).")
  private Path tokenFile;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model package, or .onnx file, of the windows: the console says what its author states,"
              + " and draws its data profile beside the windows.")
  private Path model;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "The data profile that the windows were compared with (default: the model package's).")
  private Path profile;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of the feature records, to show the original record of a dead letter: a"
              + " path, or classpath: and a name.")
  private String schemaLocation;

  @Option(
      names = "--producer-header",
      paramLabel = "NAME",
      description =
          "Header of the feature records that names their producer, to search dead letters by, as"
              + " the job's option validation.producer-header.")
  private String producerHeader;

  @ArgGroup(validate = false, order = 1, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<String> token = token();
    ConsoleSettings address = ConsoleSettings.of(host, port, token);
    Optional<Schema> schema =
        Optional.ofNullable(schemaLocation).map(place -> SchemaFile.read("--schema", place));
    List<ModelCard> cards =
        model == null && profile == null ? List.of() : List.of(ModelFacts.read(model, profile));
    ClientOptions options = settings.read();
    LiveConsole.Knowledge known =
        new LiveConsole.Knowledge(cards, schema, Optional.ofNullable(producerHeader));
    try (LiveConsole console = LiveConsole.start(address, options.kafka(), known)) {
      Directories.closeAtExit(console);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "Console  " + (token.isEmpty() ? console.url() : withOwnToken(console.address())));
      out.println("Reading  " + options.kafka().bootstrapServers() + ", until interrupted");
      out.flush();
      new CountDownLatch(1).await(); // until interrupted
    }
    return 0;
  }

  /** A token that somebody else keeps is not printed: what a program prints is often kept, too. */
  private String withOwnToken(String address) {
    String place = tokenFile == null ? TOKEN_VARIABLE : tokenFile.toString();
    return address + "?token=TOKEN, with the token of " + place;
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(text -> !text.isEmpty());
    }
    try {
      return Optional.of(Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--token-file is " + tokenFile + ", expected a file that can be read", e);
    }
  }
}
