package dev.sluice.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Records of a schema whose records hold arrays and maps of themselves. */
final class Nodes {
  private final Schema schema;
  private final Random random;

  Nodes(Schema schema, long seed) {
    this.schema = schema;
    this.random = new Random(seed);
  }

  /** Returns a record, nested at most so deep. */
  GenericRecord node(int depth) {
    GenericRecord node = new GenericData.Record(schema);
    node.put("x", random.nextGaussian());
    List<GenericRecord> children = new ArrayList<>();
    Map<String, GenericRecord> named = new HashMap<>();
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(node(depth - 1));
      named.put("n" + i, random.nextBoolean() ? null : node(depth - 1));
    }
    node.put("children", children);
    node.put("named", named);
    node.put("s", random.nextBoolean() ? null : "abc");
    return node;
  }
}
