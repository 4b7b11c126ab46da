package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import dev.sluice.kafka.secret.SecretException;
import dev.sluice.kafka.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request shows to be let in. */
final class RegistryLogin {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private RegistryLogin() {}

  /**
   * Returns the value of the header {@code Authorization}; a secret.
   *
   * @throws SecretException if a secret is not where it is said to be
   * @throws RegistryException if what is there is no token
   */
  static Optional<String> header(RegistryOptions options) {
    if (options.token().isPresent()) {
      String key = RegistryOptions.TOKEN.key();
      String token = SecretText.resolve(key, options.token().get()).strip();
      if (!TOKEN.matcher(token).matches()) {
        // Said here: HttpURLConnection's own message would show it.
        throw new RegistryException(key + " is empty or has characters that no token has");
      }
      return Optional.of("Bearer " + token);
    }
    return options
        .user()
        .map(
            user -> {
              String login =
                  resolve(RegistryOptions.USER.key(), user)
                      + ":"
                      + resolve(RegistryOptions.PASSWORD.key(), options.password().orElse(""));
              return "Basic "
                  + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            });
  }

  /**
   * Returns a text with its references replaced, without the line break that files end with.
   *
   * @throws SecretException if a secret is not where it is said to be
   */
  static String resolve(String option, String given) {
    return SecretText.resolve(option, given).replaceFirst("\\R\\z", "");
  }

  /** Returns what a request shows, without showing it. */
  static String described(RegistryOptions options) {
    if (options.token().isPresent()) {
      return "the token of " + RegistryOptions.TOKEN.key();
    }
    return options.user().isPresent()
        ? "the user and password of " + RegistryOptions.USER.key()
        : "no login; see " + RegistryOptions.USER.key() + " and " + RegistryOptions.TOKEN.key();
  }
}
