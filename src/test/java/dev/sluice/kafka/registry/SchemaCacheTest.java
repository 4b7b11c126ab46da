package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.Registries.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.decode.WriterSchema;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {
  private static final Duration LIFE = Duration.ofSeconds(1);

  private static WriterSchema text(int length) {
    return new WriterSchema.Unknown("x".repeat(length));
  }

  private static String kept(SchemaCache cache) {
    return String.join(
        " ",
        IntStream.range(0, 10)
            .filter(key -> cache.get(id(key)) != null)
            .mapToObj(Integer::toString)
            .toList());
  }

  @Test
  void theOldestIsDroppedWhereTheyAreTooMany() {
    SchemaCache cache = new SchemaCache(3, 1_000, () -> 0);
    for (int key = 0; key < 5; key++) {
      cache.put(id(key), text(1), LIFE);
    }
    assertThat(kept(cache)).isEqualTo("2 3 4");
    assertThat(cache.size()).isEqualTo(3);
  }

  @Test
  void theOldestAreDroppedWhereTheyAreTooLargeTogether() {
    SchemaCache cache = new SchemaCache(100, 100, () -> 0);
    cache.put(id(0), text(50), LIFE);
    cache.put(id(1), text(40), LIFE);
    cache.put(id(2), text(10), LIFE);
    assertThat(kept(cache)).isEqualTo("0 1 2");
    cache.put(id(3), text(60), LIFE);
    assertThat(kept(cache)).isEqualTo("2 3");
    cache.put(id(3), text(90), LIFE); // in place of the former
    assertThat(kept(cache)).isEqualTo("2 3");
    cache.put(id(4), text(101), LIFE);
    assertThat(kept(cache)).as("what is too large is kept alone").isEqualTo("4");
    cache.put(id(5), text(1), LIFE);
    cache.put(id(6), text(99), LIFE);
    assertThat(kept(cache)).isEqualTo("5 6");
  }

  @Test
  void aSchemaIsAsLargeAsItsJson() {
    Schema schema =
        new Schema.Parser()
            .parse("{\"type\": \"record\", \"name\": \"R\", \"doc\": \"why\", \"fields\": []}");
    assertThat(new WriterSchema.Known(schema).size())
        .isEqualTo("{'type':'record','name':'R','doc':'why','fields':[]}".length());
  }

  @Test
  void aSchemaNestedTooDeepToBeWrittenIsLarge() {
    Schema schema = Schema.create(Schema.Type.LONG);
    for (int depth = 0; depth < 1_001; depth++) {
      schema = Schema.createArray(schema);
    }
    assertThat(new WriterSchema.Known(schema).size()).isEqualTo(Integer.MAX_VALUE);
    for (int depth = 0; depth < 200_000; depth++) {
      schema = Schema.createArray(schema);
    }
    assertThat(new WriterSchema.Known(schema).size()).isEqualTo(Integer.MAX_VALUE);
  }
}
