package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas of {@code schemas/} and those of the last release read each other's records: a
 * consumer may be older than the job, or younger.
 */
class SchemaCompatibilityTest {
  private static final Path SCHEMAS = Path.of("schemas");
  private static final Path RELEASED = Path.of("src/test/resources/schemas/released");
  private static final SchemaValidator VALIDATOR =
      new SchemaValidatorBuilder().mutualReadStrategy().validateLatest();

  static List<String> released() throws IOException {
    try (Stream<Path> files = Files.list(RELEASED)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".avsc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theReleaseHadTheTopicsOfTheJob() throws IOException {
    assertThat(released())
        .contains("Alarm.avsc", "DataProfile.avsc", "DeadLetter.avsc", "Prediction.avsc");
  }

  @ParameterizedTest
  @MethodSource("released")
  void aSchemaReadsItsReleaseAndIsReadByIt(String name) throws Exception {
    requireCompatible(
        parse(Files.readString(SCHEMAS.resolve(name))),
        parse(Files.readString(RELEASED.resolve(name))));
  }

  /** What a change of a schema may break, each made in the text of a schema as it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Prediction.avsc | {\"name\": \"offset\", \"type\": \"long\" | {\"name\": \"offset\", \"type\": \"int\"",
        "Prediction.avsc | {\"name\": \"topic\", \"type\": \"string\" | {\"name\": \"source\", \"type\": \"string\"",
        "Prediction.avsc | \"fields\": [ | \"fields\": [{\"name\": \"added\", \"type\": \"int\"},",
        "DeadLetter.avsc | \"FAILED\"] | \"FAILED\", \"LOST\"]",
        "Alarm.avsc | timestamp-millis | timestamp-micros",
      })
  void aChangeThatBreaksReadersIsRefused(String name, String from, String to) throws IOException {
    String released = Files.readString(RELEASED.resolve(name));
    String changed = released.replaceFirst(Pattern.quote(from), to);
    assertThat(changed).isNotEqualTo(released);

    assertThatThrownBy(() -> requireCompatible(parse(changed), parse(released)))
        .isInstanceOf(SchemaValidationException.class);
  }

  @Test
  void aFieldWithADefaultIsNone() throws Exception {
    String released = Files.readString(RELEASED.resolve("Prediction.avsc"));
    String changed =
        released.replaceFirst(
            "\"fields\": \\[",
            "\"fields\": [{\"name\": \"added\", \"type\": \"int\", \"default\": 0},");
    assertThat(changed).isNotEqualTo(released);

    requireCompatible(parse(changed), parse(released));
  }

  private static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  private static void requireCompatible(Schema schema, Schema released)
      throws SchemaValidationException {
    VALIDATOR.validate(schema, List.of(released));
    requireReads(schema, released);
    requireReads(released, schema);
    requireSameMeaning(schema, released, new HashSet<>());
  }

  /** The validator lets a symbol pass that a reader's enumeration does not have; this does not. */
  private static void requireReads(Schema reader, Schema writer) throws SchemaValidationException {
    if (SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      throw new SchemaValidationException(reader, writer);
    }
  }

  /** Avro compares no logical types: milliseconds would be read as microseconds. */
  private static void requireSameMeaning(Schema schema, Schema released, Set<String> seen)
      throws SchemaValidationException {
    if (schema.getType() != released.getType()) {
      return; // Avro's validator has decided on it
    }
    if (schema.getLogicalType() == null
        ? released.getLogicalType() != null
        : !schema.getLogicalType().equals(released.getLogicalType())) {
      throw new SchemaValidationException(schema, released);
    }
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          for (Schema.Field field : schema.getFields()) {
            Schema.Field before = released.getField(field.name());
            if (before != null) {
              requireSameMeaning(field.schema(), before.schema(), seen);
            }
          }
        }
      }
      case ARRAY -> requireSameMeaning(schema.getElementType(), released.getElementType(), seen);
      case MAP -> requireSameMeaning(schema.getValueType(), released.getValueType(), seen);
      case UNION -> {
        TreeMap<String, Schema> before = new TreeMap<>();
        released.getTypes().forEach(branch -> before.put(branch.getFullName(), branch));
        for (Schema branch : schema.getTypes()) {
          if (before.containsKey(branch.getFullName())) {
            requireSameMeaning(branch, before.get(branch.getFullName()), seen);
          }
        }
      }
      default -> {
        // a primitive type, or one without parts
      }
    }
  }
}
