package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.KafkaOptions;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * A client as messages speak of it.
 *
 * @param who what it is to a person: {@code consumer of topic features}
 */
record ClientLogin(ClientSide side, String who, KafkaOptions kafka) {
  ClientLogin {
    requireNonNull(side, "side is null");
    requireNonNull(who, "who is null");
    requireNonNull(kafka, "kafka is null");
  }

  Map<String, String> properties() {
    return side.properties(kafka);
  }

  String servers() {
    return kafka.bootstrapServers();
  }

  /** Returns the option that sets a property. */
  String option(String property) {
    return side.option(kafka, property);
  }

  boolean has(String property) {
    return !properties().getOrDefault(property, "").isBlank();
  }

  String protocol() {
    return properties()
        .getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
        .toUpperCase(Locale.ROOT);
  }

  String mechanism() {
    return properties()
        .getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
  }

  /** Returns whose rights count, by the option that says so: {@code the user of …}. */
  String principal() {
    if (protocol().startsWith("SASL")) {
      return "the user of " + option(SaslConfigs.SASL_JAAS_CONFIG);
    }
    if (protocol().equals("SSL") && has(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)) {
      return "the certificate in " + option(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    }
    return "nobody, since "
        + option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
        + " is "
        + protocol();
  }
}
