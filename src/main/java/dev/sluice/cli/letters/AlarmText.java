package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.time.Instant;
import java.util.List;
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
    block.line(
        "window",
        "%s to %s (%s, %s), %s"
            .formatted(
                Instant.ofEpochMilli((Long) alarm.get("windowStart")),
                Instant.ofEpochMilli((Long) alarm.get("windowEnd")),
                text(alarm, "window"),
                text(alarm, "timeZone"),
                text(alarm, "profileKind")));
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
    block.model(
        alarm.get("modelName"),
        alarm.get("modelVersion"),
        alarm.get("modelSha256"),
        alarm.get("baselineSha256"));
    return block.lines();
  }

  private static String text(GenericRecord alarm, String field) {
    return Shown.text(alarm.get(field));
  }
}
