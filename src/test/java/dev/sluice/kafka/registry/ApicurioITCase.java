package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.Registries.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real registry. */
@Timeout(300)
class ApicurioITCase {
  @TempDir static Path directory;
  private static ApicurioRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    ApicurioRegistry.missing().ifPresent(why -> System.err.println("Apicurio is skipped: " + why));
    assumeTrue(ApicurioRegistry.missing().isEmpty(), () -> ApicurioRegistry.missing().get());
    registry = ApicurioRegistry.start(directory);
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void aSchemaIsFoundByItsId() throws Exception {
    Schema schema = schema("ById", "int");
    try (RegistryClient client = new RegistryClient(options());
        WriterSchemas.Reader reader = open("")) {
      client.require();
      int id = client.register("by-id", schema.toString());
      assertThat(client.register("by-id", schema.toString())).isEqualTo(id);
      assertThat(client.lookUp("by-id", schema.toString())).isEqualTo(id);
      assertThat(reader.await(id(id))).isEqualTo(new WriterSchema.Known(schema));
    }
  }

  @Test
  void aSubjectMayHaveAnyName() throws Exception {
    try (RegistryClient client = new RegistryClient(options())) {
      Schema schema = schema("Named", "int");
      int id = client.register("a b/ü?#-value", schema.toString());
      assertThat(client.lookUp("a b/ü?#-value", schema.toString())).isEqualTo(id);
    }
  }

  @Test
  void whatItRefersToIsFoundToo() throws Exception {
    try (RegistryClient client = new RegistryClient(options());
        WriterSchemas.Reader reader = open("")) {
      client.register("inner", schema("Inner", "string").toString());
      String outer =
          "{\"type\":\"record\",\"name\":\"n.Outer\",\"fields\":[{\"name\":\"i\",\"type\":\"n.Inner\"}]}";
      // The job's own schemas refer to none, so its client does not register such.
      RegistryHttp http = new RegistryHttp(options(), () -> {});
      Answer answer =
          http.post(
              "/subjects/outer/versions",
              new JsonMapper()
                  .readTree(
                      StubRegistry.body(outer)
                          .replaceFirst(
                              "\\{",
                              "{\"references\":[{\"name\":\"n.Inner\",\"subject\":\"inner\",\"version\":1}],")));
      WriterSchema found = reader.await(id(answer.body().path("id").asInt()));
      Schema.Parser parser = new Schema.Parser();
      parser.parse(schema("Inner", "string").toString());
      assertThat(found).isEqualTo(new WriterSchema.Known(parser.parse(outer)));
    }
  }

  @Test
  void anUnknownIdIsFoundOnceItIsRegistered() throws Exception {
    try (RegistryClient client = new RegistryClient(options());
        WriterSchemas.Reader reader = open("")) {
      int last = client.register("later", schema("Before", "int").toString());
      SchemaKey next = id(last + 1);
      assertThat(Registries.why(reader.await(next)))
          .isEqualTo("schema id " + (last + 1) + " is not known to registry " + registry.url());
      Schema after = schema("After", "int");
      assertThat(client.register("later-2", after.toString())).isEqualTo(last + 1);
      while (reader.known(next) != null) {
        Thread.sleep(10); // the time that an unknown one is not asked for again
      }
      assertThat(reader.await(next)).isEqualTo(new WriterSchema.Known(after));
    }
  }

  @Test
  void aFingerprintIsFoundUnderTheSubject() throws Exception {
    Schema schema = schema("Printed", "long");
    SchemaKey key =
        new SchemaKey(
            SchemaKey.Kind.FINGERPRINT, SchemaNormalization.parsingFingerprint64(schema), 0);
    try (RegistryClient client = new RegistryClient(options());
        WriterSchemas.Reader reader = open("printed")) {
      assertThat(reader.await(key)).isInstanceOf(WriterSchema.Unknown.class);
      client.register("printed", schema("Other", "int").toString());
      client.register("printed", schema.toString());
      while (reader.known(key) != null) {
        Thread.sleep(10);
      }
      assertThat(reader.await(key)).isEqualTo(new WriterSchema.Known(schema));
    }
  }

