package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaTableTest {
  @Test
  void findsWhatWasPutIn() {
    SchemaTable<Integer> table = new SchemaTable<>(1_000, 10_000);
    Map<SchemaKey, Integer> expected = new HashMap<>();
    Random random = new Random(3);
    while (expected.size() < 1_000) {
      SchemaKey.Kind kind = SchemaKey.Kind.values()[random.nextInt(4)];
      long high = random.nextBoolean() ? random.nextInt(50) : random.nextLong();
      SchemaKey key = new SchemaKey(kind, high, random.nextInt(3));
      if (expected.putIfAbsent(key, expected.size()) == null) {
        assertThat(table.get(key.kind(), key.high(), key.low())).isNull();
        table.put(key.kind(), key.high(), key.low(), expected.size() - 1, 10);
      }
    }
    assertThat(table.size()).isEqualTo(1_000);
    expected.forEach(
        (key, value) -> assertThat(table.get(key.kind(), key.high(), key.low())).isEqualTo(value));
  }

  @Test
  void isEmptiedWhenItIsFull() {
    SchemaTable<String> table = new SchemaTable<>(3, 100);
    for (int id = 0; id < 100; id++) {
      table.put(SchemaKey.Kind.ID, id, 0, "schema " + id, 1);
      assertThat(table.size()).isBetween(1, 3);
      assertThat(table.get(SchemaKey.Kind.ID, id, 0)).isEqualTo("schema " + id);
    }
    assertThat(table.get(SchemaKey.Kind.ID, 5, 0)).isNull();
  }

  @Test
  void isEmptiedBeforeItHoldsTooMuch() {
    SchemaTable<Integer> table = new SchemaTable<>(1_000, 100);
    int[] weights = {40, 60, 1, 99, 1, 500, 3};
    int[] sizes = {1, 2, 1, 2, 1, 1, 1};
    for (int id = 0; id < weights.length; id++) {
      table.put(SchemaKey.Kind.ID, id, 0, id, weights[id]);
      assertThat(table.size()).as("after %s", id).isEqualTo(sizes[id]);
      assertThat(table.get(SchemaKey.Kind.ID, id, 0)).isEqualTo(id);
    }
  }
}
