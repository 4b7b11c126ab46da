package dev.sluice.pipeline;

import dev.sluice.kafka.CommittedMessages;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * How long each prediction took, in milliseconds: from the timestamp that the producer gave the
 * feature record to the time at which the broker appended the prediction.
 */
final class Latencies {
  private final long[] sorted;

  private Latencies(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Reads both topics.
   *
   * @param skip predictions of the first so many milliseconds are left out: the start of the job
   */
  static Latencies read(JobRun run, String servers, long skip) throws IOException {
    Map<Integer, long[]> sent = new HashMap<>();
    int[] counts = new int[1024];
    long[] first = {Long.MAX_VALUE};
    CommittedMessages.each(
        servers,
        run.topic("features"),
        message -> {
          int partition = message.partition();
          long[] times = sent.computeIfAbsent(partition, key -> new long[1 << 16]);
          if (counts[partition] == times.length) {
            times = Arrays.copyOf(times, 2 * times.length);
            sent.put(partition, times);
          }
          times[counts[partition]++] = message.timestamp();
          first[0] = Math.min(first[0], message.timestamp());
        });
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(new Schema.Parser().parse(new File("schemas/Prediction.avsc")));
    long[] found = new long[Arrays.stream(counts).sum()];
    int[] predictions = {0};
    BinaryDecoder[] decoder = new BinaryDecoder[1];
    GenericRecord[] reused = new GenericRecord[1];
    CommittedMessages.each(
        servers,
        run.topic("predictions"),
        message -> {
          try {
            decoder[0] = DecoderFactory.get().binaryDecoder(message.value(), decoder[0]);
            reused[0] = reader.read(reused[0], decoder[0]);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          long offset = (Long) reused[0].get("offset");
          long time = sent.get((Integer) reused[0].get("partition"))[(int) offset];
          if (time >= first[0] + skip) {
            found[predictions[0]++] = message.timestamp() - time;
          }
        });
    long[] sorted = Arrays.copyOf(found, predictions[0]);
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** Returns the latency that a share of the predictions does not exceed. */
  long quantile(double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  @Override
  public String toString() {
    return "%,d predictions: p50 %d ms, p95 %d ms, p99 %d ms, max %d ms"
        .formatted(count(), quantile(0.5), quantile(0.95), quantile(0.99), quantile(1));
  }
}
