package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said before the start where brokers and clients do not trust each other: one line. */
class SecurityITCase {
  private static final List<String> OUTPUTS =
      List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms");
  private static final String PRODUCER = "the producer for topics " + String.join(", ", OUTPUTS);
  private static final String CONSUMER = "the consumer of topic features";
  private static final String WRONG = "wrong-7d1c0f";
  private static final String JAAS = "sasl.jaas.config";

  @TempDir static Path directory;
  private static SecureKafka kafka;

  @BeforeAll
  static void start() {
    kafka = SecureKafka.start(directory);
    try (Topics topics = Topics.connect(kafka.openAddress())) {
      topics.create(List.of("features"), 1);
      topics.create(OUTPUTS, 1);
    }
    for (String everything : List.of("all", SecureKafka.ENVIRONMENT_USER, "CN=client")) {
      kafka.allowSource(everything, "features", "sluice");
      OUTPUTS.forEach(output -> kafka.allowSinks(everything, output, "sluice:"));
    }
    kafka.allowSource("source", "features", "sluice");
    OUTPUTS.forEach(output -> kafka.allowSinks("sinks", output, "sluice:"));
    kafka.allowLooking("looker", "features");
    kafka.allow("reader", ResourceType.TOPIC, "features", PatternType.LITERAL, AclOperation.READ);
    OUTPUTS.forEach(output -> kafka.allowLooking("writer", output));
    kafka.allow(
        "writer", ResourceType.TOPIC, "predictions", PatternType.LITERAL, AclOperation.WRITE);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /** Options of a job, the properties of all its clients at one listener. */
  private static Map<String, String> options(String listener, Map<String, String> properties) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", address(listener));
    options.put("features.schema", "unused");
    options.put("model.uri", "unused");
    options.put("kafka.group-id", "sluice");
    options.put("delivery.transactional-id-prefix", "sluice");
    options.put("delivery.guarantee", "exactly-once");
    properties.forEach((name, value) -> options.put("kafka.properties." + name, value));
    return options;
  }

  private static String address(String listener) {
    return listener.equals("PLAINTEXT") ? kafka.openAddress() : kafka.address(listener);
  }

  private static Map<String, String> plain(String user) {
    return options("SASL", kafka.sasl("PLAIN", user, SecureKafka.PASSWORD));
  }

  private static void check(Map<String, String> options) {
    KafkaStart.check(OptionReader.read(options));
  }

  /** Returns the lines that the check fails with; none holds a secret, nor does a cause. */
  private static List<String> refusal(Map<String, String> options) {
    JobOptions read = OptionReader.read(options);
    TopicException refused =
        catchThrowableOfType(TopicException.class, () -> KafkaStart.check(read));
    assertThat(refused).as("the check passed").isNotNull();
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage()))
          .doesNotContain(SecureKafka.PASSWORD, Certificates.PASSWORD, WRONG);
    }
    return refused.getMessage().lines().toList();
  }

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

  @Test
  void whoSeesNoTopicIsToldWhich() {
    assertThat(refusal(plain("blind")))
        .containsExactly(noRight(CONSUMER, "DESCRIBE topic features", ""));
    Map<String, String> options = plain("blind");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "source", SecureKafka.PASSWORD));
    assertThat(refusal(options))
        .containsExactly(noRight(PRODUCER, "DESCRIBE topics " + String.join(", ", OUTPUTS), ""));
  }

  @Test
  void whoMayNotReadIsToldSo() {
    Map<String, String> options = plain("sinks");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "looker", SecureKafka.PASSWORD));
    assertThat(refusal(options))
        .containsExactly(
            noRight(CONSUMER, "READ topic features", "source."),
            noRight(CONSUMER, "READ group sluice", "source."));
  }

  @Test
  void whoMayNotCommitOffsetsIsToldSo() {
    Map<String, String> options = plain("sinks");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "reader", SecureKafka.PASSWORD));
    assertThat(refusal(options)).containsExactly(noRight(CONSUMER, "READ group sluice", "source."));
    options.put("kafka.source.properties.commit.offsets.on.checkpoint", "false");
    check(options);
  }

  @Test
  void whoMayNotWriteIsToldEachTopic() {
    Map<String, String> options = plain("source");
    options.put(
        "kafka.sink.properties." + JAAS, SecureKafka.jaas("PLAIN", "writer", SecureKafka.PASSWORD));
    options.put("delivery.guarantee", "at-least-once");
    assertThat(refusal(options))
        .containsExactlyElementsOf(
            OUTPUTS.stream()
                .filter(output -> !output.equals("predictions"))
                .map(output -> noRight(PRODUCER, "WRITE topic " + output, "sink."))
                .toList());
  }

  @Test
  void whoMayNotUseTransactionsIsToldSo() {
    Map<String, String> options = plain("all");
    options.put("delivery.transactional-id-prefix", "another");
    assertThat(refusal(options))
        .containsExactlyElementsOf(
            OUTPUTS.stream()
                .map(
                    output ->
                        noRight(
                            PRODUCER,
                            "WRITE transactional ids that begin with another:" + output,
                            ""))
                .toList());
    options.put("delivery.guarantee", "at-least-once");
    check(options);
  }

  private static String noRight(String who, String what, String side) {
    return "%s has no right to %s at %s; check the ACLs of the user of kafka.%sproperties.%s"
        .formatted(who, what, address("SASL"), side, JAAS);
  }

  @Test
  void secretsComeFromFilesAndTheEnvironment() throws IOException {
    Path file = Files.writeString(directory.resolve("secrets"), "password=" + SecureKafka.PASSWORD);
    Path single = Files.writeString(directory.resolve("password"), SecureKafka.PASSWORD);
    check(sasl("all", "${file:" + file + ":password}"));
    check(sasl("all", "${directory:" + directory + ":" + single.getFileName() + "}"));
    check(sasl(SecureKafka.ENVIRONMENT_USER, "${env:" + SecureKafka.ENVIRONMENT_VARIABLE + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "${env:NO_SUCH_VARIABLE}, but NO_SUCH_VARIABLE is not set",
    "${file:DIRECTORY/other:password}, but password is not in that file",
    "${file:password}, expected a path between two colons",
    "${vault:a:b}, 'expected ${env:NAME}, ${file:PATH:KEY} or ${directory:PATH:FILE}'",
  })
  void aReferenceThatLeadsNowhereIsNamed(String reference, String problem) throws IOException {
    Files.writeString(directory.resolve("other"), "another=" + SecureKafka.PASSWORD);
    String given = reference.replace("DIRECTORY", directory.toString());
    assertThat(refusal(sasl("all", given)))
        .containsExactly(
            CONSUMER + ": kafka.properties.sasl.jaas.config refers to " + given + ", " + problem);
  }

  @Test
  void aReferenceToNoFileIsNamed() {
    assertThat(refusal(sasl("all", "${file:/no/such:password}")))
        .singleElement()
        .asString()
        .startsWith(
            CONSUMER
                + ": kafka.properties.sasl.jaas.config refers to ${file:/no/such:password}, which"
                + " cannot be read: ")
        .contains("/no/such");
  }

  private static Map<String, String> sasl(String user, String password) {
    return options("SASLTLS", saslTls("PLAIN", user, password));
  }

  private static Map<String, String> saslTls(String mechanism, String user, String password) {
    Map<String, String> properties = kafka.tls(null);
    properties.putAll(kafka.sasl(mechanism, user, password));
    properties.put("security.protocol", "SASL_SSL");
    return properties;
  }
}
