package dev.sluice.kafka;

import dev.sluice.kafka.secret.SecretText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;

/** References in client properties to secrets that are kept elsewhere. */
final class SecretReferences {
  private SecretReferences() {}

  /**
   * Returns one line about the first reference that leads nowhere on this machine; a client would
   * take its text for the secret. Providers of the user's own choice are not asked.
   */
  static Optional<String> dangling(ClientLogin login) {
    if (login.has(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> property : new TreeMap<>(login.properties()).entrySet()) {
      Optional<String> problem = SecretText.dangling(property.getValue());
      if (problem.isPresent()) {
        return Optional.of(
            "the %s: %s refers to %s"
                .formatted(login.who(), login.option(property.getKey()), problem.get()));
      }
    }
    return Optional.empty();
  }
}
