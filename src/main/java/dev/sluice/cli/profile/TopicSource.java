package dev.sluice.cli.profile;

import dev.sluice.cli.score.RowReader;
import dev.sluice.cli.score.Split;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.kafka.BoundedTopic;
import dev.sluice.kafka.TopicRange;
import dev.sluice.kafka.TopicRecords;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The records of a topic between bounds that are fixed, in any format that the job reads. */
public final class TopicSource implements RowSource {
  private final BoundedTopic topic;
  private final RecordDecoding decoding;
  private final Schema schema;
  private final long maxRecords;
  private TopicRange read;

  /**
   * @param decoding how the records are framed, and which schemas they have
   * @param maxRecords the most records that are read, 1 or more
   */
  public TopicSource(BoundedTopic topic, RecordDecoding decoding, long maxRecords) {
    this.topic = topic;
    this.decoding = decoding;
    this.schema = decoding.reader();
    this.maxRecords = maxRecords;
    this.read = topic.range();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public RowReader reader(FeatureLayout layout, String eventTimeField) {
    return new FramedRows(decoding, layout, eventTimeField);
  }

  @Override
  public RecordFields fields(Collection<String> names) {
    return RecordFields.of(decoding, names);
  }

  @Override
  public SourceRows open(Split split) {
    if (split.isAll()) {
      return new Rows(topic.open(maxRecords), split, null);
    }
    if (schema.getField(split.field()) == null) {
      throw new IllegalArgumentException(
          "schema %s has no field %s, expected one to take records by %s; its fields are %s"
              .formatted(
                  schema.getFullName(),
                  split.field(),
                  split,
                  schema.getFields().stream().map(Schema.Field::name).toList()));
    }
    RecordFields field = fields(List.of(split.field()));
    try {
      return new Rows(topic.open(maxRecords), split, field);
    } catch (RuntimeException e) {
      field.close();
      throw e;
    }
  }

  /** Returns topic and offsets: after a reading to the end those that were read. */
  @Override
  public String name() {
    return "topic " + read.inFull();
  }

  @Override
  public String shortName() {
    return "topic " + topic.range();
  }

  /** Returns nothing: a topic is not the same bytes when it is read again. */
  @Override
  public String sha256() {
    return "";
  }

  @Override
  public long size() {
    return topic.range().length();
  }

  @Override
  public Unit unit() {
    return Unit.OFFSETS;
  }

  @Override
  public boolean hasTimestamps() {
    return true;
  }

  private final class Rows implements SourceRows {
    private final TopicRecords records;
    private final Split split;
    private final RecordFields field;
    private EncodedRecord current;

    Rows(TopicRecords records, Split split, RecordFields field) {
      this.records = records;
      this.split = split;
      this.field = field;
    }

    @Override
    public SourceRow next() {
      for (current = records.next(); current != null; current = records.next()) {
        if (current.value() == null || current.value().length == 0) {
          return SourceRow.malformed(
              place()
                  + ": value is "
                  + (current.value() == null ? "null" : "empty")
                  + ", expected a record");
        }
        // What cannot be read is passed on: the decoder says what is wrong with it.
        GenericRecord found = field == null ? null : field.of(current);
        if (found == null || split.takes(found.get(0))) {
          return SourceRow.of(current);
        }
      }
      read = records.read();
      return null;
    }

    @Override
    public String place() {
      return "topic %s partition %d offset %d"
          .formatted(current.topic(), current.partition(), current.offset());
    }

    @Override
    public long position() {
      return records.position();
    }

    @Override
    public void close() {
      records.close();
      if (field != null) {
        field.close();
      }
    }
  }
}
