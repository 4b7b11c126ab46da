package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.decode.LogicalMeanings;
import dev.sluice.decode.WriterSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Finds schemas of one subject by their fingerprints, which registries cannot be asked for: lists
 * the subject's versions and reads those that are new, newest first, and all of them: a fingerprint
 * leaves logical types out, so that another version may have the same one and other units or
 * decimals, and then nobody can tell which of them a record names. One thread asks at a time.
 */
final class SubjectVersions {
  private final String subject;
  private final Set<Integer> read = new HashSet<>();

  /** By fingerprint and version: a fingerprint of what its logical types mean. */
  private final Map<Long, NavigableMap<Integer, Long>> versions = new HashMap<>();

  private boolean isListRead;

  /**
   * @param subject empty if there is none: then no fingerprint is known
   */
  SubjectVersions(String subject) {
    this.subject = subject;
  }

  /** Returns the schema of a fingerprint, unknown where several versions could be meant. */
  synchronized WriterSchema ask(RegistryHttp http, long fingerprint) throws NoAnswerException {
    SchemaLookup lookup = new SchemaLookup(http);
    if (isListRead && versions.containsKey(fingerprint)) {
      WriterSchema answer = answer(http, lookup, fingerprint);
      if (answer instanceof WriterSchema.Known) {
        return answer;
      }
      forget(fingerprint); // versions may have been deleted
    }
    isListRead = false; // also where the registry does not answer on the way
    for (int next : unread(http)) {
      read(lookup, next);
    }
    isListRead = true;
    return answer(http, lookup, fingerprint);
  }

  private void forget(long fingerprint) {
    read.removeAll(versions.remove(fingerprint).keySet());
  }

  private void read(SchemaLookup lookup, int number) throws NoAnswerException {
    if (lookup.version(subject, number) instanceof WriterSchema.Known known) {
      versions
          .computeIfAbsent(
              SchemaNormalization.parsingFingerprint64(known.schema()), f -> new TreeMap<>())
          .put(number, meanings(known.schema()));
    }
    read.add(number);
  }

  private WriterSchema answer(RegistryHttp http, SchemaLookup lookup, long fingerprint)
      throws NoAnswerException {
    NavigableMap<Integer, Long> same = versions.get(fingerprint);
    if (same == null) {
      return unknown(http, fingerprint);
    }
    int newest = same.lastKey();
    for (Map.Entry<Integer, Long> other : same.descendingMap().entrySet()) {
      if (!other.getValue().equals(same.get(newest))) {
        return ambiguous(fingerprint, newest, other.getKey());
      }
    }
    return lookup.version(subject, newest);
  }

  private WriterSchema ambiguous(long fingerprint, int version, int other) {
    return new WriterSchema.Unknown(
        "schema fingerprint %016x is that of versions %d and %d of subject %s, which have other logical types; expected one of them"
            .formatted(fingerprint, version, other, OneLine.of(subject)));
  }

  private WriterSchema unknown(RegistryHttp http, long fingerprint) {
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

  private static long meanings(Schema schema) {
    String meanings = String.join("\n", LogicalMeanings.inReading(schema));
    return SchemaNormalization.fingerprint64(meanings.getBytes(StandardCharsets.UTF_8));
  }
}
