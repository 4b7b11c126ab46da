package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.encode.ProfileDecoder;
import dev.sluice.profile.DataProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic of window profiles → the profiles. */
public final class PublishedProfiles {
  private static final SpecificDatumReader<dev.sluice.avro.DataProfile> READER =
      new SpecificDatumReader<>(dev.sluice.avro.DataProfile.class);

  private PublishedProfiles() {}

  /**
   * Hands on all that the topic has now, partition by partition.
   *
   * @throws IllegalArgumentException if a message is no window profile
   */
  public static void read(ClientOptions options, String topic, Consumer<DataProfile> profiles) {
    FramedAvro format = new FramedAvro(new PlainAvro(dev.sluice.avro.DataProfile.getClassSchema()));
    try (TopicReader reader = TopicReader.open(options, topic)) {
      reader.read(
          reader.spans(),
          message -> {
            if (message.value() != null) { // a tombstone says that nothing is known any more
              profiles.accept(decode(format, topic, message));
            }
            return true;
          });
    }
  }

  private static DataProfile decode(
      FramedAvro format, String topic, ConsumerRecord<byte[], byte[]> message) {
    String place = "%s-%d@%d".formatted(topic, message.partition(), message.offset());
    byte[] value = message.value();
    int body =
        format
            .find(value, null)
            .map(FramedAvro.Found::bodyAt)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "message " + place + " is no window profile, expected a topic of those"));
    try {
      return ProfileDecoder.decode(
          READER.read(
              null, DecoderFactory.get().binaryDecoder(value, body, value.length - body, null)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("message " + place + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("message " + place, e); // it was read just before
    }
  }
}
