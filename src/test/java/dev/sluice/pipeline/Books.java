package dev.sluice.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of the records of a run, read from its topics, and the equations that must hold. */
final class Books {
  private final Map<String, Set<String>> coordinates = new HashMap<>();
  private final Set<String> passed = new HashSet<>();
  private final Map<String, Long> reasons = new HashMap<>();
  private final List<GenericRecord> predictions = new ArrayList<>();
  private final List<GenericRecord> deadLetters = new ArrayList<>();
  private long predictionsRead;
  private long lettersRead;
  private final List<GenericRecord> inputs;
  private final List<GenericRecord> outputs;

  Books(JobRun run) throws IOException {
    this(run, true);
  }

  private Books(JobRun run, boolean keep) throws IOException {
    run.each(
        "predictions",
        "Prediction",
        prediction -> {
          predictionsRead++;
          add("PREDICTED", prediction);
          if (keep) {
            predictions.add(prediction);
          }
        });
    run.each(
        "dead-letters",
        "DeadLetter",
        letter -> {
          lettersRead++;
          if (add(letter.get("kind").toString(), letter)) {
            reasons.merge(letter.get("reason").toString(), 1L, Long::sum);
          }
          if (keep) {
            deadLetters.add(letter);
          }
        });
    for (ConsumerRecord<byte[], byte[]> tombstone : run.tombstones()) {
      passed.add(new String(tombstone.headers().lastHeader("sluice-source").value(), US_ASCII));
    }
    inputs = summaries(run.inputProfiles());
    outputs = summaries(run.outputProfiles());
  }

  /** Returns the books of a run of which nobody wants to see the records themselves. */
  static Books ofMany(JobRun run) throws IOException {
    return new Books(run, false);
  }

  /** Returns whether this fate of the record was not known yet. */
  private boolean add(String fate, GenericRecord answer) {
    return coordinates
        .computeIfAbsent(fate, key -> new HashSet<>())
        .add(answer.get("partition") + "@" + answer.get("offset"));
  }

  /** Returns the last revision of each summary of all segments together. */
  private static List<GenericRecord> summaries(List<GenericRecord> profiles) {
    Map<String, GenericRecord> last = new HashMap<>();
    for (GenericRecord profile : profiles) {
      if (((List<?>) profile.get("columns")).isEmpty()
          && profile.get("segment").toString().isEmpty()) {
        // Of a window in which the model or the baseline changed, each has a profile.
        last.put(
            profile.get("windowStart")
                + "/"
                + profile.get("windowEnd")
                + "/"
                + profile.get("modelSha256")
                + "/"
                + profile.get("baselineSha256"),
            profile);
      }
    }
    return List.copyOf(last.values());
  }

  private static long sum(List<GenericRecord> summaries, String... fields) {
    long sum = 0;
    for (GenericRecord summary : summaries) {
      for (String field : fields) {
        sum += (Long) summary.get(field);
      }
    }
    return sum;
  }

  long count(String fate) {
    return coordinates.getOrDefault(fate, Set.of()).size();
  }

  List<GenericRecord> predictions() {
    return predictions;
  }

  List<GenericRecord> deadLetters() {
    return deadLetters;
  }

  /** Returns how many distinct dead letters have this reason. */
  long reason(String reason) {
    return reasons.getOrDefault(reason, 0L);
  }

  /** Returns how many distinct dead letters have each reason. */
  Map<String, Long> reasons() {
    return new TreeMap<>(reasons);
  }

  /** Returns how many records without a value were passed on. */
  long passed() {
    return passed.size();
  }

  /**
   * Asserts that produced = read + skipped + passed, and the equations of what was read: tombstones
   * that are skipped or passed on are no feature records.
   */
  void assertBalanced(long produced, long skipped) {
    assertBalanced(produced - skipped - passed());
  }

  /** Asserts the equations of the design over distinct coordinates. */
  void assertBalanced(long read) {
    Set<String> all = new HashSet<>();
    coordinates.values().forEach(all::addAll);
    long predicted = count("PREDICTED");
    long rejected = count("REJECTED");
    assertThat(all.size()).as("records with a fate").isEqualTo((int) read);
    assertThat(count("MALFORMED") + rejected + predicted + count("FAILED"))
        .as("malformed + rejected + predicted + failed")
        .isEqualTo(read);
    assertThat(sum(inputs, "rows", "lateRows"))
        .as("profiled inputs + late = valid + rejected")
        .isEqualTo(predicted + count("FAILED") + rejected);
    assertThat(sum(outputs, "rows", "lateRows"))
        .as("profiled outputs + late = predicted")
        .isEqualTo(predicted);
    assertSummariesAgree(read);
  }

  /** Asserts that the summaries say the same, and balance window by window if nothing was late. */
  private void assertSummariesAgree(long read) {
    assertThat(sum(inputs, "readRecords", "lateRows")).as("read, late ones too").isEqualTo(read);
    assertThat(sum(inputs, "malformedRecords")).isEqualTo(count("MALFORMED"));
    assertThat(sum(outputs, "readRecords")).as("read").isEqualTo(read);
    assertThat(sum(outputs, "malformedRecords")).isEqualTo(count("MALFORMED"));
    assertThat(sum(outputs, "rejectedRows")).isEqualTo(count("REJECTED"));
    assertThat(sum(outputs, "predictedRecords", "lateRows")).isEqualTo(count("PREDICTED"));
    assertThat(sum(outputs, "failedRecords")).isEqualTo(count("FAILED"));
    if (sum(inputs, "lateRows") + sum(outputs, "lateRows") > 0) {
      return;
    }
    for (GenericRecord summary : outputs) {
      assertThat(sum(List.of(summary), "readRecords"))
          .as("read = malformed + rejected + predicted + failed in %s", summary)
          .isEqualTo(
              sum(
                  List.of(summary),
                  "malformedRecords",
                  "rejectedRows",
                  "predictedRecords",
                  "failedRecords"));
    }
  }

  /** Asserts that nothing was written twice: what exactly-once delivery promises. */
  void assertNoDuplicates() {
    assertThat(predictionsRead).isEqualTo(count("PREDICTED"));
    assertThat(lettersRead).isEqualTo(count("MALFORMED") + count("REJECTED") + count("FAILED"));
  }
}
