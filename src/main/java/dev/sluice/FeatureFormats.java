package dev.sluice;

import dev.sluice.config.FormatOptions;
import dev.sluice.config.WireFormat;
import dev.sluice.decode.GivenSchemas;
import dev.sluice.decode.IncompatibleSchemaException;
import dev.sluice.decode.LogicalMeanings;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.decode.RowDecoder;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.model.verify.Findings;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** How feature records are framed, and the writer schemas that the options give. */
public final class FeatureFormats {
  private static final String SCHEMA = "features.schema";
  private static final String SCHEMAS = FormatOptions.SCHEMAS.key();
  private static final String CLASS_PATH = "classpath:";

  /** A directory with more is hardly one of schemas. */
  private static final int MAX_FILES = 10_000;

  private final WireFormat format;
  private final Schema reader;
  private final Schema given;
  private final Map<String, Schema> others;

  private FeatureFormats(
      WireFormat format, Schema reader, Schema given, Map<String, Schema> others) {
    this.format = format;
    this.reader = reader;
    this.given = given;
    this.others = others;
  }

  /**
   * Reads the schemas.
   *
   * @param reader what the layout is planned from
   * @param problems takes a line for each that cannot be read, or not be told from another
   */
  public static FeatureFormats read(FormatOptions options, Schema reader, List<String> problems) {
    Schema given = reader;
    if (!options.writerSchema().isEmpty()) {
      try {
        given = SchemaFile.read(FormatOptions.WRITER_SCHEMA.key(), options.writerSchema());
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    Map<String, Schema> others = new LinkedHashMap<>();
    for (String location : options.schemas()) {
      try {
        others.putAll(schemas(location));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    FeatureFormats formats = new FeatureFormats(options.features(), reader, given, others);
    if (formats.readsFingerprints()) {
      Map<String, Schema> all = new LinkedHashMap<>();
      all.put(SCHEMA, reader);
      all.put(FormatOptions.WRITER_SCHEMA.key(), given);
      all.putAll(others);
      checkFingerprints(all, problems);
    }
    return formats;
  }

  /** Returns whether records may name their writer's schema by its fingerprint. */
  private boolean readsFingerprints() {
    return format == WireFormat.SINGLE_OBJECT || format == WireFormat.AUTO;
  }

  private static Map<String, Schema> schemas(String location) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    if (location.startsWith(CLASS_PATH)) {
      schemas.put(location, SchemaFile.read(SCHEMAS, location));
      return schemas;
    }
    try (Fetched fetched = Fetched.of(SCHEMAS, location)) {
      try {
        for (Path file : files(fetched.path(), location)) {
          String name = fetched.named(file.toString());
          schemas.put(name, SchemaFile.read(SCHEMAS, file.toString()));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(fetched.named(e.getMessage()), e);
      }
    }
    return schemas;
  }

  private static List<Path> files(Path path, String location) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(path)) {
      files =
          entries
              .filter(file -> file.toString().endsWith(".avsc"))
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(SCHEMAS + ": cannot read " + location + ": " + e, e);
    }
    if (files.isEmpty() || files.size() > MAX_FILES) {
      throw new IllegalArgumentException(
          "%s: directory %s has %s .avsc files, expected 1 to %d"
              .formatted(
                  SCHEMAS, location, files.isEmpty() ? "no" : "more than " + MAX_FILES, MAX_FILES));
    }
    return files;
  }

  /**
   * A fingerprint leaves logical types out, and they say in which unit a time is, and where a
   * decimal has its point: where two schemas differ in them alone, nobody can tell which one a
   * record names.
   */
  private static void checkFingerprints(Map<String, Schema> schemas, List<String> problems) {
    Map<Long, String> names = new LinkedHashMap<>();
    schemas.forEach(
        (name, schema) -> {
          String other = names.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), name);
          if (other != null
              && !LogicalMeanings.of(schema).equals(LogicalMeanings.of(schemas.get(other)))) {
            problems.add(
                "%s has the fingerprint of %s, but other logical types; expected one of them"
                    .formatted(isOption(name) ? name : SCHEMAS + ": " + name, other));
          }
        });
  }

  private static boolean isOption(String name) {
    return name.equals(FormatOptions.WRITER_SCHEMA.key());
  }

  /**
   * Checks that records can be read as the reader's schema: those of the given writer all, of those
   * that name another of the given schemas as many as may be.
   *
   * @param findings takes a warning for each schema whose records will be dead letters, and for
   *     options that the format has no use for
   * @param problems takes a line for each field of the given writer's records that cannot be read
   */
  void check(
      FeatureLayout layout, String eventTimeField, Findings findings, List<String> problems) {
    if (format != WireFormat.CONFLUENT) {
      for (String line : incompatible(given, layout, eventTimeField)) {
        problems.add(
            FormatOptions.WRITER_SCHEMA.key() + " cannot be read as features.schema: " + line);
      }
    }
    if (format == WireFormat.CONFLUENT && given != reader) {
      findings.warning(unused(FormatOptions.WRITER_SCHEMA.key()));
    }
    if (!others.isEmpty() && (format == WireFormat.CONFLUENT || format == WireFormat.PLAIN)) {
      findings.warning(unused(SCHEMAS));
      return;
    }
    others.forEach(
        (name, schema) -> {
          for (String line : incompatible(schema, layout, eventTimeField)) {
            findings.warning(
                "%s: %s cannot be read as features.schema, its records will be dead letters: %s"
                    .formatted(SCHEMAS, name, line));
          }
        });
  }

  private String unused(String option) {
    return "%s is not used: %s is %s".formatted(option, FormatOptions.FEATURES.key(), format);
  }

  private List<String> incompatible(Schema writer, FeatureLayout layout, String eventTimeField) {
    try {
      RowDecoder.compile(writer, reader, layout, eventTimeField);
      return List.of();
    } catch (IncompatibleSchemaException e) {
      return e.problems();
    }
  }

  /**
   * Returns how records are decoded.
   *
   * @param registry is asked for what the options do not give
   */
  public RecordDecoding decoding(WriterSchemas registry) {
    WriterSchemas schemas = registry;
    if (readsFingerprints()) {
      List<Schema> known = new ArrayList<>(List.of(reader, given));
      known.addAll(others.values());
      schemas = new GivenSchemas(known, registry);
    }
    return new RecordDecoding(format, reader.toString(), given.toString(), schemas);
  }
}
