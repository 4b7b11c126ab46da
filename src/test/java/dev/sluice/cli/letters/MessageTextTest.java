package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  private final OurRecords records = new OurRecords();

  private List<String> lines(byte[] value) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("topic", 0, 7, new byte[] {'k'}, value);
    return new MessageText(Optional.empty()).of(new TopicMessage(message, records.decode(value)));
  }

  @Test
  void aPredictionSaysItsOutputsFirst() {
    assertThat(lines(JobMessages.prediction()).subList(1, 8))
        .containsExactly(
            "  output    pm25 = 12.5",
            "  output    levels = 100: 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, ... of shape"
                + " 20x5",
            "  warning   PRES is 1101.0, expected range [920, 1100] (OUT_OF_RANGE, warning)",
            "  record    features-1@17, event time 2026-01-31T08:00:00Z",
            "  key       k",
            "  feature   station = \\u{1b}[2J\\u{202e}\\u{d}\\u{a}root:",
            "  model     pm25 3, SHA-256 abababababab");
  }

  @Test
  void anAlarmSaysWhatIsWrongFirst() {
    assertThat(lines(JobMessages.alarm()))
        .containsExactly(
            "topic-0@7  1969-12-31T23:59:59.999Z  Alarm RAISED critical EXPECTATION",
            "  message   TEMP: got 9.5, expected mean [0, 5]",
            "  advice    WATCH: it is warm\\u{1b}[2J\\u{202e}\\u{d}\\u{a}root:; so it is",
            "  window    2026-01-31T08:00:00Z to 2026-01-31T09:00:00Z (PT1H, UTC), INPUT",
            "  since     2026-01-31T07:00:00Z, in 2 of the last 3 windows",
            "  segment   \\u{1b}[2J\\u{202e}\\u{d}\\u{a}root:",
            "  columns   TEMP",
            "  expected  mean [0, 5]",
            "  observed  9.5",
            "  counted   500 evaluated, 0 unexpected",
            "  chance    at most 1.99E-4 per window without cause",
            "  model     pm25 3, SHA-256 abababababab, data profile cdcdcdcdcdcd");
  }

  @Test
  void anAlarmOfASilentFeedHasNoWindow() {
    assertThat(lines(JobMessages.silence()))
        .containsExactly(
            "topic-0@7  1969-12-31T23:59:59.999Z  Alarm CLEARED critical FEED_SILENT",
            "  message   records come again",
            "  since     2026-01-31T08:00:00Z",
            "  columns   whole records",
            "  expected  a record at least every 15 min",
            "  observed  nothing",
            "  counted   0 evaluated, 0 unexpected",
            "  model     pm25 3, SHA-256 abababababab, data profile cdcdcdcdcdcd");
  }

  @Test
  void aProfileIsCutPerField() {
    List<String> lines = lines(JobMessages.profile());

    assertThat(lines)
        .contains(
            "  windowStart         2026-01-31T08:00:00Z",
            "  modelSha256         abababababab...",
            "    name                TEMP",
            "    gridEdges           200: 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, ...",
            "    gridCounts          201: 1, 1, 1, 1, 1, 1, 1, 1, ...",
            "    not met  MEAN TEMP (critical): expected mean [0, 5], observed 9.5",
            "    unknown  MEAN TEMP (critical): expected mean [0, 5], observed 9.5, too close to"
                + " say")
        .anyMatch(line -> line.startsWith("    values              500: (value "))
        .noneMatch(line -> line.endsWith(" null") || line.contains("segment"))
        .allMatch(line -> line.length() < 800)
        .hasSizeLessThan(70);
  }

  @Test
  void aLetterOfBeforeTheBoundIsOneStill() {
    byte[] letter = JobMessages.letterWithoutBound();

    assertThat(lines(letter))
        .contains(
            "  violation PRES is -9999.0, expected range [920, 1100] (OUT_OF_RANGE, critical)",
            "  record    features-1@5, written 2026-01-31T08:00:00Z, event time unknown")
        .filteredOn(line -> line.contains("violation"))
        .hasSize(2);
    ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("topic", 0, 7, null, letter);
    Optional<Letter> read = new TopicMessage(message, records.decode(letter)).letter();
    assertThat(read.orElseThrow().value()).containsExactly(1, 2);
  }
}
