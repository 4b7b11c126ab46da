package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.encode.AlarmDecoder;
import dev.sluice.encode.ProfileDecoder;
import dev.sluice.encode.TrustedSchemas;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Messages of one kind that a job publishes → what they say. Not thread-safe.
 *
 * @param <T> what a message says
 */
public final class PublishedRecords<T> {
  static {
    TrustedSchemas.register();
  }

  private final String what;
  private final Schema schema;
  private final FramedAvro format;
  private final Function<byte[], T> decoder;

  private <R extends SpecificRecord> PublishedRecords(
      String what, Class<R> type, Schema schema, Function<R, T> decoder) {
    SpecificDatumReader<R> reader = new SpecificDatumReader<>(type);
    this.what = what;
    this.schema = schema;
    this.format = new FramedAvro(new PlainAvro(schema));
    this.decoder =
        bytes -> {
          try {
            return decoder.apply(
                reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null)));
          } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
          }
        };
  }

  /** Returns what reads window profiles. */
  public static PublishedRecords<DataProfile> profiles() {
    return new PublishedRecords<>(
        "window profile",
        dev.sluice.avro.DataProfile.class,
        dev.sluice.avro.DataProfile.getClassSchema(),
        ProfileDecoder::decode);
  }

  /** Returns what reads alarms. */
  public static PublishedRecords<Alarm> alarms() {
    return new PublishedRecords<>(
        "alarm",
        dev.sluice.avro.Alarm.class,
        dev.sluice.avro.Alarm.getClassSchema(),
        AlarmDecoder::decode);
  }

  /** Returns what one is called, for a message. */
  String what() {
    return what;
  }

  Schema schema() {
    return schema;
  }

  /**
   * Returns what a record says.
   *
   * @param bytes plain Avro of the schema
   * @throws IllegalArgumentException if it contradicts itself
   */
  T decode(byte[] bytes) {
    return decoder.apply(bytes);
  }

  /**
   * Returns what a message says; null for a tombstone, which says that nothing is known any more.
   *
   * @throws IllegalArgumentException if it is none of these; the message names its place
   */
  public T decode(ConsumerRecord<byte[], byte[]> message) {
    byte[] value = message.value();
    if (value == null) {
      return null;
    }
    String place = "%s-%d@%d".formatted(message.topic(), message.partition(), message.offset());
    int body =
        format
            .find(value, null)
            .map(FramedAvro.Found::bodyAt)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "message " + place + " is no " + what + ", expected a topic of those"));
    try {
      return decode(java.util.Arrays.copyOfRange(value, body, value.length));
    } catch (RuntimeException e) { // what is not ours may contradict itself in any way
      throw new IllegalArgumentException("message " + place + ": " + e.getMessage(), e);
    }
  }

  /**
   * Hands on all that a topic has now, partition by partition. Messages that are none of these are
   * passed over: a compacted topic may keep for ever what somebody else wrote to it.
   *
   * @param notes takes one line for a person that counts such messages, if there are any
   */
  public void read(ClientOptions options, String topic, Consumer<T> taker, Consumer<String> notes) {
    PassedOver foreign = new PassedOver();
    try (TopicReader reader = TopicReader.open(options, topic)) {
      reader.read(
          reader.spans(),
          message -> {
            T said = null;
            try {
              said = decode(message);
            } catch (IllegalArgumentException e) {
              foreign.add(e.getMessage());
            }
            if (said != null) {
              taker.accept(said);
            }
            return true;
          });
    }
    foreign.tell("topic " + topic, what, notes);
  }
}
