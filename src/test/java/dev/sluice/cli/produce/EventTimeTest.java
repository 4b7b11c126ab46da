package dev.sluice.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

/** Event times in the unit of their field. */
class EventTimeTest {
  private static final long MILLIS = 1_769_850_000_123L; // 2026-01-31T09:00:00.123Z

  private static Object put(Schema field) {
    Schema schema =
        SchemaBuilder.record("R").fields().name("ts").type(field).noDefault().endRecord();
    GenericData.Record record = new GenericData.Record(schema);
    EventTime.of("--event-time-field", schema, "ts", i -> MILLIS + i).put(record, 0);
    return record.get(0);
  }

  private static Schema of(org.apache.avro.LogicalType logical, Schema.Type type) {
    return logical.addToSchema(Schema.create(type));
  }

  @Test
  void everyUnitOfTheJobIsWritten() {
    assertThat(put(Schema.create(Schema.Type.LONG))).isEqualTo(MILLIS);
    assertThat(put(of(LogicalTypes.timestampMillis(), Schema.Type.LONG))).isEqualTo(MILLIS);
    assertThat(put(of(LogicalTypes.timestampMicros(), Schema.Type.LONG))).isEqualTo(MILLIS * 1_000);
    assertThat(put(of(LogicalTypes.timestampNanos(), Schema.Type.LONG)))
        .isEqualTo(MILLIS * 1_000_000);
    assertThat(put(of(LogicalTypes.date(), Schema.Type.INT))).isEqualTo(20_484);
    assertThat(put(Schema.create(Schema.Type.STRING))).isEqualTo("2026-01-31T09:00:00.123Z");
    assertThat(
            put(
                Schema.createUnion(
                    Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.LONG))))
        .isEqualTo(MILLIS);
  }

  @Test
  void aFieldThatHoldsNoTimeIsRefused() {
    assertThatThrownBy(() -> put(Schema.create(Schema.Type.BOOLEAN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--event-time-field is ts, which is \"boolean\", expected a long");
  }

  @Test
  void aTimeThatTheUnitDoesNotReachIsRefused() {
    Schema field = of(LogicalTypes.timestampNanos(), Schema.Type.LONG);
    Schema schema =
        SchemaBuilder.record("R").fields().name("ts").type(field).noDefault().endRecord();
    var record = new GenericData.Record(schema);
    long year2263 = 9_246_182_400_000L;
    EventTime time = EventTime.of("--event-time-field", schema, "ts", i -> year2263);

    assertThatThrownBy(() -> time.put(record, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--event-time-field is ts, which is {\"type\":\"long\"")
        .hasMessageEndingWith(
            "expected an event time that this can hold, got 2263-01-01T00:00:00Z");
  }

  @Test
  void anIntervalMayLeaveOutSeconds() {
    var times = EventTime.spread("--event-time", "2026-01-01T00:00Z/2026-01-01T01:01+01:00", 2);

    assertThat(times.applyAsLong(0)).isEqualTo(1_767_225_600_000L);
    assertThat(times.applyAsLong(1)).isEqualTo(1_767_225_630_000L);
  }

  @Test
  void anIntervalIsSpreadEvenly() {
    var times = EventTime.spread("--event-time", "2026-01-01T00:00:00Z/2026-01-01T00:00:10Z", 5);

    assertThat(times.applyAsLong(0)).isEqualTo(1_767_225_600_000L);
    assertThat(times.applyAsLong(4)).isEqualTo(1_767_225_608_000L);
    for (String wrong :
        new String[] {
          "", "/", "x/y", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z/2026-01-01T00:00:00Z"
        }) {
      assertThatThrownBy(() -> EventTime.spread("--event-time", wrong, 5))
          .hasMessageStartingWith("--event-time is " + wrong + ", expected now, or START/END");
    }
  }
}
