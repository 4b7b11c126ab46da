package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Locale;

/**
 * Writes the rows of a batch as records of {@code Prediction.avsc}, each with its feature record's
 * key and headers. Headers that would make a message too large are left out, which a header of its
 * own then says. Messages of one input partition have one lane. Not thread-safe.
 */
public final class PredictionEncoder {
  // Branches of the union of a passed-through feature, in the order of the schema.
  private static final int NULL = 0;
  private static final int BOOLEAN = 1;
  private static final int LONG = 2;
  private static final int FLOAT = 3;
  private static final int DOUBLE = 4;
  private static final int STRING = 5;

  /** No prediction carries more: each can have 10 KB, and the broker takes about 1 MB. */
  static final int MAX_WARNINGS = 50;

  private final AvroBuffer out = new AvroBuffer();
  private final KafkaMessage message = new KafkaMessage(null, null, Header.NONE, 0);
  private final byte[] model;
  private final List<String> passThrough;
  private final byte[][] passedNames; // encoded
  private FeatureLayout passedFrom; // which the following are indexes of
  private int[] passed = {};
  private final OutputFraming framing;
  private final int maxBytes;
  private String topic = "";
  private byte[] topicBytes = {0};
  private OutputValueWriter[] outputs = {};

  /** Plain Avro binary without a limit for the size of a message. */
  public PredictionEncoder(ModelIdentity model, List<String> passThrough) {
    this(model, passThrough, OutputFraming.NONE, Integer.MAX_VALUE);
  }

  /**
   * @param passThrough names of the scalar feature columns to copy to each prediction
   * @param framing what stands before each value
   * @param maxBytes how large a message may be by a producer's estimate, see {@link #leastSize}
   */
  public PredictionEncoder(
      ModelIdentity model, List<String> passThrough, OutputFraming framing, int maxBytes) {
    requireNonNull(model, "model is null");
    AvroBuffer identity = new AvroBuffer();
    identity.writeText(model.name());
    identity.writeText(model.version());
    identity.writeText(model.sha256());
    this.model = identity.toBytes();
    this.passThrough = List.copyOf(passThrough);
    this.passedNames = passThrough.stream().map(PredictionEncoder::text).toArray(byte[][]::new);
    this.framing = requireNonNull(framing, "framing is null");
    this.maxBytes = maxBytes;
  }

  /** Encodes one row that was predicted; the message is valid until the next one. */
  KafkaMessage encode(PredictionBatch batch, int row) {
    EncodedRecord source = batch.features().source(row);
    write(batch, row);
    byte[] value = out.toBytes();
    message.set(source.key(), value, headers(source, value.length, Header.NONE), lane(source));
    return message;
  }

  /**
   * Encodes a record without a value as such, with a header that says where it came from; the
   * message is valid until the next one.
   */
  KafkaMessage encode(EncodedRecord tombstone) {
    Header[] headers = headers(tombstone, -1, origin(tombstone));
    message.set(tombstone.key(), null, headers, lane(tombstone));
    return message;
  }

  /** Returns the size of a row's message in bytes if it had to do without headers. */
  long leastSize(PredictionBatch batch, int row) {
    write(batch, row);
    return leastSize(batch.features().source(row), out.size());
  }

  /** Returns the size of a tombstone's message in bytes if it had to do without other headers. */
  static long leastSize(EncodedRecord tombstone) {
    return leastSize(tombstone, -1, origin(tombstone));
  }

  private static long leastSize(EncodedRecord source, int value, Header... own) {
    long mark = source.headers().length == 0 ? 0 : MessageSize.of(MessageHeaders.TRUNCATED) + 4;
    return MessageSize.of(source.key(), value, own) + mark;
  }

  private static Header[] origin(EncodedRecord tombstone) {
    return new Header[] {MessageHeaders.text(MessageHeaders.SOURCE, tombstone.coordinates())};
  }

  /** Returns those of the source's headers that there is room for, and the message's own. */
  private Header[] headers(EncodedRecord source, int value, Header... own) {
    Header[] copied = MessageHeaders.copied(source.headers());
    Header[] all = own.length == 0 ? copied : MessageHeaders.with(copied, own);
    if (copied.length == 0 || MessageSize.of(source.key(), value, all) <= maxBytes) {
      return all;
    }
    long room = maxBytes - leastSize(source, value, own);
    return MessageHeaders.with(
        MessageHeaders.with(MessageHeaders.within(room, 0, copied), own), MessageHeaders.TRUNCATED);
  }

