package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said before the start where brokers and clients do not trust each other: one line. */
class SecurityITCase extends SecurityChecks {
  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
  void aRightLoginPasses(String mechanism) {
    check(options("SASL", kafka.sasl(mechanism, "all", SecureKafka.PASSWORD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
  void aWrongPasswordIsOneLine(String mechanism) {
    assertThat(refusal(options("SASL", kafka.sasl(mechanism, "all", WRONG))))
        .containsExactly(
            CONSUMER
                + " cannot log in at "
                + address("SASL")
                + ": wrong user or password ("
                + mechanism
                + "); check kafka.properties.sasl.jaas.config");
  }

  @Test
  void aWrongPasswordOfTheSinksAloneNamesThem() {
    Map<String, String> options = plain("all");
    options.put("kafka.sink.properties." + JAAS, SecureKafka.jaas("PLAIN", "all", WRONG));
    assertThat(refusal(options))
        .containsExactly(
            PRODUCER
                + " cannot log in at "
                + address("SASL")
                + ": wrong user or password (PLAIN); check kafka.sink.properties.sasl.jaas.config");
  }

  @Test
  void sourceAndSinksMayHaveLoginsOfTheirOwn() {
    Map<String, String> options = plain("blind");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "source", SecureKafka.PASSWORD));
    options.put(
        "kafka.sink.properties." + JAAS, SecureKafka.jaas("PLAIN", "sinks", SecureKafka.PASSWORD));
    check(options);
  }

  @Test
  void aMechanismThatTheBrokerLacksIsNamed() {
    Map<String, String> properties = kafka.sasl("SCRAM-SHA-512", "all", SecureKafka.PASSWORD);
    properties.put("sasl.mechanism", "SCRAM-SHA-256");
    assertThat(refusal(options("SASL", properties)))
        .singleElement()
        .asString()
        .startsWith(CONSUMER + " cannot log in at " + address("SASL") + ": ")
        .contains("'SCRAM-SHA-256' not enabled in the server, enabled mechanisms are [")
        .endsWith("]; check kafka.properties.sasl.mechanism");
  }

  @Test
  void aListenerWithoutSaslOrTlsIsSaid() {
    assertThat(refusal(options("PLAINTEXT", kafka.sasl("PLAIN", "all", SecureKafka.PASSWORD))))
        .containsExactly(
            CONSUMER
                + " cannot log in at "
                + address("PLAINTEXT")
                + ": the listener there takes no SASL, and the protocol is SASL_PLAINTEXT; check"
                + " kafka.properties.security.protocol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SASL", "TLS"})
  void aClientWithoutSecurityGetsNoAnswer(String listener) {
    assertThat(refusal(options(listener, Map.of())))
        .containsExactly(
            "no broker at "
                + address(listener)
                + " answered within 10 s to "
                + CONSUMER
                + "; check kafka.bootstrap-servers, and whether the listener there speaks"
                + " PLAINTEXT, as kafka.properties.security.protocol says");
  }

  @Test
  void aBrokerOfAnUnknownAuthorityIsNotTrusted() {
    Map<String, String> properties = kafka.tls("client");
    properties.put("ssl.truststore.location", kafka.certificates().trustNobody().toString());
    assertThat(refusal(options("TLS", properties)))
        .containsExactly(
            tls("TLS")
                + "the broker's certificate is signed by none that are trusted here; check"
                + " kafka.properties.ssl.truststore.location");

    properties.keySet().removeIf(name -> name.startsWith("ssl.truststore"));
    assertThat(refusal(options("TLS", properties)))
        .containsExactly(
            tls("TLS")
                + "the broker's certificate is signed by none that are trusted here; check"
                + " kafka.properties.ssl.truststore.location, which is not set");
  }

  @Test
  void aBrokerOfAnotherNameIsNotTrusted() {
    assertThat(refusal(options("ELSEWHERE", kafka.tls("client"))))
        .containsExactly(
            tls("ELSEWHERE")
                + "the broker's certificate is of another host (No subject alternative names"
                + " matching IP address 127.0.0.1 found); check kafka.bootstrap-servers");
  }

  @Test
  void anExpiredBrokerIsNotTrusted() {
    assertThat(refusal(options("EXPIRED", kafka.tls("client"))))
        .singleElement()
        .asString()
        .startsWith(tls("EXPIRED") + "the broker's certificate is out of date (NotAfter: ")
        .endsWith("); check it, or kafka.bootstrap-servers");
  }

  @Test
  void aRightCertificatePasses() {
    check(options("TLS", kafka.tls("client")));
  }

  @Test
  void anExpiredCertificateIsOneLine() {
    assertThat(refusal(options("TLS", kafka.tls("expired"))))
        .singleElement()
        .asString()
        .startsWith(
            tls("TLS") + "the broker refuses the certificate of CN=expired, which expired at ")
        .endsWith("; check kafka.properties.ssl.keystore.location");
  }

  @Test
  void anUnknownCertificateIsOneLine() {
    assertThat(refusal(options("TLS", kafka.tls("unknown"))))
        .singleElement()
        .asString()
        .startsWith(
            tls("TLS")
                + "the broker refuses the certificate of CN=unknown, issued by CN=unknown, valid"
                + " until ")
        .endsWith("; check kafka.properties.ssl.keystore.location");
  }

  @Test
  void aMissingCertificateIsOneLine() {
    assertThat(refusal(options("TLS", kafka.tls(null))))
        .containsExactly(
            tls("TLS")
                + "the broker wants a certificate; check"
                + " kafka.properties.ssl.keystore.location, which is not set");
  }

  private static String tls(String listener) {
    return CONSUMER + " cannot talk to " + address(listener) + " by TLS: ";
  }

  @ParameterizedTest
  @CsvSource({
    "ssl.keystore.location, /no/such.p12, '/no/such.p12 does not exist; check"
        + " kafka.properties.ssl.keystore.location'",
    "ssl.truststore.location, /no/such.p12, '/no/such.p12 does not exist; check"
        + " kafka.properties.ssl.truststore.location'",
    "ssl.keystore.password, wrong-7d1c0f, 'KEYSTORE does not open: its password is wrong or"
        + " missing; check kafka.properties.ssl.keystore.password'",
    "ssl.truststore.password, wrong-7d1c0f, 'TRUSTSTORE does not open: its password is wrong or"
        + " missing; check kafka.properties.ssl.truststore.password'",
  })
  void anImpossiblePropertyIsOneLine(String name, String value, String line) {
    Map<String, String> properties = kafka.tls("client");
    String expected =
        line.replace("TRUSTSTORE", properties.get("ssl.truststore.location"))
            .replace("KEYSTORE", properties.get("ssl.keystore.location"));
    properties.put(name, value);
    assertThat(refusal(options("TLS", properties)))
        .containsExactly(CONSUMER + " cannot be made: " + expected);
  }

  @Test
  void anImpossibleProtocolIsOneLine() {
    assertThat(refusal(options("TLS", Map.of("security.protocol", "TLS"))))
        .singleElement()
        .asString()
        .startsWith(
            CONSUMER + " cannot be made: Invalid value TLS for configuration security.protocol")
        .endsWith("; check kafka.properties.security.protocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong-7d1c0f",
        "org.apache.kafka.common.security.plain.PlainLoginModule username=\"u\""
            + " password=\"wrong-7d1c0f\";",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=u"
            + " password=a wrong-7d1c0f;",
        "no.such.Module required password=\"wrong-7d1c0f\";",
      })
  void aLoginThatCannotBeReadIsNotQuoted(String jaas) {
    Map<String, String> options = plain("all");
    options.put("kafka.properties." + JAAS, jaas);
    assertThat(refusal(options))
        .containsExactly(
            CONSUMER
                + " cannot read its login, expected the class of a login module, required,"
                + " NAME=\"VALUE\" and a semicolon; check kafka.properties.sasl.jaas.config");
  }

  @Test
  void aMissingLoginIsSaid() {
    Map<String, String> options = plain("all");
    options.remove("kafka.properties." + JAAS);
    assertThat(refusal(options))
        .containsExactly(
            CONSUMER
                + " has no login, though its protocol is SASL_PLAINTEXT; set"
                + " kafka.properties.sasl.jaas.config");
  }
}
