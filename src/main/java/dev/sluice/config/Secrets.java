package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Hides the values of keys that look like a secret: rather too many than too few. */
public final class Secrets {
  /** What is printed in place of a secret. */
  public static final String MASK = "******";

  private static final List<String> WORDS =
      List.of(
          "password",
          "passphrase",
          "secret",
          "token",
          "key",
          "jaas",
          "credential",
          "auth",
          "user.info");

  /** What keys end with that say where a secret is, or of what kind, and hold none. */
  private static final List<String> ABOUT_SECRETS = List.of(".location", ".type");

  /** What Kafka takes for a reference: to which provider there is one is its properties' affair. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

  /** An option in a login of JAAS: its name and its value, in quotes of either kind or in none. */
  private static final Pattern JAAS_OPTION =
      Pattern.compile(
          "([A-Za-z0-9_.]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|'((?:[^'\\\\]|\\\\.)*+)'|([^\\s;\"']+))",
          Pattern.DOTALL);

  /** Options in a login of JAAS that say who logs in, to what or where a secret is. */
  private static final Set<String> ABOUT_LOGINS =
      Set.of("username", "clientid", "scope", "principal", "servicename", "keytab", "ticketcache");

  /** What options in a login of JAAS begin with that go to the broker beside the token. */
  private static final String EXTENSION = "extension_";

  private Secrets() {}

  /** Returns whether a key's value must never be printed. */
  public static boolean isSecret(String key) {
    String lowerCase = key.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lowerCase::contains)
        && ABOUT_SECRETS.stream().noneMatch(lowerCase::endsWith);
  }

  /**
   * Returns whether the value of a secret key holds a secret beside references to where secrets are
   * kept. Names of users are none, nor what else a login says that is known to be none.
   */
  static boolean isExposed(String key, String value) {
    String lowerCase = key.toLowerCase(Locale.ROOT);
    String rest = REFERENCE.matcher(value).replaceAll("");
    if (lowerCase.contains("jaas") && !rest.equals(value)) {
      return JAAS_OPTION.matcher(rest).results().anyMatch(Secrets::isExposedOption);
    }
    return !(lowerCase.contains("user.info") ? rest.replaceFirst("^[^:]*:", "") : rest).isBlank();
  }

  private static boolean isExposedOption(MatchResult option) {
    String value =
        IntStream.rangeClosed(2, 4)
            .mapToObj(option::group)
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    return !isAboutLogin(option.group(1))
        && !value.isEmpty()
        && !value.equals("true")
        && !value.equals("false");
  }

  private static boolean isAboutLogin(String option) {
    String lowerCase = option.toLowerCase(Locale.ROOT);
    return ABOUT_LOGINS.contains(lowerCase)
        || lowerCase.startsWith(EXTENSION) && !isSecret(lowerCase);
  }

  /** Returns a copy, sorted by key, in which the values of secret keys are masked. */
  public static Map<String, String> masked(Map<String, String> values) {
    Map<String, String> copy = new TreeMap<>(values);
    copy.replaceAll((key, value) -> isSecret(key) ? MASK : value);
    return copy;
  }
}
