package dev.sluice.pipeline;

import dev.sluice.kafka.CommittedMessages;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The answers of a topic to feature records, one fingerprint of the whole message (key, value,
 * headers) per record, since they are millions.
 */
final class Answers {
  private static final int SHOWN = 10;
  private static final long NONE = 0;

  /** By partition of the features topic, then by offset. */
  private final Map<Integer, long[]> fingerprints = new TreeMap<>();

  private final MessageDigest digest = sha256();
  private long count;
  private long repeated;

  /**
   * Reads the committed answers of a topic.
   *
   * @param schema the name of its schema: Prediction or DeadLetter
   */
  static Answers read(String bootstrapServers, String topic, String schema) throws IOException {
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(
            new Schema.Parser().parse(new File("schemas/" + schema + ".avsc")));
    Answers answers = new Answers();
    CommittedMessages.each(bootstrapServers, topic, message -> answers.add(message, reader));
    return answers;
  }

  private BinaryDecoder decoder;
  private GenericRecord reused;

  private void add(
      ConsumerRecord<byte[], byte[]> message, GenericDatumReader<GenericRecord> reader) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(message.value(), decoder);
      reused = reader.read(reused, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add((Integer) reused.get("partition"), (Long) reused.get("offset"), fingerprint(message));
  }

  /** Adds the answer to a record; the second one to the same record is counted and left out. */
  void add(int partition, long offset, long fingerprint) {
    int at = Math.toIntExact(offset);
    long[] ofPartition = fingerprints.getOrDefault(partition, new long[0]);
    if (at >= ofPartition.length) {
      ofPartition = Arrays.copyOf(ofPartition, Math.max(1024, 2 * at));
      fingerprints.put(partition, ofPartition);
    }
    if (ofPartition[at] == NONE) {
      ofPartition[at] = fingerprint;
      count++;
    } else {
      repeated++;
    }
  }

  private long fingerprint(ConsumerRecord<byte[], byte[]> message) {
    update(message.key());
    update(message.value());
    for (Header header : message.headers()) {
      digest.update(header.key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      update(header.value());
    }
    return ByteBuffer.wrap(digest.digest()).getLong() | 1; // never NONE
  }

  private void update(byte[] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether a record has an answer. */
  boolean has(int partition, long offset) {
    long[] ofPartition = fingerprints.getOrDefault(partition, new long[0]);
    return offset < ofPartition.length && ofPartition[(int) offset] != NONE;
  }

  /** Returns how many records have an answer. */
  long count() {
    return count;
  }

  /** Returns how many answers came to a record that had one. */
  long repeated() {
    return repeated;
  }

  /**
   * Returns how these answers differ from others, at most ten differences: {@code 3:1204 is
   * missing}, where 3 is the partition of the features topic and 1204 the offset.
   */
  List<String> differencesFrom(Answers expected) {
    List<String> differences = new ArrayList<>();
    TreeSet<Integer> partitions = new TreeSet<>(fingerprints.keySet());
    partitions.addAll(expected.fingerprints.keySet());
    for (int partition : partitions) {
      long[] these = fingerprints.getOrDefault(partition, new long[0]);
      long[] those = expected.fingerprints.getOrDefault(partition, new long[0]);
      for (int offset = 0; offset < Math.max(these.length, those.length); offset++) {
        long got = offset < these.length ? these[offset] : NONE;
        long wanted = offset < those.length ? those[offset] : NONE;
        if (got != wanted && differences.size() < SHOWN) {
          String what =
              got == NONE ? "is missing" : wanted == NONE ? "was not expected" : "is not the same";
          differences.add(partition + ":" + offset + " " + what);
        }
      }
    }
    return differences;
  }

  @Override
  public String toString() {
    return count + " answers, " + repeated + " repeated";
  }
}
