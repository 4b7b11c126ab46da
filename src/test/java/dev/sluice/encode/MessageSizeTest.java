package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;

/** Kafka's own estimate is the oracle. */
class MessageSizeTest {
  /** Returns what a producer holds against max.request.size. */
  static int byKafka(KafkaMessage message) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        (byte) 2, CompressionType.LZ4, message.key(), message.value(), headers(message));
  }

  private static org.apache.kafka.common.header.Header[] headers(KafkaMessage message) {
    return Arrays.stream(message.headers())
        .map(header -> new RecordHeader(header.name(), header.value()))
        .toArray(org.apache.kafka.common.header.Header[]::new);
  }

  @Test
  void isWhatKafkaEstimates() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      Header[] headers = new Header[random.nextInt(3) == 0 ? 0 : random.nextInt(200)];
      for (int h = 0; h < headers.length; h++) {
        headers[h] = new Header(text(random), bytes(random, 300));
      }
      KafkaMessage message =
          new KafkaMessage(bytes(random, 20_000), bytes(random, 3_000_000), headers, 0);
      int value = message.value() == null ? -1 : message.value().length;
      assertThat(MessageSize.of(message.key(), value, headers)).isEqualTo(byKafka(message));
    }
  }

  private static String text(Random random) {
    return "aé北😀".repeat(random.nextInt(40));
  }

  private static byte[] bytes(Random random, int most) {
    return random.nextInt(5) == 0
        ? null
        : new byte[random.nextInt(random.nextBoolean() ? 130 : most)];
  }
}
