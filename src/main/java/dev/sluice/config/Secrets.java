package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

  private Secrets() {}

  /** Returns whether a key's value must never be printed. */
  public static boolean isSecret(String key) {
    String lowerCase = key.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lowerCase::contains)
        && ABOUT_SECRETS.stream().noneMatch(lowerCase::endsWith);
  }

  /** Returns a copy, sorted by key, in which the values of secret keys are masked. */
  public static Map<String, String> masked(Map<String, String> values) {
    Map<String, String> copy = new TreeMap<>(values);
    copy.replaceAll((key, value) -> isSecret(key) ? MASK : value);
    return copy;
  }
}
