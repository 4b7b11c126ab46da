package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Says in one line why brokers do not do what a client asks for: which client, what, and which
 * option to look at. No line holds a secret.
 */
final class ClientFailure {
  private ClientFailure() {}

  /**
   * Returns the failure of a call.
   *
   * @param what was asked for, as it goes on after "cannot": {@code describe topic features}
   */
  static TopicException of(ClientLogin login, String what, Throwable cause) {
    return new TopicException(line(login, what, cause), cause);
  }

  private static String line(ClientLogin login, String what, Throwable cause) {
    if (cause instanceof SslAuthenticationException) {
      return TlsFailure.line(login, cause);
    }
    if (cause instanceof UnsupportedSaslMechanismException) {
      return cannotLogIn(
          login, ShownText.of(login, cause.getMessage()), SaslConfigs.SASL_MECHANISM);
    }
    if (cause instanceof IllegalSaslStateException) {
      return cannotLogIn(
          login,
          "the listener there takes no SASL, and the protocol is " + login.protocol(),
          CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    }
    if (cause instanceof SaslAuthenticationException) {
      return cannotLogIn(login, refusal(login, cause), SaslConfigs.SASL_JAAS_CONFIG);
    }
    if (cause instanceof AuthorizationException) {
      return noRight(login, "to " + what);
    }
    if (cause instanceof TimeoutException || !(cause instanceof ApiException)) {
      return silent(login);
    }
    return "the %s cannot %s at %s: %s"
        .formatted(login.who(), what, login.servers(), ShownText.of(login, cause.getMessage()));
  }

  private static String cannotLogIn(ClientLogin login, String why, String property) {
    return "the %s cannot log in at %s: %s; check %s"
        .formatted(login.who(), login.servers(), why, login.option(property));
  }

  private static String refusal(ClientLogin login, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    boolean wrong = text.contains("invalid credentials") || text.contains("Invalid username");
    return (wrong ? "wrong user or password" : ShownText.of(login, text))
        + " ("
        + login.mechanism()
        + ")";
  }

  /**
   * Returns the line about a missing right.
   *
   * @param what goes on after "has no right": {@code to READ topic features}
   */
  static String noRight(ClientLogin login, String what) {
    return "the %s has no right %s at %s; check the ACLs of %s"
        .formatted(login.who(), what, login.servers(), login.principal());
  }

  private static String silent(ClientLogin login) {
    return "no broker at %s answered within %d s to the %s; check %s, and whether the listener there speaks %s, as %s says"
        .formatted(
            login.servers(),
            Topics.TIMEOUT.toSeconds(),
            login.who(),
            KafkaOptions.BOOTSTRAP_SERVERS.key(),
            login.protocol(),
            login.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
  }
}
