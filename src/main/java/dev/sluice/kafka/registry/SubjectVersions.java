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
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Finds schemas of one subject by their fingerprints, which registries cannot be asked for: lists
 * the subject's versions and reads those that are new, newest first, and all of them: a fingerprint
 * leaves logical types out, so that another version may have the same one and other units or
 * decimals, and then nobody can tell which of them a record names. One thread asks at a time.
 */
final class SubjectVersions {
  /** The place of the other version where there is none; versions count from 1. */
  private static final int NONE = 0;

  private final String subject;
  private final Set<Integer> read = new HashSet<>();
  private final Map<Long, Version> versions = new HashMap<>();
  private boolean isListRead;

  /**
   * A version that has been read.
   *
   * @param meanings a fingerprint of what its logical types mean
   * @param other a version of the same fingerprint and other meanings
   */
  private record Version(int number, long meanings, int other) {
    Version besides(Version another) {
      return other != NONE || meanings == another.meanings
          ? this
          : new Version(number, meanings, another.number);
    }
  }

  /**
   * @param subject empty if there is none: then no fingerprint is known
   */
  SubjectVersions(String subject) {
    this.subject = subject;
  }

  /** Returns the schema of a fingerprint, unknown where several versions could be meant. */
  synchronized WriterSchema ask(RegistryHttp http, long fingerprint) throws NoAnswerException {
    SchemaLookup lookup = new SchemaLookup(http);
    Version version = versions.get(fingerprint);
    if (isListRead && version != null) {
      WriterSchema answer = answer(lookup, fingerprint, version);
      if (answer instanceof WriterSchema.Known || version.other != NONE) {
        return answer;
      }
      versions.remove(fingerprint); // it has been deleted
    }
    isListRead = false; // also where the registry does not answer on the way
    for (int next : unread(http)) {
      read(lookup, next);
    }
    isListRead = true;
    version = versions.get(fingerprint);
    return version == null ? unknown(http, fingerprint) : answer(lookup, fingerprint, version);
  }

  private void read(SchemaLookup lookup, int number) throws NoAnswerException {
    if (lookup.version(subject, number) instanceof WriterSchema.Known known) {
      Version version = new Version(number, meanings(known.schema()), NONE);
      versions.merge(
          SchemaNormalization.parsingFingerprint64(known.schema()), version, Version::besides);
    }
    read.add(number);
  }

  private WriterSchema answer(SchemaLookup lookup, long fingerprint, Version version)
      throws NoAnswerException {
    if (version.other == NONE) {
      return lookup.version(subject, version.number);
    }
    return new WriterSchema.Unknown(
        "schema fingerprint %016x is that of versions %d and %d of subject %s, which have other logical types; expected one of them"
            .formatted(fingerprint, version.number, version.other, OneLine.of(subject)));
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
    String meanings = String.join("\n", LogicalMeanings.of(schema));
    return SchemaNormalization.fingerprint64(meanings.getBytes(StandardCharsets.UTF_8));
  }
}
