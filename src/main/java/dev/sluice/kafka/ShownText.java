package dev.sluice.kafka;

import dev.sluice.config.Secrets;
import dev.sluice.kafka.secret.SecretText;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes texts of others one line without secrets. Kafka hides those it knows of, but a message may
 * quote a part of a value that was meant for another option.
 */
final class ShownText {
  /** Shorter ones would mask words of the message, and nobody has such a password. */
  private static final int SHORTEST = 3;

  private static final Pattern QUOTED =
      Pattern.compile("(?<!username)=\\s*[\"']?((?:[^\"'\\\\;]|\\\\.)+)");
  private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

  private ShownText() {}

  /** Returns a text of somebody else; null is shown as such. */
  static String of(ClientLogin login, String text) {
    TreeSet<String> secrets =
        new TreeSet<>(
            (a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());
    for (Map.Entry<String, String> property : login.properties().entrySet()) {
      if (Secrets.isSecret(property.getKey())) {
        if (property.getValue().length() >= SHORTEST) {
          secrets.add(property.getValue());
        }
        addQuoted(secrets, property);
      }
    }
    String shown = String.valueOf(text);
    for (String secret : secrets) { // the longest first: one may hold another
      shown = shown.replace(secret, Secrets.MASK);
    }
    return LINE_BREAKS.matcher(shown).replaceAll(" ");
  }

  /** Adds the values within a login module's line, but for the user's name. */
  private static void addQuoted(TreeSet<String> secrets, Map.Entry<String, String> property) {
    if (property.getKey().contains("jaas")) {
      Matcher quoted = QUOTED.matcher(property.getValue());
      while (quoted.find()) {
        String value = quoted.group(1).strip();
        if (value.length() >= SHORTEST && !SecretText.mayHold(value)) {
          secrets.add(value);
        }
      }
    }
  }
}
