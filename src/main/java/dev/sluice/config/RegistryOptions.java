package dev.sluice.config;

import java.io.Serializable;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where schemas are registered and looked up, and how to log in there. */
public final class RegistryOptions implements Serializable {
  public static final ConfigOption<String> URL =
      ConfigOptions.key("registry.url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Schema registry that speaks Confluent's REST API: http:// or https://, without a"
                  + " user.");

  public static final ConfigOption<String> USER =
      ConfigOptions.key("registry.user")
          .stringType()
          .noDefaultValue()
          .withDescription("User for basic authentication at the registry.");

  public static final ConfigOption<String> PASSWORD =
      ConfigOptions.key("registry.password")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Password of registry.user; ${env:NAME}, ${file:PATH:KEY} and ${directory:PATH:FILE}"
                  + " stand for secrets kept elsewhere.");

  public static final ConfigOption<String> TOKEN =
      ConfigOptions.key("registry.token")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Bearer token for the registry, in place of a user; written like registry.password.");

  public static final ConfigOption<String> TRUSTSTORE =
      ConfigOptions.key("registry.truststore.location")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Keystore (PKCS12 or JKS) or PEM file of the certificates that the registry's may be"
                  + " signed by; else Java's own.");

  public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
      ConfigOptions.key("registry.truststore.password")
          .stringType()
          .noDefaultValue()
          .withDescription("Password of the truststore; written like registry.password.");

  public static final ConfigOption<String> KEYSTORE =
      ConfigOptions.key("registry.keystore.location")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Keystore (PKCS12 or JKS) or PEM file with the certificate and key to show to the"
                  + " registry.");

  public static final ConfigOption<String> KEYSTORE_PASSWORD =
      ConfigOptions.key("registry.keystore.password")
          .stringType()
          .noDefaultValue()
          .withDescription("Password of the keystore; written like registry.password.");

  public static final ConfigOption<Duration> TIMEOUT =
      ConfigOptions.key("registry.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Time for the registry to connect, and to answer each request, a duration.");

  public static final ConfigOption<Duration> UNKNOWN_TTL =
      ConfigOptions.key("registry.unknown-ttl")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How long a schema that the registry does not know is not asked for again, a"
                  + " duration.");

  public static final ConfigOption<Boolean> REGISTER =
      ConfigOptions.key("registry.register")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether schemas of outputs are registered at the start; else they are only looked"
                  + " up.");

  public static final ConfigOption<SubjectNames> SUBJECTS =
      ConfigOptions.key("registry.subjects")
          .enumType(SubjectNames.class)
          .defaultValue(SubjectNames.TOPIC)
          .withDescription(
              "What subjects are called, that of the features and those of what the job writes: topic"
                  + " (TOPIC-value), record or topic-record.");

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s@/?#,]+(/[^\\s@?#]*)?");

  private final String url;
  private final String user;
  private final String password;
  private final String token;
  private final String truststore;
  private final String truststorePassword;
  private final String keystore;
  private final String keystorePassword;
  private final Duration timeout;
  private final Duration unknownTtl;
  private final boolean register;
  private final SubjectNames subjects;

  private RegistryOptions(OptionValues values) {
    url = values.optional(URL).orElse(null);
    if (url != null && !isAddress(url)) {
      // Not shown: it may hold a password.
      values.problem(
          URL.key()
              + " is no address, expected http:// or https://, host, port and path, no user or"
              + " query");
    }
    user = values.optional(USER).orElse(null);
    password = values.optional(PASSWORD).orElse(null);
    token = values.optional(TOKEN).orElse(null);
    if ((user == null) != (password == null)) {
      values.problem(
          (user == null ? USER : PASSWORD).key()
              + " is missing, expected both "
              + USER.key()
              + " and "
              + PASSWORD.key()
              + ", or neither");
    }
    if (user != null && token != null) {
      values.problem(TOKEN.key() + " is given, expected either it or " + USER.key());
    }
    truststore = values.optional(TRUSTSTORE).orElse(null);
    truststorePassword = values.optional(TRUSTSTORE_PASSWORD).orElse(null);
    keystore = values.optional(KEYSTORE).orElse(null);
    keystorePassword = values.optional(KEYSTORE_PASSWORD).orElse(null);
    timeout = values.duration(TIMEOUT, "a duration of 1 ms or more", Duration.ofMillis(1));
    unknownTtl = values.duration(UNKNOWN_TTL, "a duration of 1 ms or more", Duration.ofMillis(1));
    register = values.get(REGISTER, "true or false");
    subjects = values.get(SUBJECTS, "topic, record or topic-record");
  }

  private static boolean isAddress(String url) {
    if (!ADDRESS.matcher(url).matches()) {
      return false;
    }
    try {
      return new URI(url).toURL().getPort() <= 65_535;
    } catch (URISyntaxException | MalformedURLException e) {
      return false;
    }
  }

  static RegistryOptions read(OptionValues values) {
    return new RegistryOptions(values);
  }

  static List<ConfigOption<?>> options() {
    return List.of(
        URL,
        USER,
        PASSWORD,
        TOKEN,
        TRUSTSTORE,
        TRUSTSTORE_PASSWORD,
        KEYSTORE,
        KEYSTORE_PASSWORD,
        TIMEOUT,
        UNKNOWN_TTL,
        REGISTER,
        SUBJECTS);
  }

  /** Returns the address, without a user; empty where there is no registry. */
  public Optional<String> url() {
    return Optional.ofNullable(url);
  }

  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** Returns the password as it is written: it may be a reference to where it is kept. */
  public Optional<String> password() {
    return Optional.ofNullable(password);
  }

  /** Returns the bearer token as it is written: it may be a reference to where it is kept. */
  public Optional<String> token() {
    return Optional.ofNullable(token);
  }

  public Optional<String> truststore() {
    return Optional.ofNullable(truststore);
  }

  public Optional<String> truststorePassword() {
    return Optional.ofNullable(truststorePassword);
  }

  public Optional<String> keystore() {
    return Optional.ofNullable(keystore);
  }

  public Optional<String> keystorePassword() {
    return Optional.ofNullable(keystorePassword);
  }

  /** Returns how long connecting, and each answer, may take. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns how long a schema that the registry does not know is not asked for again. */
  public Duration unknownTtl() {
    return unknownTtl;
  }

  /** Returns whether schemas of outputs are registered, and not only looked up. */
  public boolean register() {
    return register;
  }

  public SubjectNames subjects() {
    return subjects;
  }

  /** Equal options lead to the same registry in the same way. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RegistryOptions that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<Object> values() {
    return Arrays.asList(
        url,
        user,
        password,
        token,
        truststore,
        truststorePassword,
        keystore,
        keystorePassword,
        timeout,
        unknownTtl,
        register,
        subjects);
  }

  /** Returns the options for a person, no secret among them. */
  @Override
  public String toString() {
    return "RegistryOptions[url="
        + url
        + ", user="
        + user
        + ", timeout="
        + timeout
        + ", unknownTtl="
        + unknownTtl
        + ", register="
        + register
        + ", subjects="
        + subjects
        + "]";
  }
}
