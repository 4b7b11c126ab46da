package dev.sluice.kafka.registry;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in which {@code ${env:NAME}} and {@code ${file:PATH:KEY}} stand for secrets that are kept
 * elsewhere: in the environment of the process that uses them, or in a properties file there, as
 * Kafka's config providers have it. Resolved at each use, so that a job carries the reference alone
 * and a changed file is noticed.
 */
final class SecretText {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
  private static final long MAX_FILE_BYTES = 1 << 20;

  private SecretText() {}

  /**
   * Returns the text with its references replaced.
   *
   * @param option whose value it is, for messages
   * @throws RegistryException if a reference leads nowhere; the message holds no secret
   */
  static String resolve(String option, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String secret =
          matcher.group(1).equals("env")
              ? fromEnvironment(option, matcher.group(2))
              : fromFile(option, matcher.group(2));
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(secret));
    }
    return matcher.appendTail(resolved).toString();
  }

  private static String fromEnvironment(String option, String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new RegistryException(
          option + " refers to the environment variable " + name + ", which is not set");
    }
    return value;
  }

  private static String fromFile(String option, String place) {
    int colon = place.lastIndexOf(':');
    if (colon <= 0) {
      throw new RegistryException(
          option + " refers to ${file:" + place + "}, expected ${file:PATH:KEY}");
    }
    String path = place.substring(0, colon);
    String key = place.substring(colon + 1);
    String value = properties(option, path).getProperty(key);
    if (value == null) {
      throw new RegistryException(
          option + " refers to the key " + key + ", which is not in the file " + path);
    }
    return value;
  }

  private static Properties properties(String option, String path) {
    try {
      Path file = Path.of(path);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("more than " + MAX_FILE_BYTES + " bytes");
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
      return properties;
    } catch (IOException | InvalidPathException e) {
      throw new RegistryException(
          option + " refers to the file " + path + ", which cannot be read: " + OneLine.of(e), e);
    } catch (IllegalArgumentException e) {
      // Its message may quote the line, and so a secret.
      throw new RegistryException(
          option + " refers to the file " + path + ", which is no properties file");
    }
  }
}
