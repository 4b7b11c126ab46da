package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Says in one line why a client cannot be made of its properties, before it has asked anybody. */
final class ClientRefusal {
  private static final Pattern NAMED = Pattern.compile("configuration ([\\w.]+)");
  private static final Pattern STORE =
      Pattern.compile("Failed to load SSL keystore (.*) of type (\\S+)");

  private ClientRefusal() {}

  /**
   * Returns the refusal; of a login's line that cannot be read without its cause, which quotes it.
   */
  static TopicException of(ClientLogin login, Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof LoginException || text.contains("JAAS")) {
        return new TopicException(jaas(login, text));
      }
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Optional<String> line = known(login, cause);
      if (line.isPresent()) {
        return new TopicException(line.get(), error);
      }
    }
    return new TopicException(
        "the %s cannot be made: %s; check %s.*"
            .formatted(
                login.who(), ShownText.of(login, deepest(error)), KafkaOptions.PROPERTIES.key()),
        error);
  }

  private static Optional<String> known(ClientLogin login, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("No resolvable bootstrap urls")) {
      return Optional.of(
          "no broker at %s is found by the %s: no such host is known; check %s"
              .formatted(login.servers(), login.who(), KafkaOptions.BOOTSTRAP_SERVERS.key()));
    }
    Matcher store = STORE.matcher(text);
    if (store.find()) {
      return Optional.of(store(login, store.group(1), store.group(2), cause.getCause()));
    }
    if (cause instanceof ConfigException) {
      Matcher named = NAMED.matcher(text);
      return Optional.of(
          "the %s cannot be made: %s; check %s"
              .formatted(
                  login.who(),
                  ShownText.of(login, text),
                  named.find()
                      ? login.option(named.group(1))
                      : KafkaOptions.PROPERTIES.key() + ".*"));
    }
    return Optional.empty();
  }

  private static String jaas(ClientLogin login, String text) {
    String option = login.option(SaslConfigs.SASL_JAAS_CONFIG);
    return login.has(SaslConfigs.SASL_JAAS_CONFIG)
        ? "the %s cannot read its login, expected the class of a login module, required, NAME=\"VALUE\" and a semicolon; check %s"
            .formatted(login.who(), option)
        : "the %s has no login, though its protocol is %s; set %s"
            .formatted(login.who(), login.protocol(), option);
  }

  private static String store(ClientLogin login, String path, String type, Throwable cause) {
    boolean trust =
        path.equals(login.properties().get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG))
            && !path.equals(login.properties().get(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG));
    String property = trust ? "ssl.truststore." : "ssl.keystore.";
    String why;
    if (cause instanceof NoSuchFileException) {
      why = "does not exist";
      property += "location";
    } else if (cause instanceof AccessDeniedException) {
      why = "may not be read";
      property += "location";
    } else if (String.valueOf(cause == null ? null : cause.getMessage()).contains("password")) {
      why = "does not open: its password is wrong or missing";
      property += "password";
    } else {
      why = "is no keystore of type " + type;
      property += "type";
    }
    return "the %s cannot be made: %s %s; check %s"
        .formatted(login.who(), path, why, login.option(property));
  }

  private static String deepest(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
