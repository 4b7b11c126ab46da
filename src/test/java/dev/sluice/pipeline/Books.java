package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** What became of the records of a run, read from its topics, and the equations that must hold. */
final class Books {
  private final Map<String, Set<String>> coordinates = new HashMap<>();
  private final List<GenericRecord> predictions;
  private final List<GenericRecord> deadLetters;
  private final long profiledInputs;
  private final long profiledOutputs;

  Books(JobRun run) throws IOException {
    predictions = run.predictions();
    deadLetters = run.deadLetters();
    for (GenericRecord prediction : predictions) {
      add("PREDICTED", prediction);
    }
    for (GenericRecord letter : deadLetters) {
      add(letter.get("kind").toString(), letter);
    }
    profiledInputs = profiled(run.inputProfiles());
    profiledOutputs = profiled(run.outputProfiles());
  }

  private void add(String fate, GenericRecord answer) {
    coordinates
        .computeIfAbsent(fate, key -> new HashSet<>())
        .add(answer.get("partition") + "@" + answer.get("offset"));
  }

  /** Sums rows and late rows over the last revision of each window's summary. */
  private static long profiled(List<GenericRecord> profiles) {
    Map<String, Long> rows = new HashMap<>();
    long late = 0;
    for (GenericRecord profile : profiles) {
      if (((List<?>) profile.get("columns")).isEmpty()) {
        String key = profile.get("windowStart") + "/" + profile.get("segment");
        rows.put(key, (Long) profile.get("rows"));
        late += (Long) profile.get("lateRows");
      }
    }
    return late + rows.values().stream().mapToLong(Long::longValue).sum();
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
    return deadLetters.stream()
        .filter(letter -> letter.get("reason").toString().equals(reason))
        .map(letter -> letter.get("partition") + "@" + letter.get("offset"))
        .distinct()
        .count();
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
    assertThat(profiledInputs)
        .as("profiled inputs + late = valid + rejected")
        .isEqualTo(predicted + count("FAILED") + rejected);
    assertThat(profiledOutputs).as("profiled outputs + late = predicted").isEqualTo(predicted);
  }

  /** Asserts that nothing was written twice: what exactly-once delivery promises. */
  void assertNoDuplicates() {
    assertThat(predictions).hasSize((int) count("PREDICTED"));
    List<GenericRecord> letters = new ArrayList<>(deadLetters);
    assertThat(letters).hasSize((int) (count("MALFORMED") + count("REJECTED") + count("FAILED")));
  }
}
