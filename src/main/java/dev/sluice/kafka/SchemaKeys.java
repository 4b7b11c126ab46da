package dev.sluice.kafka;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.FramedRecord;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.SchemaKey;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which schema a fetched record says it was written with: a first look, which only decides what to
 * ask the registry for in time. What is damaged names none here; decoding says what is wrong with
 * it.
 */
final class SchemaKeys {
  private final FramedRecord frame;

  SchemaKeys(WireFormat format) {
    frame = new FramedRecord(format);
  }

  /** Returns the schema that a record names; the last one again if it is the same; else null. */
  SchemaKey key(ConsumerRecord<byte[], byte[]> record, SchemaKey last) {
    if (record.value() == null) {
      return null;
    }
    Header header = record.headers().lastHeader(FramedRecord.HEADER);
    try {
      boolean named = frame.read(record.value(), header == null ? null : header.value());
      return named ? frame.key(last) : null;
    } catch (MalformedRecordException damaged) {
      return null;
    }
  }
}
