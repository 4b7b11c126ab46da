package dev.sluice.report.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, bounded. */
public final class Query {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_PARAMETERS = 16;

  private final Map<String, String> parameters;

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads the parameters; of several of one name the last one counts.
   *
   * @param raw what follows the question mark; null for none
   * @throws Refusal if they are too long, too many or not encoded as they should
   */
  static Query of(String raw) {
    Map<String, String> parameters = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return new Query(parameters);
    }
    if (raw.length() > MAX_LENGTH) {
      throw new Refusal(414, "the query", raw.length() + " characters", "at most " + MAX_LENGTH);
    }
    for (String part : raw.split("&", MAX_PARAMETERS + 1)) {
      if (parameters.size() == MAX_PARAMETERS) {
        throw new Refusal(400, "the query", "more parameters", "at most " + MAX_PARAMETERS);
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      parameters.put(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1)));
    }
    return new Query(parameters);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "a parameter", "no percent-encoded text", "one in UTF-8");
    }
  }

  /** Returns a parameter that is not empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
  }

  /** Returns a parameter, or the empty text. */
  public String textOrEmpty(String name) {
    return parameters.getOrDefault(name, "");
  }

  /**
   * Returns a parameter that has to be there.
   *
   * @throws Refusal if it is not
   */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> new Refusal(400, "parameter " + name, "nothing", "a value"));
  }

  /**
   * Returns a whole number.
   *
   * @param otherwise what it is where the parameter is not there
   * @throws Refusal if it is none, or out of its bounds
   */
  public long number(String name, long min, long max, long otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, with the text
    }
    throw new Refusal(400, "parameter " + name, text.get(), "a number from " + min + " to " + max);
  }
}
