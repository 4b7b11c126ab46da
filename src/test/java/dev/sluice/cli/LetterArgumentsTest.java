package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that are refused before any broker is asked. */
class LetterArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tail                              | no brokers are named, expected --bootstrap-servers HOST:PORT",
        "tail --reason OUT_OF_REACH        | --reason is OUT_OF_REACH, expected one of NULL_VALUE",
        "tail --kind BAD | --kind is BAD, expected one of MALFORMED, REJECTED, FAILED",
        "tail --from yesterday | --from is yesterday, expected a time such as",
        "tail --until 5x                   | --until is 5x, expected a time such as",
        "tail -n 3 --from 1h               | -n and --from are given, expected one",
        "tail -n -1                        | -n is -1, expected 0 to 10000",
        "tail --max 0                      | --max is 0, expected 1 or more",
        "tail -f --until 1h                | --follow and --until are given, expected one",
        "tail --producer gateway           | --producer",
        "tail --schema nowhere.avsc        | --schema: cannot read nowhere.avsc",
        "tail --set source.start=latest    | source.start is of no use here, expected a key of",
        "tail --set kafka.bootstrap=b:1    | kafka.bootstrap is no option, expected perhaps",
        "tail --bootstrap-servers nowhere  | kafka.bootstrap-servers is nowhere, expected",
        "tail --config nowhere.yaml        | --config is nowhere.yaml, expected a readable",
        "tail --topic alarms --reason NAN --bootstrap-servers b:1 | --topic is alarms, expected dead",
        "tail --column A --from 1x --column B | --from is 1x, expected a time such as",
        "tail --producer a=b --max 0 --producer c=d --reason NAN --reason NAN | --max is 0",
        "tail -n many                      | error: Invalid value for option '-n': 'many' is not",
        "tail --reson NAN                  | error: Unknown options: '--reson', 'NAN'",
        "redrive --topic predictions --all --bootstrap-servers b:1 | --topic is predictions, expected",
        "redrive                           | no letters are chosen, expected either --all or conditions",
        "redrive --all --reason NAN        | --all and a condition are given",
        "redrive --offsets 17              | --offsets is 17, expected PARTITION:OFFSET",
        "redrive --offsets 0:5-2           | --offsets is 0:5-2, expected PARTITION:OFFSET",
        "redrive --all --max 0             | --max is 0, expected 1 or more",
        "redrive --all --bootstrap-servers b:1 --to dead-letters | --to is dead-letters, which is",
      })
  void aWrongArgumentIsOneMessage(String arguments, String message) {
    CommandLineRun run = CommandLineRun.of(arguments.strip().split(" +"));

    CommandLineRun.isRefused(run, message);
    assertThat(run.err()).doesNotContain("Usage:");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aSecretThatIsNoSettingIsNotPrinted() {
    CommandLineRun run = CommandLineRun.of("tail", "--set", "kafka.properties.password:hunter2");

    CommandLineRun.isRefused(run, "--set is ******, expected KEY=VALUE");
    assertThat(run.err()).doesNotContain("hunter2");
  }
}
