package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * What a run has said of its records, as a reader of committed messages sees it: the answers, and
 * the last revision of each window profile.
 */
record Outcome(
    Answers predictions,
    Answers deadLetters,
    Map<String, String> inputProfiles,
    Map<String, String> outputProfiles) {

  static Outcome read(JobRun run, String bootstrapServers) throws IOException {
    return new Outcome(
        Answers.read(bootstrapServers, run.topic("predictions"), "Prediction"),
        Answers.read(bootstrapServers, run.topic("dead-letters"), "DeadLetter"),
        last(run.inputProfiles()),
        last(run.outputProfiles()));
  }

  /** Asserts that each record has one answer, that of the other run, and the profiles likewise. */
  void assertSameAs(Outcome expected) {
    assertThat(predictions.repeated()).as("predictions of a record that had one").isZero();
    assertThat(predictions.differencesFrom(expected.predictions)).as("predictions").isEmpty();
    assertThat(deadLetters.repeated()).as("dead letters of a record that had one").isZero();
    assertThat(deadLetters.differencesFrom(expected.deadLetters)).as("dead letters").isEmpty();
    assertThat(inputProfiles).as("input profiles").isEqualTo(expected.inputProfiles);
    assertThat(outputProfiles).as("output profiles").isEqualTo(expected.outputProfiles);
  }

  /**
   * Returns the last profile of each window and column, its revision aside: as text for a person,
   * and the SHA-256 of its bytes, since a text hides the sign of zero and the bits of NaN.
   */
  private static Map<String, String> last(List<GenericRecord> profiles) {
    Map<String, String> last = new TreeMap<>();
    for (GenericRecord profile : profiles) {
      List<?> columns = (List<?>) profile.get("columns");
      String column =
          columns.isEmpty() ? "" : ((GenericRecord) columns.get(0)).get("name").toString();
      profile.put("revision", 0);
      last.put(
          profile.get("segment") + "/" + profile.get("windowStart") + "/" + column,
          profile + " " + sha256(Readings.bytes(profile)));
    }
    return last;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
