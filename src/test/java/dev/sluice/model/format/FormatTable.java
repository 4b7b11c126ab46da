package dev.sluice.model.format;

import dev.sluice.model.format.ModelFormat.Road;

/**
 * The tables of all formats in Markdown, as documents show them between two marks: in full on the
 * page on formats, in brief in the README.
 */
final class FormatTable {
  /** The line before the tables in a document. */
  static final String BEGIN = "<!-- formats:begin -->";

  /** The line after the tables in a document. */
  static final String END = "<!-- formats:end -->";

  /** The command that compares a converted model with the answers of the original. */
  static final String CHECK =
      "java -jar target/sluice.jar score --model DIR --input rows.csv --out out.jsonl"
          + " --expect expected.csv --tolerance 1e-5";

  private FormatTable() {}

  /** Returns a table of models in other formats with the way of each to ONNX. */
  static String brief() {
    StringBuilder text = new StringBuilder("| format | how to convert |\n|---|---|\n");
    for (ModelFormat format : ModelFormat.values()) {
      if (format.road() != Road.REPAIR) {
        String mark = format.road() == Road.CONVERT ? "`" : "";
        text.append(
            "| %s | %s%s%s |\n".formatted(format.displayName(), mark, format.remedy(), mark));
      }
    }
    return text.toString();
  }

  /**
   * Returns a table of models in other formats with their marks, the way of each to ONNX and the
   * check, and one of files that are no models.
   */
  static String full() {
    StringBuilder text =
        new StringBuilder(
            "| format | how it is recognised | how to convert"
                + " | how to check that the converted model agrees |\n|---|---|---|---|\n");
    for (ModelFormat format : ModelFormat.values()) {
      if (format.road() != Road.REPAIR) {
        row(text, format).append(" `").append(CHECK).append("` |\n");
      }
    }
    text.append(
        "\n| not a model, or damaged | how it is recognised | what to do |\n|---|---|---|\n");
    for (ModelFormat format : ModelFormat.values()) {
      if (format.road() == Road.REPAIR) {
        row(text, format).append("\n");
      }
    }
    return text.toString();
  }

  private static StringBuilder row(StringBuilder text, ModelFormat format) {
    String mark = format.road() == Road.CONVERT ? "`" : "";
    return text.append("| ")
        .append(format.displayName())
        .append(" | ")
        .append(format.recognition())
        .append(" | ")
        .append(mark)
        .append(format.remedy())
        .append(mark)
        .append(" |");
  }

  /**
   * Returns a document with other tables between its marks.
   *
   * @throws IllegalArgumentException if the document lacks a mark
   */
  static String update(String document, String tables) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no " + BEGIN + " followed by " + END);
    }
    return document.substring(0, begin + BEGIN.length()) + "\n" + tables + document.substring(end);
  }
}
