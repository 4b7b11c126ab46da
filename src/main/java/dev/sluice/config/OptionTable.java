package dev.sluice.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The table of all options in Markdown, as the README shows it between its marks. */
public final class OptionTable {
  /** The line before the table in a document. */
  public static final String BEGIN = "<!-- options:begin -->";

  /** The line after the table in a document. */
  public static final String END = "<!-- options:end -->";

  private OptionTable() {}

  /** Returns the table: key, default and meaning of each option, a line each. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
    for (ConfigOption<?> option : JobOptions.options()) {
      table
          .append("| `")
          .append(option.key())
          .append(KnownKeys.takesNames(option) ? ".*` | " : "` | ")
          .append(defaultOf(option))
          .append(" | ")
          .append(new HtmlFormatter().format(option.description()).replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }

  /**
   * Returns a document with the table between its marks brought up to date.
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

  private static String defaultOf(ConfigOption<?> option) {
    if (!option.hasDefaultValue()) {
      return isRequired(option) ? "required" : "";
    }
    Object value = option.defaultValue();
    if (KnownKeys.takesNames(option) || value.toString().isEmpty()) {
      return "";
    }
    return "`"
        + (value instanceof Duration time ? TimeUtils.formatWithHighestUnit(time) : value)
        + "`";
  }

  private static boolean isRequired(ConfigOption<?> option) {
    return option.equals(KafkaOptions.BOOTSTRAP_SERVERS)
        || option.equals(FeatureOptions.SCHEMA)
        || option.equals(ModelOptions.URI);
  }
}
