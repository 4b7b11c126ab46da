package dev.sluice.report.console;

import dev.sluice.report.PageParts;
import java.util.List;
import java.util.stream.Stream;

/** The files of the page: those of the report that draw, and its own. */
final class ConsoleScripts {
  /** The report's table and cards, which the console has another list for. */
  private static final String REPORT_ONLY = "lists.js";

  /** In the order in which they build on each other. */
  static final List<String> OWN =
      Stream.concat(
              PageParts.SCRIPTS.stream().filter(name -> !name.equals(REPORT_ONLY)),
              Stream.of("list.js", "live.js", "columns.js", "letters.js", "pages.js", "console.js"))
          .toList();

  static final List<String> STYLES = List.of(PageParts.STYLE, "console.css");

  private ConsoleScripts() {}
}
