package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * A schema registry that speaks as much of Confluent's REST API as a job needs. The same schema has
 * one id under all subjects, from 1; a subject takes what can read its latest schema.
 */
public final class RegistryServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";

  private final HttpServer server;
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Schema>> subjects = new LinkedHashMap<>();

  private RegistryServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port of this machine; the caller closes it. */
  public static RegistryServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RegistryServer registry = new RegistryServer(http);
    http.createContext("/", registry::answer);
    http.start();
    return registry;
  }

  /** Returns its address. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Returns the subjects in the order in which they were made. */
  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** Puts a schema under a subject, whatever it has. */
  public synchronized void put(String subject, Schema schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(schema);
  }

  private record Answer(int status, Object body) {
    static Answer error(int status, int code, String message) {
      return new Answer(status, Map.of("error_code", code, "message", message));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
      byte[] bytes = JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Answer answer(String method, String path, JsonNode body) {
    String[] parts = path.split("/"); // the first is empty
    if (method.equals("GET") && path.matches("/schemas/ids/\\d+")) {
      int id = Integer.parseInt(parts[3]);
      return id < 1 || id > schemas.size()
          ? Answer.error(404, 40403, "Schema " + id + " not found")
          : new Answer(200, Map.of("schema", schemas.get(id - 1).toString()));
    }
    if (method.equals("GET") && path.matches("/subjects/[^/]+/versions(/\\d+)?")) {
      List<Schema> versions = subjects.getOrDefault(parts[2], List.of());
      return parts.length == 4 ? numbers(parts[2], versions) : version(versions, parts);
    }
    if (method.equals("GET") && path.equals("/schemas/types")) {
      return new Answer(200, List.of("AVRO"));
    }
    if (!method.equals("POST") || !path.matches("/subjects/[^/]+(/versions)?")) {
      return Answer.error(404, 404, "HTTP 404 Not Found");
    }
    Schema schema;
    try {
      schema = new Schema.Parser().parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      return Answer.error(422, 42201, "Invalid schema");
    }
    return parts.length == 4 ? register(parts[2], schema) : lookUp(parts[2], schema);
  }

  private static Answer numbers(String subject, List<Schema> versions) {
    return versions.isEmpty()
        ? Answer.error(404, 40401, "Subject '" + subject + "' not found.")
        : new Answer(200, IntStream.rangeClosed(1, versions.size()).boxed().toList());
  }

  private Answer version(List<Schema> versions, String[] parts) {
    int number = Integer.parseInt(parts[4]);
    return number < 1 || number > versions.size()
        ? Answer.error(404, 40402, "Version " + number + " not found.")
        : new Answer(200, described(parts[2], number, versions.get(number - 1)));
  }

  private Answer register(String subject, Schema schema) {
    List<Schema> versions = subjects.getOrDefault(subject, List.of());
    if (!versions.contains(schema)) {
      try {
        new SchemaValidatorBuilder()
            .canReadStrategy()
            .validateLatest()
            .validate(schema, latestFirst(versions));
      } catch (SchemaValidationException e) {
        return Answer.error(409, 409, "Schema being registered is incompatible");
      }
      put(subject, schema);
    }
    return new Answer(200, Map.of("id", schemas.indexOf(schema) + 1));
  }

  private static List<Schema> latestFirst(List<Schema> versions) {
    List<Schema> latestFirst = new ArrayList<>(versions);
    Collections.reverse(latestFirst);
    return latestFirst;
  }

  private Answer lookUp(String subject, Schema schema) {
    if (!subjects.containsKey(subject)) {
      return Answer.error(404, 40401, "Subject '" + subject + "' not found.");
    }
    int version = subjects.get(subject).indexOf(schema) + 1;
    return version == 0
        ? Answer.error(404, 40403, "Schema not found")
        : new Answer(200, described(subject, version, schema));
  }

  private Map<String, Object> described(String subject, int version, Schema schema) {
    int id = schemas.indexOf(schema) + 1;
    return Map.of("subject", subject, "version", version, "id", id, "schema", schema.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