  @Test
  void itKnowsNoGuids() throws Exception {
    try (WriterSchemas.Reader reader = open("")) {
      assertThat(Registries.why(reader.await(new SchemaKey(SchemaKey.Kind.GUID, 1, 2))))
          .endsWith(" cannot be looked up: registry " + registry.url() + " knows no GUIDs");
    }
  }

  @Test
  void aKilledRegistryIsWaitedForUntilItIsBack() throws Exception {
    Schema schema = schema("Killed", "int");
    try (RegistryClient client = new RegistryClient(options());
        WriterSchemas.Reader reader = open("killed")) {
      client.register("killed", schema.toString());
      registry.kill();
      CompletableFuture<WriterSchema> answer = new CompletableFuture<>();
      SchemaKey key =
          new SchemaKey(
              SchemaKey.Kind.FINGERPRINT, SchemaNormalization.parsingFingerprint64(schema), 0);
      new Thread(
              () -> {
                try {
                  answer.complete(reader.await(key));
                } catch (InterruptedException | RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              })
          .start();
      assertThatThrownBy(() -> answer.get(3, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(reader.isWaiting()).isTrue();
      assertThatThrownBy(client::require)
          .isInstanceOf(RegistryException.class)
          .hasMessage(
              "registry "
                  + registry.url()
                  + " does not answer: ConnectException: Connection refused");

      // Its memory went with it, so the schema is unknown first, and waited for no longer.
      registry.restart();
      assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(WriterSchema.Unknown.class);
      assertThat(reader.isWaiting()).isFalse();
      client.register("killed", schema.toString());
      while (reader.known(key) != null) {
        Thread.sleep(10);
      }
      assertThat(reader.await(key)).isEqualTo(new WriterSchema.Known(schema));
    }
  }

  @Test
  void anIncompatibleSchemaIsOneLine() throws Exception {
    try (RegistryClient client = new RegistryClient(options())) {
      client.register("narrow", schema("Narrow", "int").toString());
      registry.put("/config/narrow", "{\"compatibility\":\"BACKWARD\"}");
      assertThatThrownBy(() -> client.register("narrow", schema("Narrow", "string").toString()))
          .isInstanceOf(RegistryException.class)
          .hasMessageStartingWith(
              "registry "
                  + registry.url()
                  + " finds the schema incompatible with those of subject narrow: ")
          .hasMessageEndingWith(" (409)")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatIsNotThereIsOneLine() {
    try (RegistryClient client = new RegistryClient(options())) {
      String schema = schema("Absent", "int").toString();
      String message =
          "registry %s does not have the schema under subject %s; register it, or set"
              + " registry.register to true";
      assertThatThrownBy(() -> client.lookUp("absent", schema))
          .isInstanceOf(RegistryException.class)
          .hasMessage(message, registry.url(), "absent");
      client.register("present", schema("Present", "int").toString());
      assertThatThrownBy(() -> client.lookUp("present", schema))
          .isInstanceOf(RegistryException.class)
          .hasMessage(message, registry.url(), "present");
      assertThatThrownBy(() -> client.register("damaged", "{\"type\":\"rec"))
          .isInstanceOf(RegistryException.class)
          .hasMessageStartingWith(
              "registry " + registry.url() + " refuses the schema for subject damaged: ");
    }
  }

  @Test
  void aWrongPathIsOneLine() {
    String elsewhere = registry.url().replace("ccompat", "nowhere");
    try (RegistryClient client = new RegistryClient(Registries.options(elsewhere))) {
      assertThatThrownBy(client::require)
          .isInstanceOf(RegistryException.class)
          .hasMessage(
              "registry "
                  + elsewhere
                  + " answers 404 to /schemas/types as no registry does; is registry.url the root"
                  + " of Confluent's API?");
    }
  }

  private static RegistryOptions options() {
    return Registries.options(registry.url(), "registry.unknown-ttl", "300 ms");
  }

  private static WriterSchemas.Reader open(String subject) {
    return new RegistrySchemas(options(), subject).open();
  }

  private static Schema schema(String name, String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\""
                + name
                + "\",\"namespace\":\"n\",\"fields\":[{\"name\":\"a\",\"type\":\""
                + type
                + "\"}]}");
  }
}
