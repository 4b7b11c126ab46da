package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ComposeCommand;
import dev.sluice.kafka.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The producer of docker-compose.yml, as its container runs it but for addresses and paths. */
class ComposeProducerITCase {
  @Test
  void itSendsRecords() throws IOException {
    List<String> arguments = new ArrayList<>(ComposeCommand.onHost("producer", "cli"));
    assertThat(arguments)
        .as("else it ends after a thousand")
        .anyMatch(it -> it.matches("--count=\\d{12,}"));
    arguments.removeIf(argument -> argument.startsWith("--count="));
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of("features"), 4);
      arguments.add("--set=kafka.bootstrap-servers=" + kafka.bootstrapServers());
      arguments.add("--schema-id=7"); // without a registry
      arguments.add("--count=300");
      CommandLineRun sent = CommandLineRun.of(arguments.toArray(String[]::new));
      assertThat(sent.code()).as(sent.err()).isZero();
      assertThat(sent.out()).contains("sent 300 records to features").contains("3 of them broken");
      CommandLineRun seen =
          CommandLineRun.of(
              "tail",
              "--bootstrap-servers=" + kafka.bootstrapServers(),
              "--topic=features",
              "--schema=schemas/AirQualityReading.avsc",
              "--from=earliest",
              "--json");
      assertThat(seen.out().lines().filter(line -> line.contains("\"station\":")))
          .hasSizeBetween(290, 300);
    }
  }
}
