package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What all openings of a job in this process have learned from the registry. Each schema is asked
 * for by one thread at a time; the others wait for its answer.
 *
 * <p>Known schemas never change and are kept, up to {@link #MAX_KNOWN} of together {@link
 * #MAX_CHARACTERS}, so that whoever may register schemas cannot fill the heap; unknown ones are
 * kept for {@code registry.unknown-ttl}, up to {@link #MAX_UNKNOWN}. Damaged records ask for a new
 * schema each: after {@link #UNKNOWN_AT_ONCE} answers that a schema is unknown, only {@link
 * #UNKNOWN_PER_SECOND} more are asked for per second, and the rest is unknown without a question,
 * because waiting for a million of them would stop the job.
 */
final class SchemaStore {
  static final int MAX_KNOWN = 1_000;
  static final int MAX_UNKNOWN = 10_000;
  static final long MAX_CHARACTERS = 8 << 20;
  static final int UNKNOWN_AT_ONCE = 100;
  static final double UNKNOWN_PER_SECOND = 10;

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration LIMITED_TTL = Duration.ofSeconds(5);

  private final RegistryOptions options;
  private final SubjectVersions subjectVersions;
  private final Backoff backoff;
  private final SchemaCache known;
  private final SchemaCache unknown;
  private final TokenBucket unknownBudget;
  private final OutageLog outages;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<SchemaKey> asked = new HashSet<>();

  SchemaStore(RegistryOptions options, String subject, Backoff backoff, LongSupplier nanoClock) {
    this.options = options;
    this.subjectVersions = new SubjectVersions(subject);
    this.backoff = backoff;
    this.known = new SchemaCache(MAX_KNOWN, MAX_CHARACTERS, nanoClock);
    this.unknown = new SchemaCache(MAX_UNKNOWN, MAX_CHARACTERS, nanoClock);
    this.unknownBudget = new TokenBucket(UNKNOWN_AT_ONCE, UNKNOWN_PER_SECOND, nanoClock);
    this.outages = new OutageLog(nanoClock);
  }

  WriterSchema known(SchemaKey key) {
    WriterSchema answer = known.get(key);
    return answer == null ? unknown.get(key) : answer;
  }

  int size() {
    return known.size();
  }

  boolean isWaiting() {
    return waiting.get() > 0;
  }

  /**
   * Returns the answer, or null if there is none by the deadline.
   *
   * @param deadline as {@link System#nanoTime} counts
   */
  WriterSchema await(SchemaKey key, RegistryReader reader, long deadline)
      throws InterruptedException {
    waiting.incrementAndGet();
    try {
      WriterSchema answer = known(key);
      while (answer == null && deadline - System.nanoTime() > 0) {
        if (begin(key, reader, deadline)) {
          try {
            answer = ask(key, reader, deadline);
          } finally {
            end(key);
          }
        } else {
          answer = known(key);
        }
      }
      return answer;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Returns whether to ask; false after somebody else has. */
  private synchronized boolean begin(SchemaKey key, RegistryReader reader, long deadline)
      throws InterruptedException {
    reader.requireOpen();
    if (asked.contains(key)) {
      wait(millisTo(deadline));
      return false;
    }
    // Somebody may have got the answer between the caller's look and this one.
    return known(key) == null && asked.add(key);
  }

  private synchronized void end(SchemaKey key) {
    asked.remove(key);
    notifyAll();
  }

  private static long millisTo(long deadline) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  private WriterSchema ask(SchemaKey key, RegistryReader reader, long deadline)
      throws InterruptedException {
    if (!unknownBudget.hasToken()) {
      return limited(key);
    }
    for (int failures = 0; ; ) {
      try {
        WriterSchema answer = question(key, reader);
        outages.answered();
        if (answer instanceof WriterSchema.Known) {
          known.put(key, answer, FOREVER);
        } else {
          reader.counts().unknown();
          unknownBudget.take();
          unknown.put(key, answer, options.unknownTtl());
        }
        return answer;
      } catch (NoAnswerException e) {
        reader.requireOpen();
        outages.failed(e);
        failures++;
        reader.counts().failed(failures);
        if (deadline - System.nanoTime() <= 0) {
          return null;
        }
        pause(Math.min(backoff.millis(failures), millisTo(deadline)), reader);
      }
    }
  }

  private WriterSchema question(SchemaKey key, RegistryReader reader) throws NoAnswerException {
    return switch (key.kind()) {
      case GIVEN -> new WriterSchema.Unknown("the message names no schema");
      case ID, GUID -> new SchemaLookup(reader.http()).ask(key);
      case FINGERPRINT -> subjectVersions.ask(reader.http(), key.high());
    };
  }

  private WriterSchema limited(SchemaKey key) {
    Duration ttl = options.unknownTtl();
    WriterSchema answer =
        new WriterSchema.Unknown(
            name(key)
                + " was not asked for: of late more than "
                + UNKNOWN_AT_ONCE
                + " schemas were unknown to the registry, which is spared");
    unknown.put(key, answer, ttl.compareTo(LIMITED_TTL) < 0 ? ttl : LIMITED_TTL);
    return answer;
  }

  private static String name(SchemaKey key) {
    return switch (key.kind()) {
      case GIVEN -> "a schema";
      case ID -> "schema id " + key.high();
      case GUID -> "schema GUID " + new UUID(key.high(), key.low());
      case FINGERPRINT -> String.format("schema fingerprint %016x", key.high());
    };
  }

  private synchronized void pause(long millis, RegistryReader reader) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0; ) {
      wait(left);
      reader.requireOpen();
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  /** Makes those who wait look whether they are still wanted. */
  synchronized void wake() {
    notifyAll();
  }
}
