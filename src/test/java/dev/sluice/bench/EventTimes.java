package dev.sluice.bench;

import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** What the records of all made-up workloads have in common. */
final class EventTimes {
  private static final long SEED = 11;

  private EventTimes() {}

  /** Begins a record's schema with the field of the event time. */
  static SchemaBuilder.FieldAssembler<Schema> record(String name) {
    Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    return SchemaBuilder.record(name)
        .namespace("dev.sluice.bench")
        .fields()
        .name(Workload.EVENT_TIME)
        .type(millis)
        .noDefault();
  }

  /** Returns the random numbers of one record. */
  static SplittableRandom random(long number) {
    // A generator mixes its seed only when it draws: spread the seeds, or neighbours are alike.
    return new SplittableRandom((SEED + number) * 0xd1342543de82ef95L);
  }
}
