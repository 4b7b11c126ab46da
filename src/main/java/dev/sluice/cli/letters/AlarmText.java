package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** Alarms for a person: what is wrong first, then which window and what it is measured by. */
final class AlarmText {
  private AlarmText() {}

  /** Returns the lines of a message whose content is an alarm. */
  static List<String> of(TopicMessage message, GenericRecord alarm) {
    Block block =
        new Block(
            message,
            "Alarm "
                + text(alarm, "state")
                + " "
                + text(alarm, "severity")
                + " "
                + text(alarm, "kind"));
    block.line("message", text(alarm, "message"));
    List<?> reasons = (List<?>) alarm.get("adviceReasons");
    if (!reasons.isEmpty()) {
      block.line(
          "advice",
          text(alarm, "advice")
              + ": "
              + reasons.stream().map(Shown::text).collect(Collectors.joining("; ")));
    }
    if (alarm.get("windowStart") != null) {
      block.line(
          "window",
          "%s to %s (%s, %s), %s"
              .formatted(
                  time(alarm, "windowStart"),
                  time(alarm, "windowEnd"),
                  text(alarm, "window"),
                  text(alarm, "timeZone"),
                  text(alarm, "profileKind")));
    }
    if (alarm.get("since") != null) {
      block.line("since", time(alarm, "since") + windows(alarm));
    }
    if (!text(alarm, "segment").isEmpty()) {
      block.line("segment", text(alarm, "segment"));
    }
    List<?> columns = (List<?>) alarm.get("columns");
    block.line("columns", columns.isEmpty() ? "whole records" : RecordText.items(columns));
    block.line("expected", text(alarm, "expected"));
    block.line("observed", alarm.get("observed") == null ? "nothing" : text(alarm, "observed"));
    block.line(
        "counted",
        "%s evaluated, %s unexpected".formatted(alarm.get("evaluated"), alarm.get("unexpected")));
    if (alarm.get("expectedFalseAlarmRate") != null) {
      block.line(
          "chance", "at most " + alarm.get("expectedFalseAlarmRate") + " per window without cause");
    }
    block.model(
        alarm.get("modelName"),
        alarm.get("modelVersion"),
        alarm.get("modelSha256"),
        alarm.get("baselineSha256"));
    return block.lines();
  }

  private static String windows(GenericRecord alarm) {
    return (Integer) alarm.get("windowsJudged") == 0
        ? ""
        : ", in %s of the last %s windows"
            .formatted(alarm.get("windowsWrong"), alarm.get("windowsJudged"));
  }

  private static Instant time(GenericRecord alarm, String field) {
    return Instant.ofEpochMilli((Long) alarm.get(field));
  }

  private static String text(GenericRecord alarm, String field) {
    return Shown.text(alarm.get(field));
  }
}
