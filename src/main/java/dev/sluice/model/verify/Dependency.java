package dev.sluice.model.verify;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Python package that the author worked with, as a file of the model package declares it. Sluice
 * installs none of them.
 *
 * @param name its name in lower case, with dashes
 * @param versions the versions that will do, {@code ==1.28.0} or {@code >=1.15,<2}, or the empty
 *     string
 * @param file the name of the file that declares it
 */
public record Dependency(String name, String versions, String file) {
  private static final int MAX_LINE = 1_000;

  /** Name, extras, versions and a marker, as PEP 508 has them; conda writes one equals sign. */
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9._-]{0,100}) *+(?:\\[[^\\]]{0,200}\\])? *+\\(?([=<>!~][^;#)]{0,200})?\\)? *+(?:[;#].*)?");

  private static final Pattern LOWER_BOUND =
      Pattern.compile("(==?=?|>=|~=|>) *([0-9]+(?:\\.[0-9]+){0,3})");

  public Dependency {
    requireNonNull(name, "name is null");
    requireNonNull(versions, "versions is null");
    requireNonNull(file, "file is null");
  }

  /** Reads one requirement; empty where the line is something else (an option, a URL). */
  static Optional<Dependency> parse(String line, String file) {
    Matcher matcher = REQUIREMENT.matcher(line.strip());
    if (line.length() > MAX_LINE || !matcher.matches()) {
      return Optional.empty();
    }
    String versions = matcher.group(2) == null ? "" : matcher.group(2).replace(" ", "");
    String name = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    return Optional.of(new Dependency(name, versions, file));
  }

  /** Returns whether every version that will do is later than this one. */
  boolean needsLaterThan(String version) {
    for (String clause : versions.split(",")) {
      Matcher matcher = LOWER_BOUND.matcher(clause);
      if (matcher.lookingAt()) {
        int compared = compare(matcher.group(2), version);
        if (compared > 0 || (compared == 0 && matcher.group(1).equals(">"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static int compare(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      long difference = number(left, i) - number(right, i);
      if (difference != 0) {
        return Long.signum(difference);
      }
    }
    return 0;
  }

  private static long number(String[] parts, int index) {
    if (index >= parts.length) {
      return 0;
    }
    // More digits than any release has; the bound keeps the number within a long.
    return Long.parseLong(parts[index].substring(0, Math.min(parts[index].length(), 15)));
  }

  /** Returns name and versions as a requirement. */
  @Override
  public String toString() {
    return name + versions;
  }
}
