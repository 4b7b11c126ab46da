package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.entrypoint.EntrypointClusterConfigurationParserFactory;
import org.apache.flink.runtime.entrypoint.parser.CommandLineParser;
import org.junit.jupiter.api.Test;

/**
 * What becomes of the job's arguments in application mode, by Flink's own parser. That of its
 * standalone application, which knows one option more, is not on Maven Central.
 */
class ApplicationModeTest {
  private static final Pattern COMMAND =
      Pattern.compile("standalone-job --job-classname (\\S+) (.*)");

  @Test
  void theJobGetsTheArgumentsOfTheReadme() throws Exception {
    Matcher command = COMMAND.matcher(Files.readString(Path.of("deploy/README.md")));
    assertThat(command.find()).isTrue();
    assertThat(Class.forName(command.group(1)).getMethod("main", String[].class)).isNotNull();
    assertThat(left(command.group(2).split(" ")))
        .containsExactly("--config", "/opt/sluice/job.yaml");
  }

  /** Should this fail, Flink has mended it, and the two dashes are needed no longer. */
  @Test
  void withoutTheDashesFlinkKeepsThem() throws Exception {
    assertThat(left("--config", "/opt/sluice/job.yaml")).isEmpty();
  }

  private static List<String> left(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--configDir", "/opt/flink/conf"));
    all.addAll(Arrays.asList(arguments));
    return List.of(
        new CommandLineParser<>(new EntrypointClusterConfigurationParserFactory())
            .parse(all.toArray(String[]::new))
            .getArgs());
  }
}
