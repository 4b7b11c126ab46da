package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerLimitsTest {
  private static KafkaOptions options(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "a:1");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return KafkaOptions.from(Configuration.fromMap(values));
  }

  @Test
  void theProducersPropertiesSayHowMuchTheySend() {
    assertThat(options().maxRequestSize()).isEqualTo(1_048_576);
    assertThat(options("kafka.properties.max.request.size", "65536").maxRequestSize())
        .isEqualTo(65_536);
    assertThat(options("kafka.source.properties.max.request.size", "65536").maxRequestSize())
        .isEqualTo(1_048_576);
    KafkaOptions both =
        options(
            "kafka.properties.max.request.size", "65536",
            "kafka.sink.properties.max.request.size", " 2000000000 ");
    assertThat(both.maxRequestSize()).as("all that is buffered").isEqualTo(32 << 20);
    assertThat(
            options(
                    "kafka.sink.properties.max.request.size", "2147483647",
                    "kafka.sink.properties.buffer.memory", "90000000000")
                .maxRequestSize())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsWrongIsNamedAsItWasGiven() {
    assertThatThrownBy(() -> options("kafka.properties.max.request.size", "1000"))
        .hasMessage(
            "kafka.properties.max.request.size is 1000, expected a number of bytes of 65536 or more");
  }

  @Test
  void aBatchFitsIntoTheMemory() {
    assertThat(
            options(
                    "kafka.sink.properties.buffer.memory", "70000",
                    "kafka.sink.properties.batch.size", "70000")
                .maxRequestSize())
        .isEqualTo(70_000);
    assertThatThrownBy(
            () ->
                options(
                    "kafka.properties.buffer.memory", "70000",
                    "kafka.sink.properties.batch.size", "70001"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "kafka.sink.properties.batch.size is 70001, expected kafka.properties.buffer.memory at most, which is 70000");
  }

  @Test
  void aMessageLeavesRoomForWhatCompressionAdds() {
    assertThat(options("kafka.sink.properties.max.request.size", "65536").maxMessageSize())
        .isEqualTo(65_536 - 64 - 128);
  }

  @ParameterizedTest
  @CsvSource({
    "max.request.size, 65535",
    "max.request.size, 1mb",
    "max.request.size, -1",
    "buffer.memory, 1000"
  })
  void lessThanADeadLetterNeedsIsRefused(String property, String value) {
    assertThatThrownBy(() -> options("kafka.sink.properties." + property, value))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "kafka.sink.properties.%s is %s, expected a number of bytes of 65536 or more"
                .formatted(property, value));
  }
}
