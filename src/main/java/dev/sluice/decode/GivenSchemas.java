package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.flink.metrics.MetricGroup;

/** Schemas that are known beforehand by their fingerprints, before others are asked. */
public final class GivenSchemas implements WriterSchemas {
  private static final long serialVersionUID = 1L;

  /** JSON by fingerprint. */
  private final HashMap<Long, String> schemas = new HashMap<>();

  private final WriterSchemas others;

  /**
   * @param schemas of two with the same fingerprint, the first counts
   * @param others are asked for what is not among them
   */
  public GivenSchemas(Collection<Schema> schemas, WriterSchemas others) {
    for (Schema schema : schemas) {
      this.schemas.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), schema.toString());
    }
    this.others = requireNonNull(others, "others is null");
  }

  @Override
  public Reader open() {
    return new Opened(parsed(), others.open());
  }

  @Override
  public Reader glance() {
    return new Opened(parsed(), others.glance());
  }

  private Map<Long, WriterSchema> parsed() {
    Map<Long, WriterSchema> parsed = new HashMap<>();
    schemas.forEach(
        (fingerprint, json) ->
            parsed.put(fingerprint, new WriterSchema.Known(new Schema.Parser().parse(json))));
    return parsed;
  }

  private record Opened(Map<Long, WriterSchema> schemas, Reader others) implements Reader {
    private WriterSchema given(SchemaKey key) {
      return key.kind() == SchemaKey.Kind.FINGERPRINT ? schemas.get(key.high()) : null;
    }

    @Override
    public WriterSchema known(SchemaKey key) {
      WriterSchema given = given(key);
      return given == null ? others.known(key) : given;
    }

    @Override
    public WriterSchema await(SchemaKey key) throws InterruptedException {
      WriterSchema given = given(key);
      return given == null ? others.await(key) : given;
    }

    @Override
    public WriterSchema await(SchemaKey key, Duration atMost) throws InterruptedException {
      WriterSchema given = given(key);
      return given == null ? others.await(key, atMost) : given;
    }

    @Override
    public boolean isWaiting() {
      return others.isWaiting();
    }

    @Override
    public void register(MetricGroup metrics) {
      others.register(metrics);
    }

    @Override
    public void close() {
      others.close();
    }
  }
}
