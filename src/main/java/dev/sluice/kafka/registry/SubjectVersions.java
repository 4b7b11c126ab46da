package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Finds schemas of one subject by their fingerprints, which registries cannot be asked for: lists
 * the subject's versions and reads those that are new, newest first. One thread asks at a time.
 */
final class SubjectVersions {
  private final String subject;
  private final Set<Integer> read = new HashSet<>();
  private final Map<Long, Integer> versions = new HashMap<>();

  /**
   * @param subject empty if there is none: then no fingerprint is known
   */
  SubjectVersions(String subject) {
    this.subject = subject;
  }

  /**
   * Returns the schema of a fingerprint.
   *
   * @param found takes each other schema that was read on the way
   */
  synchronized WriterSchema ask(
      RegistryHttp http, long fingerprint, BiConsumer<SchemaKey, WriterSchema> found)
      throws NoAnswerException {
    SchemaLookup lookup = new SchemaLookup(http);
    Integer version = versions.get(fingerprint);
    if (version != null && lookup.version(subject, version) instanceof WriterSchema.Known known) {
      return known;
    }
    for (int next : unread(http)) {
      WriterSchema answer = lookup.version(subject, next);
      read.add(next);
      if (answer instanceof WriterSchema.Known known) {
        long its = fingerprint(known.schema());
        if (versions.putIfAbsent(its, next) == null) {
          found.accept(new SchemaKey(SchemaKey.Kind.FINGERPRINT, its, 0), known);
        }
        if (its == fingerprint) {
          return known;
        }
      }
    }
    return new WriterSchema.Unknown(
        String.format("no schema with the fingerprint %016x is known", fingerprint)
            + (subject.isEmpty()
                ? ""
                : " under the subject " + subject + " of registry " + http.url()));
  }

  private List<Integer> unread(RegistryHttp http) throws NoAnswerException {
    List<Integer> numbers = new ArrayList<>();
    if (subject.isEmpty()) {
      return numbers;
    }
    String path = SchemaLookup.path(subject) + "/versions";
    Answer answer = http.get(path);
    if (answer.isUnknown()) {
      return numbers;
    }
    if (!answer.isOk() || !answer.body().isArray()) {
      throw http.unexpected(path, answer);
    }
    for (JsonNode number : answer.body()) {
      if (!read.contains(number.asInt())) {
        numbers.add(number.asInt());
      }
    }
    numbers.sort(Collections.reverseOrder());
    return numbers;
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }
}
