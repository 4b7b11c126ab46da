package dev.sluice.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** References in client properties to secrets that are kept elsewhere. */
final class SecretReferences {
  private static final String ENVIRONMENT = "env";
  private static final String FILE = "file";
  private static final String DIRECTORY = "directory";

  /** The properties by which a client resolves references. */
  static final Map<String, String> PROVIDERS =
      Map.of(
          AbstractConfig.CONFIG_PROVIDERS_CONFIG,
          String.join(",", ENVIRONMENT, FILE, DIRECTORY),
          type(ENVIRONMENT),
          EnvVarConfigProvider.class.getName(),
          type(FILE),
          FileConfigProvider.class.getName(),
          type(DIRECTORY),
          DirectoryConfigProvider.class.getName());

  private SecretReferences() {}

  private static String type(String provider) {
    return AbstractConfig.CONFIG_PROVIDERS_CONFIG + "." + provider + ".class";
  }

  static boolean mayHold(String value) {
    return value.contains("${");
  }

  /**
   * Returns one line about the first reference that leads nowhere on this machine; a client would
   * take its text for the secret. Providers of the user's own choice are not asked.
   */
  static Optional<String> dangling(ClientLogin login) {
    if (login.has(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> property : new TreeMap<>(login.properties()).entrySet()) {
      Matcher reference = ConfigTransformer.DEFAULT_PATTERN.matcher(property.getValue());
      while (reference.find()) {
        Optional<String> problem = problem(reference);
        if (problem.isPresent()) {
          return Optional.of(
              "the %s: %s refers to %s, %s"
                  .formatted(
                      login.who(),
                      login.option(property.getKey()),
                      reference.group(),
                      problem.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(Matcher reference) {
    String path = reference.group(3);
    String key = reference.group(4);
    try {
      return switch (reference.group(1)) {
        case ENVIRONMENT -> known(new EnvVarConfigProvider(), "", key, "is not set");
        case FILE -> known(new FileConfigProvider(), path, key, "is not in that file");
        case DIRECTORY ->
            known(new DirectoryConfigProvider(), path, key, "is no file in that directory");
        default -> Optional.of("expected ${env:NAME}, ${file:PATH:KEY} or ${directory:PATH:FILE}");
      };
    } catch (ConfigException e) {
      return Optional.of("which cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> known(
      ConfigProvider provider, String path, String key, String otherwise) {
    if (path == null) {
      return Optional.of("expected a path between two colons");
    }
    provider.configure(Map.of());
    return provider.get(path, Set.of(key)).data().containsKey(key)
        ? Optional.empty()
        : Optional.of("but " + key + " " + otherwise);
  }
}
