package dev.sluice;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Numbers → feature records whose content depends on the number alone, not faster than a given
 * pace. Of every thousand records, one is malformed, two are to be rejected and one to be refused
 * by the model. Fails the job once, right after a checkpoint has completed.
 */
final class CrashingRecords extends RichMapFunction<Long, EncodedRecord>
    implements CheckpointListener {
  private static final long serialVersionUID = 1L;

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "fields": [
                {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "x", "type": "float"},
                {"name": "s", "type": "string"}]}
              """);
  static final long FIRST_EVENT_TIME = 1_767_225_600_000L;
  static final int MILLIS_APART = 20;
  static final float REJECTED = 1e9f;
  static final float REFUSED = 666;

  /**
   * Runs that have crashed: a restarted function must know, and a fresh one is all that it gets.
   */
  static final Set<String> CRASHED = ConcurrentHashMap.newKeySet();

  private final String run;
  private final long crashAfter;
  private final int partitions;
  private transient long taken;
  private transient ByteBuffer buffer;

  /**
   * @param run name of the run
   * @param crashAfter how many records a subtask takes before it crashes; negative for never
   * @param partitions number of partitions that records are said to come from
   */
  CrashingRecords(String run, long crashAfter, int partitions) {
    this.run = run;
    this.crashAfter = crashAfter;
    this.partitions = partitions;
  }

  @Override
  public void open(OpenContext context) {
    buffer = ByteBuffer.allocate(64);
  }

  @Override
  public EncodedRecord map(Long number) throws InterruptedException {
    taken++;
    if (crashAfter >= 0 && taken % 2000 == 0) {
      Thread.sleep(10);
    }
    int partition = (int) (number % partitions);
    return new EncodedRecord(
        "features",
        partition,
        number / partitions,
        FIRST_EVENT_TIME + number * MILLIS_APART,
        null,
        value(number),
        Header.NONE);
  }

  private byte[] value(long number) {
    int kind = (int) (number % 1000);
    if (kind == 7) {
      return new byte[] {1};
    }
    float x =
        switch (kind) {
          case 11, 12 -> REJECTED;
          case 13 -> REFUSED;
          default -> (number * 31 % 1001) / 10f;
        };
    buffer.clear();
    putLong(FIRST_EVENT_TIME + number * MILLIS_APART);
    int bits = Integer.reverseBytes(Float.floatToIntBits(x)); // Avro is little-endian
    buffer.putInt(bits);
    buffer.put((byte) 2).put((byte) ('a' + number % 7));
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private void putLong(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7FL) != 0) {
      buffer.put((byte) (zigzag & 0x7F | 0x80));
      zigzag >>>= 7;
    }
    buffer.put((byte) zigzag);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    if (crashAfter >= 0 && taken >= crashAfter && CRASHED.add(run)) {
      throw new IllegalStateException("crash after checkpoint " + checkpointId + " as planned");
    }
  }
}
