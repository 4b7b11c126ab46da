package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SkipReaderTest {
  /** Three thousand fields of three thousand each would be nine million readers, one by one. */
  @Test
  void whatSeveralFieldsHaveIsMadeOnce() {
    SchemaBuilder.FieldAssembler<Schema> inner = SchemaBuilder.record("Inner").fields();
    for (int i = 0; i < 3_000; i++) {
      inner.requiredInt("i" + i);
    }
    Schema shared = inner.endRecord();
    SchemaBuilder.FieldAssembler<Schema> outer = SchemaBuilder.record("Outer").fields();
    for (int i = 0; i < 3_000; i++) {
      outer.name("r" + i).type(shared).noDefault();
    }
    Schema writer = outer.requiredLong("id").endRecord();
    Schema reader = SchemaBuilder.record("Outer").fields().requiredLong("id").endRecord();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    RowDecoder.compile(writer, reader, AvroRecords.layout(reader, "id"), "");

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000_000);
  }
}
