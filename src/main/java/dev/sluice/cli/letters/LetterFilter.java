package dev.sluice.cli.letters;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which dead letters somebody wants: those that meet all conditions. An empty condition is met by
 * every letter.
 *
 * @param reasons reason codes, of the letter or of one of its violations
 * @param kinds where the record left the job
 * @param columns names of features; one violation is of such a column, and of such a reason
 * @param headers values of headers, as UTF-8, by their names; all are there
 */
public record LetterFilter(
    Set<String> reasons, Set<String> kinds, Set<String> columns, Map<String, String> headers) {
  public LetterFilter {
    reasons = Set.copyOf(reasons);
    kinds = Set.copyOf(kinds);
    columns = Set.copyOf(columns);
    headers = Map.copyOf(headers);
  }

  /** Returns whether every letter meets it. */
  public boolean isEmpty() {
    return reasons.isEmpty() && kinds.isEmpty() && columns.isEmpty() && headers.isEmpty();
  }

  public boolean matches(Letter letter) {
    return isEmpty()
        || (isOneOf(kinds, letter.text("kind"))
            && matchesCause(letter)
            && headers.entrySet().stream().allMatch(h -> has(letter, h.getKey(), h.getValue())));
  }

  private boolean matchesCause(Letter letter) {
    if (columns.isEmpty() && isOneOf(reasons, letter.reason())) {
      return true;
    }
    return letter.violations().stream()
        .anyMatch(v -> isOfColumn(v) && isOneOf(reasons, v.get("reason").toString()));
  }

  /** A violation of several columns, joined by commas, is of each of them. */
  private boolean isOfColumn(GenericRecord violation) {
    String column = violation.get("column").toString();
    return isOneOf(columns, column)
        || Arrays.stream(column.split(",")).anyMatch(one -> columns.contains(one.strip()));
  }

  private static boolean isOneOf(Set<String> wanted, String got) {
    return wanted.isEmpty() || wanted.contains(got);
  }

  private static boolean has(Letter letter, String name, String value) {
    byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
    for (Header header : letter.headers()) {
      if (header.key().equals(name) && Arrays.equals(header.value(), wanted)) {
        return true;
      }
    }
    return false;
  }
}
