package dev.sluice.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Writer schemas in a map; keys of which nobody has asked yet become known by waiting for them. */
public final class MapSchemas implements WriterSchemas, WriterSchemas.Reader {
  private static final long serialVersionUID = 1L;

  /** By key; a job on this machine sees what a test puts in later. */
  private final transient Map<SchemaKey, WriterSchema> schemas = new ConcurrentHashMap<>();

  private final transient Map<SchemaKey, WriterSchema> unasked = new ConcurrentHashMap<>();
  private final transient List<SchemaKey> awaited = new ArrayList<>();
  private transient volatile boolean waiting;
  private transient int closed;

  /** Returns what names a schema by an id. */
  public static SchemaKey id(int id) {
    return new SchemaKey(SchemaKey.Kind.ID, id, 0);
  }

  /** Makes a schema known. */
  public void put(SchemaKey key, Schema schema) {
    schemas.put(key, new WriterSchema.Known(schema));
  }

  /** Has a schema become known to who waits for it. */
  void putUnasked(SchemaKey key, Schema schema) {
    unasked.put(key, new WriterSchema.Known(schema));
  }

  void setWaiting(boolean waiting) {
    this.waiting = waiting;
  }

  List<SchemaKey> awaited() {
    return awaited;
  }

  int closed() {
    return closed;
  }

  @Override
  public Reader open() {
    return this;
  }

  @Override
  public WriterSchema known(SchemaKey key) {
    WriterSchema known = schemas.get(key);
    if (known != null || unasked.containsKey(key)) {
      return known;
    }
    return new WriterSchema.Unknown("the map has no " + key.name());
  }

  @Override
  public WriterSchema await(SchemaKey key) {
    awaited.add(key);
    WriterSchema answer = unasked.remove(key);
    schemas.put(key, answer);
    return answer;
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public void close() {
    closed++;
  }
}
