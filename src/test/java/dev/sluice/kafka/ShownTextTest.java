package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.KafkaOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class ShownTextTest {
  private static String shown(String property, String value, String text) {
    KafkaOptions kafka =
        KafkaOptions.from(
            Configuration.fromMap(
                Map.of(
                    "kafka.bootstrap-servers", "h:1", "kafka.sink.properties." + property, value)));
    return ShownText.of(new ClientLogin(ClientSide.SINKS, "producer", kafka), text);
  }

  @Test
  void aSecretIsMaskedWhereverItStands() {
    assertThat(shown("ssl.key.password", "hunter2", "Invalid value hunter2, or xhunter2x"))
        .isEqualTo("Invalid value ******, or x******x");
  }

  @Test
  void theValuesWithinALoginAreMasked() {
    String login = "a.B required username=\"ann\" password=\"hunter2\" other=bare-word;";
    assertThat(shown("sasl.jaas.config", login, "ann has no hunter2, no bare-word: " + login))
        .isEqualTo("ann has no ******, no ******: ******");
  }

  @Test
  void blanksMaskNothing() {
    assertThat(shown("sasl.jaas.config", "a.B required password=\"    \";", "no password"))
        .isEqualTo("no password");
  }

  @Test
  void pathsAndReferencesAreShown() {
    assertThat(shown("ssl.keystore.location", "/k.p12", "no /k.p12")).isEqualTo("no /k.p12");
    String login = "a.B required password=\"${env:X}\";";
    assertThat(shown("sasl.jaas.config", login, "no ${env:X}")).isEqualTo("no ${env:X}");
  }

  @Test
  void itIsOneLine() {
    assertThat(shown("a", "b", "one\r\n  two\nthree")).isEqualTo("one two three");
  }
}
