package dev.sluice.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OptionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LargeLettersTest {
  /** In base64 it has more characters than Jackson reads of a text. */
  @Test
  void aLetterOfAnySizeIsWritten() throws IOException {
    LetterOpener opener =
        new LetterOpener(
            OptionReader.kafka(null, List.of(), "--set", "localhost:9092"),
            "letters",
            Optional.empty(),
            () -> false);
    byte[] value = new byte[16 << 20];
    value[0] = 'x';
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    opener.write(new ConsumerRecord<>("letters", 3, 7, null, value), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("{\"topic\":\"letters\",\"partition\":3,\"offset\":7,")
        .endsWith("\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}");
  }
}
