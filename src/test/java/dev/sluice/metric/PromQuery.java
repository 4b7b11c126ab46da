package dev.sluice.metric;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics and labels that a PromQL query names. No parser: whether a query is valid is
 * Prometheus' own business.
 */
public final class PromQuery {
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*+)(?!\\s*\\()(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

  private final Map<String, Set<String>> selectors = new TreeMap<>();
  private final Set<String> grouping = new TreeSet<>();

  /** Reads a query. */
  public PromQuery(String query) {
    String rest = RANGE.matcher(TEXT.matcher(query).replaceAll("")).replaceAll("");
    Matcher groups = GROUPING.matcher(rest);
    while (groups.find()) {
      Arrays.stream(groups.group(1).split(","))
          .map(String::strip)
          .filter(label -> !label.isEmpty())
          .forEach(grouping::add);
    }
    Matcher matcher = SELECTOR.matcher(GROUPING.matcher(rest).replaceAll(" "));
    while (matcher.find()) {
      if (!KEYWORDS.contains(matcher.group(1))) {
        Set<String> labels = selectors.computeIfAbsent(matcher.group(1), name -> new TreeSet<>());
        if (matcher.group(2) != null) {
          MATCHER.matcher(matcher.group(2)).results().forEach(label -> labels.add(label.group(1)));
        }
      }
    }
  }

  /** Returns the names of metrics, each with the labels that it is selected by. */
  public Map<String, Set<String>> selectors() {
    return selectors;
  }

  /** Returns the labels that are grouped by or joined on. */
  public Set<String> grouping() {
    return grouping;
  }
}