  /** Returns one number per input partition; those of one topic follow each other. */
  private static int lane(EncodedRecord source) {
    return (31 * source.topic().hashCode() + source.partition()) & Integer.MAX_VALUE;
  }

  private void write(PredictionBatch batch, int row) {
    FeatureBatch features = batch.features();
    EncodedRecord source = features.source(row);
    out.begin(framing);
    writeCoordinates(source);
    out.writeLong(features.eventTime(row));
    out.writeRaw(model);
    writeOutputs(batch, row);
    writeWarnings(features.warnings(row));
    writeWarnings(batch.warnings(row)); // at most one per output
    out.writeLong(0);
    writePassThrough(features, row);
  }

  private void writeCoordinates(EncodedRecord source) {
    if (source.key() == null) {
      out.writeLong(0);
    } else {
      out.writeLong(1);
      out.writeBytes(source.key());
    }
    if (!source.topic().equals(topic)) {
      AvroBuffer text = new AvroBuffer();
      text.writeText(source.topic());
      topicBytes = text.toBytes();
      topic = source.topic();
    }
    out.writeRaw(topicBytes);
    out.writeInt(source.partition());
    out.writeLong(source.offset());
  }

  private void writeOutputs(PredictionBatch batch, int row) {
    List<OutputTensor> tensors = batch.outputs();
    if (outputs.length != tensors.size()) {
      outputs = new OutputValueWriter[tensors.size()];
    }
    if (outputs.length > 0) {
      out.writeLong(outputs.length);
      for (int i = 0; i < outputs.length; i++) {
        if (outputs[i] == null || !outputs[i].isFor(tensors.get(i))) {
          outputs[i] = new OutputValueWriter(tensors.get(i));
        }
        outputs[i].write(row, out);
      }
    }
    out.writeLong(0);
  }

  /** Writes a block of the array of warnings, none for an empty list. */
  private void writeWarnings(List<Violation> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    int count = Math.min(warnings.size(), MAX_WARNINGS);
    out.writeLong(count);
    for (Violation warning : warnings.subList(0, count)) {
      out.writeText(warning.column());
      out.writeText(warning.reason().name());
      out.writeText(warning.severity().name().toLowerCase(Locale.ROOT));
      out.writeText(warning.value());
      out.writeText(warning.expectation());
      out.writeText(warning.bound());
    }
  }

  private void writePassThrough(FeatureBatch features, int row) {
    if (passedNames.length > 0) {
      FeatureLayout layout = features.layout();
      if (layout != passedFrom) {
        passedFrom = layout;
        passed = passThrough.stream().mapToInt(layout::indexOf).toArray();
      }
      out.writeLong(passedNames.length);
      for (int i = 0; i < passedNames.length; i++) {
        out.writeRaw(passedNames[i]);
        writeFeature(features.column(passed[i]), row);
      }
    }
    out.writeLong(0);
  }

  private static byte[] text(String text) {
    AvroBuffer encoded = new AvroBuffer();
    encoded.writeText(text);
    return encoded.toBytes();
  }

  private void writeFeature(ColumnView column, int row) {
    if (column.isMissing(row)) {
      out.writeLong(NULL);
      return;
    }
    ElementType type = column.column().type();
    switch (type) {
      case BOOL -> {
        out.writeLong(BOOLEAN);
        out.writeBoolean(column.numberAt(row, 0) != 0);
      }
      case INT32, INT64 -> {
        out.writeLong(LONG);
        boolean exact = column.type().isIntegral();
        out.writeLong(exact ? column.longAt(row, 0) : (long) column.numberAt(row, 0));
      }
      case FLOAT -> {
        out.writeLong(FLOAT);
        out.writeFloat((float) column.numberAt(row, 0));
      }
      case DOUBLE -> {
        out.writeLong(DOUBLE);
        out.writeDouble(column.numberAt(row, 0));
      }
      case STRING -> {
        out.writeLong(STRING);
        out.writeText(column.textAt(row, 0));
      }
      default -> throw new IllegalStateException(type + " is no feature");
    }
  }
}
