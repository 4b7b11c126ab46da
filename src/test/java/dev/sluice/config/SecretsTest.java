package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "s3cret-0d61";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "ssl.keystore.password",
        "ssl.key.password",
        "ssl.keystore.key",
        "sasl.oauthbearer.client.credentials.client.secret",
        "basic.auth.user.info",
        "schema.registry.basic.auth.user.info",
        "bearer.auth.token",
        "aws.Credentials",
        "key.passphrase",
      })
  void secretsAreKnownByTheirKeys(String key) {
    assertThat(Secrets.masked(Map.of(key, SECRET))).containsEntry(key, Secrets.MASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security.protocol",
        "sasl.mechanism",
        "ssl.truststore.location",
        "ssl.keystore.location",
        "ssl.keystore.type",
        "acks"
      })
  void othersAreShown(String key) {
    assertThat(Secrets.masked(Map.of(key, "shown"))).containsEntry(key, "shown");
  }

  @Test
  void optionsAsATextHoldNoSecret() {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "localhost:9092");
    values.put("features.schema", "a.avsc");
    values.put("model.uri", "model");
    values.put("registry.url", "https://registry");
    values.put("registry.user", "ann");
    values.put("registry.password", SECRET);
    values.put("registry.keystore.password", SECRET);
    for (String side : List.of("", "source.", "sink.")) {
      values.put("kafka." + side + "properties.sasl.jaas.config", SECRET);
      values.put("kafka." + side + "properties.basic.auth.user.info", SECRET);
    }
    JobOptions options = OptionReader.read(values);
    assertThat(options.toString()).doesNotContain(SECRET);
    assertThat(options.kafka().toString()).contains(Secrets.MASK).doesNotContain(SECRET);
    assertThat(options.registry().toString()).doesNotContain(SECRET);
  }

  @Test
  void secretsOnACommandLineAreFound() {
    assertThat(
            OptionReader.exposedSecrets(
                new String[] {
                  "--kafka.properties.sasl.jaas.config",
                  SECRET,
                  "--kafka.source.properties.ssl.key.password=" + SECRET,
                  "--registry.token=${env:TOKEN}",
                  "--kafka.properties.ssl.keystore.location=/k.p12",
                  "--kafka.group-id=sluice",
                  "stray"
                }))
        .containsExactly(
            "kafka.properties.sasl.jaas.config", "kafka.source.properties.ssl.key.password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required username=\"${env:U}\""
            + " password=\"s3cret-0d61\";",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required username=\"${env:U}\""
            + " password='s3cret-0d61';",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required username=\"${env:U}\""
            + " password=s3cret-0d61;",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required username=\"ann\""
            + " password=\"s3cret${env:P}\";",
        "--kafka.properties.sasl.jaas.config=p.OAuthBearerLoginModule required"
            + " clientId=\"${env:C}\" clientSecret=\"s3c\\\"ret\";",
        "--kafka.properties.sasl.jaas.config=p.OAuthBearerLoginModule required clientId=\"sluice\""
            + " clientSecret=\"${env:S}\" extension_token=\"s3cret-0d61\";",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required"
            + " username=\"${vault:kv/kafka:user}\" password=\"s3cret-0d61\";",
        "--kafka.properties.basic.auth.user.info=${env:U}:s3cret-0d61",
        "--kafka.properties.basic.auth.user.info=ann:s3cret-0d61",
        "--registry.token=s3cret-0d61${env:NONE}",
        "--registry.password=s3cret-0d61${",
      })
  void aSecretBesideAReferenceIsFound(String argument) {
    assertThat(OptionReader.exposedSecrets(new String[] {argument}))
        .containsExactly(argument.substring(2, argument.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kafka.properties.sasl.jaas.config=p.ScramLoginModule required username=\"ann\""
            + " password=\"${env:P}\" tokenauth=\"true\";",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required"
            + " username=\"${env:U}\" password='${file:/etc/s:p}';",
        "--kafka.properties.sasl.jaas.config=${file:/etc/s:jaas}",
        "--kafka.properties.sasl.jaas.config=p.OAuthBearerLoginModule required clientId=\"sluice\""
            + " clientSecret=\"${env:S}\" scope=\"kafka\" extension_logicalCluster='lkc-1';",
        "--kafka.properties.sasl.jaas.config=p.Krb5LoginModule required useKeyTab=true"
            + " storeKey=true keyTab=\"${env:KT}\" principal=\"sluice@EXAMPLE\""
            + " serviceName=\"kafka\";",
        "--kafka.properties.sasl.jaas.config=p.Krb5LoginModule required keyTab=\"/etc/s.keytab\""
            + " principal=\"${env:PRINCIPAL}\";",
        "--kafka.properties.sasl.jaas.config=p.PlainLoginModule required username=\"ann\""
            + " password=\"${vault:kv/kafka:pw}\";",
        "--kafka.properties.ssl.key.password=${vault:kv/kafka:pw}",
        "--kafka.properties.basic.auth.user.info=${env:U}:${env:P}",
        "--kafka.properties.basic.auth.user.info=ann:${env:P}",
        "--registry.password=${directory:/etc/s:p}",
      })
  void referencesAloneAreNoSecrets(String argument) {
    assertThat(OptionReader.exposedSecrets(new String[] {argument})).isEmpty();
  }

  @Test
  void aMessageAboutOptionsHoldsNoSecret() {
    OptionException refused =
        catchThrowableOfType(
            OptionException.class,
            () ->
                OptionReader.read(
                    new String[] {
                      "--kafka.bootstrap-servers",
                      "ann:" + SECRET + "@localhost:9092",
                      "--kafka.propertis.sasl.jaas.config",
                      SECRET,
                      "--registry.url=https://ann:" + SECRET + "@registry",
                      "--registry.pasword=" + SECRET,
                      SECRET
                    }));
    assertThat(refused.problems()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(refused.getMessage()).doesNotContain(SECRET);
  }
}
