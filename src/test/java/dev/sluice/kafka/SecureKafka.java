package dev.sluice.kafka;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that trusts nobody: by SASL, with and without TLS, and by certificates, with ACLs. At
 * its first listener alone everybody may do everything, for a test to prepare and to look.
 */
public final class SecureKafka implements AutoCloseable {
  /** The password of all users; unique, so that it can be looked for wherever it must not be. */
  public static final String PASSWORD = "user-" + UUID.randomUUID();

  /** A user by PLAIN whose password is the value of this environment variable. */
  public static final String ENVIRONMENT_USER = "environment";

  public static final String ENVIRONMENT_VARIABLE = "PATH";

  /** Users by PLAIN and SCRAM-SHA-512; what they may do is the tests' business. */
  private static final List<String> USERS =
      List.of("source", "sinks", "all", "blind", "looker", "reader", "asker", "writer");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long ASK_AGAIN_MILLIS = 20;
  private static final String MODULES = "org.apache.kafka.common.security.";

  private final EmbeddedKafka kafka;
  private final Certificates certificates;

  private SecureKafka(EmbeddedKafka kafka, Certificates certificates) {
    this.kafka = kafka;
    this.certificates = certificates;
  }

  public static SecureKafka start(Path directory) {
    Path stores = directory.resolve("stores");
    try {
      Files.createDirectories(stores);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Certificates certificates = new Certificates(stores);
    return new SecureKafka(
        EmbeddedKafka.start(
            new BrokerSettings(
                Optional.of(directory.resolve("broker")),
                0,
                properties(certificates),
                USERS.stream()
                    .flatMap(
                        user ->
                            List.of(
                                "--add-scram",
                                "SCRAM-SHA-512=[name=" + user + ",password=" + PASSWORD + "]")
                                .stream())
                    .toList())),
        certificates);
  }

  private static Map<String, String> properties(Certificates certificates) {
    Map<String, String> properties = new HashMap<>();
    Map<String, String> protocols =
        Map.of(
            "SASL", "SASL_PLAINTEXT",
            "SASLTLS", "SASL_SSL",
            "TLS", "SSL",
            "ELSEWHERE", "SSL",
            "EXPIRED", "SSL");
    StringBuilder listeners =
        new StringBuilder("PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}");
    StringBuilder map = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    protocols.forEach(
        (name, protocol) -> {
          listeners.append("," + name + "://127.0.0.1:{port:" + name + "}");
          map.append("," + name + ":" + protocol);
        });
    properties.put("listeners", listeners.toString());
    properties.put("listener.security.protocol.map", map.toString());
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
    StringBuilder plain = new StringBuilder(MODULES + "plain.PlainLoginModule required");
    USERS.forEach(user -> plain.append(" user_" + user + "=\"" + PASSWORD + "\""));
    plain.append(" user_" + ENVIRONMENT_USER + "=\"" + System.getenv(ENVIRONMENT_VARIABLE) + "\";");
    for (String listener : List.of("sasl", "sasltls")) {
      String prefix = "listener.name." + listener + ".";
      properties.put(prefix + "plain.sasl.jaas.config", plain.toString());
      properties.put(
          prefix + "scram-sha-512.sasl.jaas.config", MODULES + "scram.ScramLoginModule required;");
    }
    stores(certificates, certificates.trust(), "broker").forEach(properties::put);
    properties.put("listener.name.tls.ssl.client.auth", "required");
    for (String name : List.of("elsewhere", "expired")) {
      properties.put(
          "listener.name." + name + ".ssl.keystore.location", certificates.store(name).toString());
    }
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS");
    return properties;
  }

  private static Map<String, String> stores(
      Certificates certificates, Path trust, String keystore) {
    Map<String, String> properties = new HashMap<>();
    properties.put("ssl.truststore.location", trust.toString());
    properties.put("ssl.truststore.type", "PKCS12");
    properties.put("ssl.truststore.password", Certificates.PASSWORD);
    if (keystore != null) {
      properties.put("ssl.keystore.location", certificates.store(keystore).toString());
      properties.put("ssl.keystore.type", "PKCS12");
      properties.put("ssl.keystore.password", Certificates.PASSWORD);
    }
    return properties;
  }

  /** Returns the address of the listener at which everybody may do everything. */
  public String openAddress() {
    return kafka.bootstrapServers();
  }

  /**
   * Returns the address of a listener: SASL, SASLTLS, TLS (with certificates of clients), or
   * ELSEWHERE and EXPIRED, whose own certificates are wrong.
   */
  public String address(String listener) {
    return kafka.address(listener);
  }

  public Certificates certificates() {
    return certificates;
  }

  /** Returns client properties for a login by user and password. */
  public Map<String, String> sasl(String mechanism, String user, String password) {
    return new HashMap<>(
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            mechanism,
            "sasl.jaas.config",
            jaas(mechanism, user, password)));
  }

  public static String jaas(String mechanism, String user, String password) {
    String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return "%s%s required username=\"%s\" password=\"%s\";"
        .formatted(MODULES, module, user, password);
  }

  /** Returns client properties for TLS; the keystore's name may be null for none. */
  public Map<String, String> tls(String keystore) {
    Map<String, String> properties = stores(certificates, certificates.trust(), keystore);
    properties.put("security.protocol", "SSL");
    return properties;
  }

  /** Allows what a source needs. */
  public void allowSource(String principal, String topic, String group) {
    allow(principal, ResourceType.TOPIC, topic, PatternType.LITERAL, READ);
    allow(principal, ResourceType.GROUP, group, PatternType.LITERAL, READ);
  }

  /** Allows what sinks need whose topics and transactional ids begin alike. */
  public void allowSinks(String principal, String topics, String transactionalIds) {
    allow(principal, ResourceType.TOPIC, topics, PatternType.PREFIXED, WRITE);
    allow(principal, ResourceType.TRANSACTIONAL_ID, transactionalIds, PatternType.PREFIXED, WRITE);
  }

  public void allowLooking(String principal, String topic) {
    allow(principal, ResourceType.TOPIC, topic, PatternType.PREFIXED, DESCRIBE);
  }

  /** Allows operations; the broker goes by it when this returns. */
  public void allow(
      String principal,
      ResourceType type,
      String name,
      PatternType pattern,
      AclOperation... operations) {
    List<AclBinding> rights =
        Arrays.stream(operations)
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(
                            "User:" + principal, "*", operation, AclPermissionType.ALLOW)))
            .toList();
    try (Admin admin = admin()) {
      admin.createAcls(rights).all().get();
      awaitLoaded(admin, rights);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("cannot allow " + principal + " " + name, e);
    }
  }

  /**
   * A broker takes a moment, when busy seconds, to load what the controller has taken. It describes
   * the rights that it goes by.
   */
  private static void awaitLoaded(Admin admin, List<AclBinding> rights)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (!admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(rights)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "not loaded within " + PATIENCE.toSeconds() + " s: " + rights);
      }
      Thread.sleep(ASK_AGAIN_MILLIS);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", (Object) openAddress()));
  }

  @Override
  public void close() {
    kafka.close();
  }
}
