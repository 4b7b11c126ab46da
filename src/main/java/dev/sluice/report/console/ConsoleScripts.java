package dev.sluice.report.console;

import java.util.List;

/** The files of the page, as they lie beside the report's. */
final class ConsoleScripts {
  static final List<String> OWN =
      List.of(
          "format.js",
          "charts.js",
          "timelines.js",
          "card.js",
          "views.js",
          "list.js",
          "live.js",
          "columns.js",
          "letters.js",
          "pages.js",
          "console.js");
  static final List<String> STYLES = List.of("style.css", "console.css");

  private ConsoleScripts() {}
}
