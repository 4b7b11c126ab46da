package dev.sluice.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OptionReader;
import dev.sluice.config.RegistryOptions;
import dev.sluice.kafka.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What a registry is asked for. */
class SchemaIdTest {
  private static final Schema SCHEMA =
      new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"a.R\",\"fields\":[]}");

  private final List<String> asked = new ArrayList<>();

  /** A registry that takes note of what it is asked for. */
  private final SchemaRegistry registry =
      new SchemaRegistry() {
        @Override
        public int register(String subject, String schema) {
          asked.add("register " + subject + " " + schema);
          return 7;
        }

        @Override
        public int lookUp(String subject, String schema) {
          asked.add("look up " + subject);
          return 8;
        }

        @Override
        public void close() {}
      };

  private int id(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("kafka.bootstrap-servers=b:1");
    RegistryOptions options = OptionReader.client(null, all, "--set").registry();
    return SchemaId.of(registry, options, "features", SCHEMA);
  }

  @Test
  void theSchemaIsRegisteredUnderItsSubject() {
    assertThat(id()).isEqualTo(7);
    assertThat(asked).containsExactly("register features-value " + SCHEMA);
  }

  @Test
  void theOptionsNameTheSubjectAndMayForbidRegistering() {
    assertThat(id("registry.register=false", "registry.subjects=record")).isEqualTo(8);
    id("registry.register=false", "registry.subjects=topic-record");
    assertThat(asked).containsExactly("look up a.R", "look up features-a.R");
  }
}
