package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Profiles of windows for a person: one column, or the summary of a window. Long arrays are cut;
 * {@code --json} has them whole.
 */
final class ProfileText {
  private ProfileText() {}

  /** Returns the lines of a message whose content is a profile. */
  static List<String> of(TopicMessage message, GenericRecord profile) {
    List<?> columns = (List<?>) profile.get("columns");
    String of =
        switch (columns.size()) {
          case 0 -> "summary";
          case 1 -> Shown.text(((GenericRecord) columns.get(0)).get("name"));
          default -> columns.size() + " columns";
        };
    Block block = new Block(message, "DataProfile " + profile.get("kind") + " " + of);
    block.headers(message.message().headers());
    block.all(RecordText.of(profile, ProfileText::result));
    return block.lines();
  }

  /** Returns one line on an expectation; empty for another record. */
  private static Optional<String> result(GenericRecord record) {
    if (!record.getSchema().getName().equals("ExpectationResult")) {
      return Optional.empty();
    }
    Object met = record.get("met");
    List<String> line = new ArrayList<>();
    line.add(
        "%-9s%s"
            .formatted(
                met == null ? "unknown" : (Boolean) met ? "met" : "not met",
                Shown.text(record.get("type"))));
    List<?> columns = (List<?>) record.get("columns");
    if (!columns.isEmpty()) {
      line.add(" " + RecordText.items(columns));
    }
    line.add(" (" + Shown.text(record.get("severity")) + "): expected ");
    line.add(Shown.text(record.get("expectation")));
    if (record.get("observed") != null) {
      line.add(", observed " + Shown.text(record.get("observed")));
    }
    String reason = Shown.text(record.get("reason"));
    if (!reason.isEmpty()) {
      line.add(", " + reason);
    }
    return Optional.of(String.join("", line));
  }
}
