package dev.sluice.kafka.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Text in which {@code ${env:NAME}}, {@code ${file:PATH:KEY}} and {@code ${directory:PATH:FILE}}
 * stand for secrets that are kept elsewhere: in the environment of the process that uses them, in a
 * properties file there, or as a file of their own. Kafka's providers find them, for Kafka's
 * clients and for others alike, so that one reference means the same everywhere.
 */
public final class SecretText {
  private static final String ENVIRONMENT = "env";
  private static final String FILE = "file";
  private static final String DIRECTORY = "directory";

  private SecretText() {}

  /** Returns whether a text may hold a reference. */
  public static boolean mayHold(String text) {
    return text.contains("${");
  }

  /** Returns the properties by which a Kafka client resolves references itself. */
  public static Map<String, String> clientProperties() {
    String providers = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
    Map<String, String> properties = new HashMap<>();
    properties.put(providers, String.join(",", ENVIRONMENT, FILE, DIRECTORY));
    for (String name : Set.of(ENVIRONMENT, FILE, DIRECTORY)) {
      properties.put(providers + "." + name + ".class", provider(name).getClass().getName());
    }
    return properties;
  }

  /**
   * Returns what is wrong with the first reference that leads nowhere on this machine: {@code
   * ${env:NAME}, but NAME is not set}. It holds no secret.
   */
  public static Optional<String> dangling(String text) {
    try {
      replaced(text);
      return Optional.empty();
    } catch (SecretException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Returns the text with its references replaced, as they are now.
   *
   * @param option whose value it is, for messages
   * @throws SecretException if a reference leads nowhere
   */
  public static String resolve(String option, String text) {
    try {
      return replaced(text);
    } catch (SecretException e) {
      throw new SecretException(option + " refers to " + e.getMessage());
    }
  }

  private static String replaced(String text) {
    Matcher reference = ConfigTransformer.DEFAULT_PATTERN.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (reference.find()) {
      reference.appendReplacement(replaced, Matcher.quoteReplacement(secret(reference)));
    }
    return reference.appendTail(replaced).toString();
  }

  private static String secret(Matcher reference) {
    String name = reference.group(1);
    String path = reference.group(3);
    String key = reference.group(4);
    ConfigProvider provider = provider(name);
    if (provider == null) {
      throw wrong(reference, "expected ${env:NAME}, ${file:PATH:KEY} or ${directory:PATH:FILE}");
    }
    if (path == null && !name.equals(ENVIRONMENT)) {
      throw wrong(reference, "expected a path between two colons");
    }
    String secret;
    try {
      provider.configure(Map.of());
      secret = provider.get(path == null ? "" : path, Set.of(key)).data().get(key);
    } catch (ConfigException e) {
      throw wrong(reference, "which cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // Its message may quote the line, and so a secret.
      throw wrong(reference, "which is in no properties file");
    }
    if (secret == null) {
      throw wrong(reference, "but " + key + " " + lack(name));
    }
    return secret;
  }

  private static SecretException wrong(Matcher reference, String why) {
    return new SecretException(reference.group() + ", " + why);
  }

  private static ConfigProvider provider(String name) {
    return switch (name) {
      case ENVIRONMENT -> new EnvVarConfigProvider();
      case FILE -> new FileConfigProvider();
      case DIRECTORY -> new DirectoryConfigProvider();
      default -> null;
    };
  }

  private static String lack(String name) {
    return switch (name) {
      case ENVIRONMENT -> "is not set";
      case FILE -> "is not in that file";
      default -> "is no file in that directory";
    };
  }
}
