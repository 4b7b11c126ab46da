package dev.sluice.decode;

import dev.sluice.record.Reason;
import java.time.Duration;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What one subtask has compiled of each writer schema that its records named, once per schema.
 * Holds at most {@value #MOST}, of together {@value #MOST_CHARACTERS} characters of JSON: more than
 * any topic should have, and few enough for memory. What cannot be compiled is remembered as well;
 * what is unknown is not, since it may become known.
 *
 * @param <T> what is compiled
 */
final class CompiledSchemas<T> {
  static final int MOST = 1_000;
  static final long MOST_CHARACTERS = 8 << 20;

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
  private final SchemaTable<T> compiled = new SchemaTable<>(MOST, MOST_CHARACTERS);

  /** Why a schema cannot be read, of those that cannot. */
  private final SchemaTable<String> refused = new SchemaTable<>(MOST, MOST_CHARACTERS);

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
    return compiled.size() + refused.size();
  }

  /**
   * Returns what is compiled of the schema that a record names.
   *
   * @throws MalformedRecordException if nobody knows the schema or it cannot be read
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if there is no answer in time
   */
  T find(FramedRecord frame) throws MalformedRecordException, InterruptedException {
    T decoder = compiled.get(frame.kind(), frame.high(), frame.low());
    return decoder == null ? compile(frame) : decoder;
  }

  private T compile(FramedRecord frame) throws MalformedRecordException, InterruptedException {
    String problem = refused.get(frame.kind(), frame.high(), frame.low());
    if (problem == null) {
      SchemaKey key = frame.key();
      WriterSchema.Known known = writer(key);
      Schema writer = known.schema();
      try {
        T decoder = compiler.apply(writer);
        compiled.put(frame.kind(), frame.high(), frame.low(), decoder, known.size());
        return decoder;
      } catch (IllegalArgumentException | AvroRuntimeException | StackOverflowError e) {
        // A schema from outside may be nested as deep as it likes; the job goes on all the same.
        String reason = e instanceof StackOverflowError ? "nested too deep" : e.getMessage();
        problem =
            cut(
                "%s, %s, is not readable as features.schema: %s"
                    .formatted(key.name(), writer.getFullName(), reason));
        refused.put(frame.kind(), frame.high(), frame.low(), problem, problem.length());
      }
    }
    throw new MalformedRecordException(Reason.INCOMPATIBLE_SCHEMA, problem);
  }

  /** Returns the schema of a key; waits for it if it may. */
  private WriterSchema.Known writer(SchemaKey key)
      throws MalformedRecordException, InterruptedException {
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
    return (WriterSchema.Known) answer;
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
