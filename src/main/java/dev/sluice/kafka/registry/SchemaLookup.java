package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Asks a registry for writer schemas: by id, by GUID, by subject and version, together with those
 * that they refer to. What the registry says for certain is an answer, that it is no Avro schema
 * too; everything else is a {@link NoAnswerException}.
 */
final class SchemaLookup {
  private static final int MAX_REFERENCES = 100;
  private static final int MAX_DEPTH = 20;

  /** A schema may have so many characters of JSON, with those that it refers to. */
  static final int MAX_CHARACTERS = 2 << 20;

  private final RegistryHttp http;

  SchemaLookup(RegistryHttp http) {
    this.http = http;
  }

  /** Asks for the schema of an id or a GUID. */
  WriterSchema ask(SchemaKey key) throws NoAnswerException {
    try {
      return switch (key.kind()) {
        case ID -> byId(key.high());
        case GUID -> byGuid(new UUID(key.high(), key.low()));
        case GIVEN, FINGERPRINT ->
            throw new IllegalArgumentException("key is " + key + ", expected an id or a GUID");
      };
    } catch (NoSchemaException e) {
      return new WriterSchema.Unknown(e.getMessage());
    }
  }

  private WriterSchema byId(long id) throws NoAnswerException, NoSchemaException {
    String what = "schema id " + id;
    if (id < 0) {
      // Damaged bytes for the most part: the registry is spared half of them.
      return new WriterSchema.Unknown(
          what + " is negative, expected the id of a registered schema");
    }
    String path = "/schemas/ids/" + id;
    Answer answer = get(what, path);
    if (!answer.isOk() && !answer.isUnknown()) {
      throw http.unexpected(path, answer);
    }
    return schema(what, path, answer);
  }

  private WriterSchema byGuid(UUID guid) throws NoAnswerException, NoSchemaException {
    String what = "schema GUID " + guid;
    String path = "/schemas/guids/" + guid;
    Answer answer = get(what, path);
    if (!answer.isOk() && !answer.isUnknown()) {
      if (!speaksTheApi()) {
        throw http.unexpected(path, answer);
      }
      return new WriterSchema.Unknown(
          what + " cannot be looked up: registry " + http.url() + " knows no GUIDs");
    }
    return schema(what, path, answer);
  }

  /** Returns whether the address is right, so that a path that is not there is no mistake. */
  private boolean speaksTheApi() throws NoAnswerException {
    Answer types = http.get("/schemas/types");
    return types.isOk() && types.body().isArray();
  }

  /** Asks for a version of a subject. */
  WriterSchema version(String subject, int version) throws NoAnswerException {
    String what = "version " + version + " of subject " + OneLine.of(subject);
    String path = path(subject, version);
    try {
      Answer answer = get(what, path);
      if (!answer.isOk() && !answer.isUnknown()) {
        throw http.unexpected(path, answer);
      }
      return schema(what, path, answer);
    } catch (NoSchemaException e) {
      return new WriterSchema.Unknown(e.getMessage());
    }
  }

  /** Asks for a schema: one that is too large to be read is none, or its records would wait. */
  private Answer get(String what, String path) throws NoAnswerException, NoSchemaException {
    try {
      return http.get(path);
    } catch (TooLargeException e) {
      throw new NoSchemaException(what + " has " + e.bound());
    }
  }

  private WriterSchema schema(String what, String path, Answer answer)
      throws NoAnswerException, NoSchemaException {
    if (answer.isUnknown()) {
      return new WriterSchema.Unknown(what + " is not known to registry " + http.url());
    }
    return known(what, parse(what, path, answer, new Parsed(), 0));
  }

  private static WriterSchema known(String what, Schema schema) throws NoSchemaException {
    WriterSchema.Known known = new WriterSchema.Known(schema);
    if (known.size() > MAX_CHARACTERS) { // what it refers to is short, but nested
      throw new NoSchemaException(what + " is no Avro schema: nested too deep");
    }
    return known;
  }

  /** What has been parsed of a schema and those that it refers to. */
  private static final class Parsed {
    final Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    final Set<String> references = new HashSet<>();
    private int characters;

    Parsed() {
      parser.setValidateDefaults(false);
    }

    Schema parse(String what, String json) throws NoSchemaException {
      characters += json.length(); // of one answer at a time, which is bounded
      if (characters > MAX_CHARACTERS) {
        throw new NoSchemaException(
            "%s has more than %d characters with all that is referred to, expected as many at most"
                .formatted(what, MAX_CHARACTERS));
      }
      try {
        return parser.parse(json);
      } catch (RuntimeException e) {
        // Not only Avro's own: an order that is none ends its parser by others.
        throw new NoSchemaException(what + " is no Avro schema: " + OneLine.of(e));
      }
    }
  }

  private Schema parse(String what, String path, Answer answer, Parsed parsed, int depth)
      throws NoAnswerException, NoSchemaException {
    JsonNode found = answer.body();
    String type = found.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new NoSchemaException(what + " is of type " + OneLine.of(type) + ", expected AVRO");
    }
    if (depth > MAX_DEPTH) {
      throw new NoSchemaException(what + " is referred to over more than " + MAX_DEPTH + " others");
    }
    JsonNode schema = found.path("schema");
    if (!schema.isTextual()) { // somebody between us and the registry answers in its place
      throw http.unexpected(path, answer);
    }
    for (JsonNode reference : found.path("references")) {
      refer(what, reference, parsed, depth);
    }
    return parsed.parse(what, schema.asText());
  }

  private void refer(String what, JsonNode reference, Parsed parsed, int depth)
      throws NoAnswerException, NoSchemaException {
    String path = path(reference.path("subject").asText(""), reference.path("version").asInt());
    if (!parsed.references.add(path)) {
      return;
    }
    String name = OneLine.of(reference.path("name").asText(""));
    if (parsed.references.size() > MAX_REFERENCES) {
      throw new NoSchemaException(what + " refers to more than " + MAX_REFERENCES + " others");
    }
    String referred = name + ", which " + what + " refers to,";
    Answer answer = get(referred, path);
    if (answer.isUnknown()) {
      throw new NoSchemaException(
          what + " refers to " + name + ", which is not known to registry " + http.url());
    }
    if (!answer.isOk()) {
      throw http.unexpected(path, answer);
    }
    parse(referred, path, answer, parsed, depth + 1);
  }

  static String path(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String path(String subject, int version) {
    return path(subject) + "/versions/" + version;
  }

  /** What the registry holds is no schema to decode by; the message says why. */
  private static final class NoSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSchemaException(String message) {
      super(message);
    }
  }
}
