package dev.sluice.decode;

import dev.sluice.record.Reason;
import java.time.Duration;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What one subtask has compiled of each writer schema that its records named, once per schema.
 * Holds at most {@value #MOST}: more than any topic should have, and few enough for memory. What
 * cannot be compiled is remembered as well; what is unknown is not, since it may become known.
 *
 * @param <T> what is compiled
 */
final class CompiledSchemas<T> {
  static final int MOST = 1_000;

  /**
   * How long a record's schema is waited for here. The thread that fetches records has waited
   * already, as long as it took; whoever waits here holds up checkpoints.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So many characters of a problem are kept. */
  private static final int MAX_TEXT = 1_000;

  private final WriterSchemas.Reader schemas;
  private final boolean waits;
  private final Function<Schema, T> compiler;
  private final SchemaTable<Compiled<T>> table = new SchemaTable<>(MOST);

  /** What became of a schema: one of both is null. */
  private record Compiled<T>(T decoder, String problem) {}

  /**
   * @param waits whether to wait for an answer; else what nobody knows yet is {@link
   *     MalformedRecordException#NOT_KNOWN_YET}
   * @param compiler throws {@link IllegalArgumentException} for schemas that cannot be read
   */
  CompiledSchemas(WriterSchemas.Reader schemas, boolean waits, Function<Schema, T> compiler) {
    this.schemas = schemas;
    this.waits = waits;
    this.compiler = compiler;
  }

  /** Returns how many schemas it has compiled, or tried to, and holds. */
  int size() {
    return table.size();
  }

  /**
   * Returns what is compiled of the schema that a record names.
   *
   * @throws MalformedRecordException if nobody knows the schema or it cannot be read
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if there is no answer in time
   */
  T find(FramedRecord frame) throws MalformedRecordException, InterruptedException {
    Compiled<T> compiled = table.get(frame.kind(), frame.high(), frame.low());
    if (compiled == null) {
      compiled = compile(frame.key());
      table.put(frame.kind(), frame.high(), frame.low(), compiled);
    }
    if (compiled.decoder == null) {
      throw new MalformedRecordException(Reason.INCOMPATIBLE_SCHEMA, compiled.problem);
    }
    return compiled.decoder;
  }

  private Compiled<T> compile(SchemaKey key) throws MalformedRecordException, InterruptedException {
    WriterSchema answer = schemas.known(key);
    if (answer == null) {
      if (!waits) {
        throw MalformedRecordException.NOT_KNOWN_YET;
      }
      answer = schemas.await(key, PATIENCE);
    }
    if (answer == null) {
      throw new IllegalStateException(
          key.name() + ": the registry did not answer within " + PATIENCE.toSeconds() + " s");
    }
    if (answer instanceof WriterSchema.Unknown unknown) {
      throw new MalformedRecordException(Reason.UNKNOWN_SCHEMA, unknown.why());
    }
    Schema writer = ((WriterSchema.Known) answer).schema();
    try {
      return new Compiled<>(compiler.apply(writer), null);
    } catch (IllegalArgumentException | AvroRuntimeException | StackOverflowError e) {
      // A schema from outside may be nested as deep as it likes; the job goes on all the same.
      String reason = e instanceof StackOverflowError ? "nested too deep" : e.getMessage();
      String text =
          key.name() + ", " + writer.getFullName() + ", is not readable as features.schema: ";
      return new Compiled<>(null, cut(text + reason));
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
