package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Says in one line why client and broker do not trust each other. A broker tells nobody why it
 * refuses a certificate, so the client's own is looked at.
 */
final class TlsFailure {
  private TlsFailure() {}

  static String line(ClientLogin login, Throwable error) {
    Throwable cause = error;
    for (Throwable next = error; next != null; next = next.getCause()) {
      cause = next;
      if (next instanceof CertificateExpiredException
          || next instanceof CertificateNotYetValidException) {
        return line(
            login,
            "the broker's certificate is out of date (" + next.getMessage() + ")",
            "it, or " + KafkaOptions.BOOTSTRAP_SERVERS.key());
      }
    }
    String text = ShownText.of(login, String.valueOf(cause.getMessage()));
    if (text.contains("fatal alert")) {
      return alert(login, text);
    }
    if (text.contains("unable to find valid certification path") || text.contains("PKIX path")) {
      String truststore = login.option(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
      return line(
          login,
          "the broker's certificate is signed by none that are trusted here",
          login.has(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
              ? truststore
              : truststore + ", which is not set");
    }
    if (text.contains("subject alternative") || text.contains("No name matching")) {
      return line(
          login,
          "the broker's certificate is of another host (" + text + ")",
          KafkaOptions.BOOTSTRAP_SERVERS.key());
    }
    if (text.contains("Unsupported or unrecognized SSL message")) {
      return line(
          login,
          "the listener there speaks no TLS, and the protocol is " + login.protocol(),
          login.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
    }
    return line(login, text, login.option("ssl.*"));
  }

  private static String alert(ClientLogin login, String text) {
    if (!text.contains("certificate") && !text.contains("unknown_ca")) {
      return line(login, text, login.option(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG));
    }
    String keystore = login.option(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    return login.has(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
        ? line(login, "the broker refuses " + OwnCertificate.describe(login), keystore)
        : line(login, "the broker wants a certificate", keystore + ", which is not set");
  }

  private static String line(ClientLogin login, String why, String option) {
    return "the %s cannot talk to %s by TLS: %s; check %s"
        .formatted(login.who(), login.servers(), why, option);
  }
}
