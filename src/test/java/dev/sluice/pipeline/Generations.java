package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;

/**
 * Which records each generation of a job has answered, a generation being the runs with one model
 * and one baseline; and what the profiles of each window have to count of them.
 */
final class Generations {
  private final JobRun run;
  private final long window;
  private final Set<String> answered = new HashSet<>();
  private final Map<String, Long> inputs = new TreeMap<>();
  private final Map<String, Long> outputs = new TreeMap<>();
  private final Map<String, Long> refusals = new TreeMap<>();

  /** A model and a baseline, by their SHA-256. */
  record Generation(String model, String baseline) {
    /** Returns the generation that would run with the options as they are. */
    static Generation of(JobRun run) {
      var plan = run.plan();
      return new Generation(plan.model().sha256(), plan.profileSha256());
    }

    private String window(long start) {
      return start + "/" + model + "/" + baseline;
    }
  }

  /**
   * @param window length of the windows in milliseconds
   */
  Generations(JobRun run, long window) {
    this.run = run;
    this.window = window;
  }

  /** Takes all that was answered since the last call, when the job was stopped. */
  void settle(Generation generation) throws IOException {
    for (GenericRecord prediction : run.predictions()) {
      if (isNew(prediction)) {
        assertThat(prediction.get("modelSha256")).hasToString(generation.model());
        count(inputs, generation, prediction);
        count(outputs, generation, prediction);
      }
    }
    for (GenericRecord letter : run.deadLetters()) {
      if (isNew(letter)) {
        assertThat(letter.get("modelSha256")).hasToString(generation.model());
        assertThat(letter.get("profileSha256")).hasToString(generation.baseline());
        if (letter.get("kind").toString().equals("REJECTED")) {
          count(inputs, generation, letter);
          List<?> violations = (List<?>) letter.get("violations");
          String column = ((GenericRecord) violations.get(0)).get("column").toString();
          refusals.merge(generation.baseline() + "/" + column, 1L, Long::sum);
        }
      }
    }
  }

  private boolean isNew(GenericRecord answer) {
    return answered.add(answer.get("partition") + "@" + answer.get("offset"));
  }

  private void count(Map<String, Long> counts, Generation generation, GenericRecord answer) {
    long start = Math.floorDiv((Long) answer.get("eventTime"), window) * window;
    counts.merge(generation.window(start), 1L, Long::sum);
  }

  /** Returns how many records were rejected for a column while the baseline was in use. */
  long refused(Generation generation, String column) {
    return refusals.getOrDefault(generation.baseline() + "/" + column, 0L);
  }

  /** Returns the windows that have been closed, of all generations. */
  Set<String> closed() throws IOException {
    Set<String> closed = new TreeSet<>();
    closed.addAll(finalRows(run.inputProfiles()).keySet());
    closed.addAll(finalRows(run.outputProfiles()).keySet());
    return closed;
  }

  /** Returns the windows of a generation that have records, and are not closed yet. */
  Set<String> open(Generation generation) throws IOException {
    Set<String> open = new TreeSet<>(inputs.keySet());
    open.removeIf(window -> !window.endsWith(generation.window(0).substring(1)));
    open.removeAll(closed());
    return open;
  }

  /** Asserts that each window of each generation was closed with the rows that it answered. */
  void assertWindowsAreWhole() throws IOException {
    assertThat(finalRows(run.inputProfiles())).as("rows of inputs").isEqualTo(inputs);
    assertThat(finalRows(run.outputProfiles())).as("rows of outputs").isEqualTo(outputs);
  }

  /** Returns the rows of each closed window, by its summary; it is published once. */
  private static Map<String, Long> finalRows(List<GenericRecord> profiles) {
    Map<String, Long> rows = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    for (GenericRecord profile : profiles) {
      boolean summary = ((List<?>) profile.get("columns")).isEmpty();
      if (summary && (Boolean) profile.get("final")) {
        assertThat(profile.get("lateRows")).isEqualTo(0L);
        Generation generation =
            new Generation(
                profile.get("modelSha256").toString(), profile.get("baselineSha256").toString());
        String window = generation.window((Long) profile.get("windowStart"));
        Long counted = (Long) profile.get("rows");
        if (rows.put(window, counted) != null) {
          twice.add(window);
        }
        if (counted == 0) {
          rows.remove(window); // malformed records alone
        }
      }
    }
    assertThat(twice).as("windows that were closed twice").isEmpty();
    return rows;
  }
}
