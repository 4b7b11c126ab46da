package dev.sluice.report.console;

import java.util.Map;

/** What the console answers, by path. */
public final class ConsoleApi {
  private ConsoleApi() {}

  /**
   * Returns the routes.
   *
   * <pre>
   *   /api/status    how reading goes: {@link Feeds}
   *   /api/overview  ?model &amp;baseline &amp;segment: {@link dev.sluice.report.HistoryJson}
   *   /api/column    ?kind &amp;name and these
   *   /api/segments  ?model &amp;baseline
   *   /api/letters   ?reason &amp;kind &amp;column &amp;producer &amp;text &amp;from &amp;limit: {@link LetterStore}
   *   /api/letter    ?partition &amp;offset: {@link LetterSource}
   * </pre>
   */
  public static Map<String, Route> routes(
      LiveReport report, LetterStore letters, LetterSource source, Feeds feeds) {
    return Map.of(
        "/api/status",
        (query, out) -> feeds.write(out),
        "/api/overview",
        report::overview,
        "/api/column",
        report::column,
        "/api/segments",
        report::segments,
        "/api/letters",
        (query, out) -> letters.write(LetterSearch.of(query), query, out),
        "/api/letter",
        (query, out) ->
            source.open(
                (int) query.number("partition", 0, Integer.MAX_VALUE, 0),
                query.number("offset", 0, Long.MAX_VALUE, 0),
                out));
  }
}
