package dev.sluice.profile.build;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Goes through the texts of a column; for one thread. */
final class TextScan {
  private final TextColumn column;
  private final RunReader runs;

  private TextScan(TextColumn column, RunReader runs) {
    this.column = column;
    this.runs = runs;
  }

  /** Takes texts and the keys of their rows. */
  interface KeyedVisitor {
    void text(String text, long key);

    /** Takes the key of a row in which the column is missing. */
    void missing(long key);
  }

  static void forEach(TextColumn column, Consumer<String> visitor) {
    RunReader runs = column.values();
    TextScan scan = new TextScan(column, runs);
    while (runs.next()) {
      for (int i = 0; i < runs.count() && !runs.isMissing(); i++) {
        visitor.accept(scan.text());
      }
    }
  }

  static void forEachKeyed(TextColumn column, KeyedVisitor visitor) {
    RunReader runs = column.keyedValues();
    TextScan scan = new TextScan(column, runs);
    while (runs.next()) {
      for (int i = 0; i < runs.count(); i++) {
        if (runs.isMissing()) {
          visitor.missing(runs.key(i));
        } else {
          visitor.text(scan.text(), runs.key(i));
        }
      }
    }
  }

  private String text() {
    int number = varint();
    if (number > 0) {
      return column.numbered(number - 1);
    }
    int length = varint();
    String text = new String(runs.bytes(), runs.position(), length, StandardCharsets.UTF_8);
    runs.advance(length);
    return text;
  }

  private int varint() {
    byte[] bytes = runs.bytes();
    int at = runs.position();
    int value = 0;
    int shift = 0;
    while (bytes[at] < 0) {
      value |= (bytes[at++] & 0x7F) << shift;
      shift += 7;
    }
    value |= bytes[at++] << shift;
    runs.advance(at - runs.position());
    return value;
  }
}
