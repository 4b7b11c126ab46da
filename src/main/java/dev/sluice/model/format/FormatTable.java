package dev.sluice.model.format;

import dev.sluice.model.format.ModelFormat.Road;

/** The tables of all formats in Markdown, as the page on formats shows them between its marks. */
public final class FormatTable {
  /** The line before the tables in a document. */
  public static final String BEGIN = "<!-- formats:begin -->";

  /** The line after the tables in a document. */
  public static final String END = "<!-- formats:end -->";

  /** The command that compares a converted model with the answers of the original. */
  public static final String CHECK =
      "java -jar target/sluice.jar score --model DIR --input rows.csv --out out.jsonl"
          + " --expect expected.csv --tolerance 1e-5";

  private FormatTable() {}

  /** Returns a table of models in other formats, and one of files that are none. */
  public static String markdown() {
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
   * Returns a document with the tables between its marks brought up to date.
   *
   * @throws IllegalArgumentException if the document lacks a mark
   */
  public static String update(String document) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no " + BEGIN + " followed by " + END);
    }
    return document.substring(0, begin + BEGIN.length())
        + "\n"
        + markdown()
        + document.substring(end);
  }
}
