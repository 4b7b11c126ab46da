package dev.sluice.report.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The newest dead letters by Kafka's timestamp, a bounded number, and as many as a budget of memory
 * takes; beyond it the oldest go, and are counted. Thread-safe.
 */
public final class LetterStore {
  /** How many are kept. */
  public static final int CAPACITY = 5_000;

  /** What they may take, in bytes, about. */
  static final long BUDGET = 32L << 20;

  /** How many one answer has at most. */
  private static final int MAX_PAGE = 200;

  /** How many different values are offered to choose from. */
  private static final int MAX_CHOICES = 100;

  private static final JsonFactory JSON = new JsonFactory();

  private final int capacity;
  private final TreeSet<LetterSummary> letters = new TreeSet<>();
  private final long budget;
  private long bytes;
  private long dropped;

  public LetterStore() {
    this(CAPACITY, BUDGET);
  }

  /**
   * @param capacity how many are kept, 1 or more
   * @param budget what they may take, in bytes
   */
  LetterStore(int capacity, long budget) {
    this.capacity = capacity;
    this.budget = budget;
  }

  /** Takes a letter; beyond the capacity or the budget the oldest ones go. */
  public synchronized void add(LetterSummary letter) {
    if (!letters.add(letter)) {
      return;
    }
    bytes += letter.bytes();
    while (letters.size() > capacity || bytes > budget) {
      bytes -= letters.pollLast().bytes();
      dropped++;
    }
  }

  synchronized int size() {
    return letters.size();
  }

  /**
   * Writes a page of the letters that are looked for, the newest first, and what there is to choose
   * from: {@code {kept, dropped, capacity, matched, from, letters: [...], choices: {reason:
   * [{value, count}], kind, column, producer}}}.
   */
  void write(LetterSearch search, Query query, OutputStream out) throws IOException {
    int from = (int) query.number("from", 0, CAPACITY, 0);
    int limit = (int) query.number("limit", 1, MAX_PAGE, 50);
    List<LetterSummary> all;
    long gone;
    synchronized (this) {
      all = new ArrayList<>(letters);
      gone = dropped;
    }
    List<LetterSummary> found = all.stream().filter(search::matches).toList();
    try (JsonGenerator json =
        JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeNumberField("kept", all.size());
      json.writeNumberField("dropped", gone);
      json.writeNumberField("capacity", capacity);
      json.writeNumberField("matched", found.size());
      json.writeNumberField("from", from);
      json.writeArrayFieldStart("letters");
      for (LetterSummary letter : found.stream().skip(from).limit(limit).toList()) {
        write(letter, json);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("choices");
      choices("reason", all, LetterStore::reasons, json);
      choices("kind", all, letter -> Set.of(letter.kind()), json);
      choices("column", all, LetterStore::columns, json);
      choices("producer", all, letter -> Set.of(letter.producer()), json);
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void write(LetterSummary letter, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("partition", letter.partition());
    json.writeNumberField("offset", letter.offset());
    json.writeNumberField("timestamp", letter.timestamp());
    json.writeStringField("kind", letter.kind());
    json.writeStringField("reason", letter.reason());
    json.writeStringField("message", letter.message());
    json.writeStringField("source", letter.source());
    json.writeStringField("producer", letter.producer());
    json.writeStringField("key", letter.key());
    json.writeNumberField("moreCauses", letter.others().size());
    json.writeArrayFieldStart("causes");
    for (LetterSummary.Cause cause : letter.causes()) {
      json.writeStartObject();
      json.writeStringField("column", cause.column());
      json.writeStringField("reason", cause.reason());
      json.writeStringField("value", cause.value());
      json.writeStringField("expectation", cause.expectation());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static Set<String> reasons(LetterSummary letter) {
    Set<String> reasons = new HashSet<>(Set.of(letter.reason()));
    letter.violated().forEach(cause -> reasons.add(cause.reason()));
    return reasons;
  }

  private static Set<String> columns(LetterSummary letter) {
    Set<String> columns = new HashSet<>();
    letter.violated().forEach(cause -> columns.add(cause.column()));
    return columns;
  }

  private static void choices(
      String name,
      List<LetterSummary> letters,
      Function<LetterSummary, Set<String>> values,
      JsonGenerator json)
      throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    letters.forEach(letter -> values.apply(letter).forEach(v -> counts.merge(v, 1, Integer::sum)));
    counts.remove("");
    List<Map.Entry<String, Integer>> most =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_CHOICES)
            .toList();
    json.writeArrayFieldStart(name);
    for (Map.Entry<String, Integer> choice : most) {
      json.writeStartObject();
      json.writeStringField("value", choice.getKey());
      json.writeNumberField("count", choice.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
