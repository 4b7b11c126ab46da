package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.deploy.AlertRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that runbooks of alerts name: each is taken as it stands there. */
class RunbookCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("`java -jar sluice\\.jar ([^`]+)`");

  @Test
  void everyCommandHasTheArgumentsThatItNeeds() throws IOException {
    for (String command : commands()) {
      assertThatCode(() -> Main.commandLine().parseArgs(command.split(" ")))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  /** It is a command that sends: the options are of a file that is not there. */
  @Test
  void everyRedriveSaysWhichLettersItIsAbout(@TempDir Path directory) throws IOException {
    List<String> redrives = commands().stream().filter(c -> c.startsWith("redrive ")).toList();
    assertThat(redrives).isNotEmpty();
    for (String command : redrives) {
      String missing = directory.resolve("job.yaml").toString();
      CommandLineRun run =
          CommandLineRun.of(
              Stream.of(command.split(" "))
                  .map(word -> word.equals("job.yaml") ? missing : word)
                  .toArray(String[]::new));
      assertThat(run.err()).as(command).contains(missing).doesNotContain("no letters are chosen");
    }
  }

  /** Returns them without what starts the program; what stands in no runbook as one is none. */
  private static List<String> commands() throws IOException {
    String runbooks =
        AlertRules.read().stream()
            .map(rule -> String.valueOf(rule.annotations().get("runbook")))
            .reduce("", (all, next) -> all + "\n" + next);
    List<String> commands = COMMAND.matcher(runbooks).results().map(c -> c.group(1)).toList();
    assertThat(commands).hasSize(runbooks.split("sluice\\.jar", -1).length - 1);
    return commands;
  }
}
