package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.kafka.registry.RegistryException;
import dev.sluice.kafka.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import org.apache.avro.Schema;

/** Asks a registry over HTTP, as a foreign program would. */
final class HttpRegistry implements SchemaRegistry {
  private static final JsonMapper JSON = new JsonMapper();

  private final String url;

  HttpRegistry(String url) {
    this.url = url;
  }

  @Override
  public int register(String subject, String schema) {
    return post("/subjects/" + subject + "/versions", subject, schema);
  }

  @Override
  public int lookUp(String subject, String schema) {
    return post("/subjects/" + subject, subject, schema);
  }

  /** Holds nothing. */
  @Override
  public void close() {}

  /** Returns the schema of an id. */
  Schema schema(int id) {
    return new Schema.Parser()
        .parse(ask("/schemas/ids/" + id, "id " + id, null).path("schema").asText());
  }

  private int post(String path, String subject, String schema) {
    return ask(path, "subject " + subject, Map.of("schema", schema)).path("id").asInt();
  }

  private JsonNode ask(String path, String what, Map<String, String> body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + path).toURL().openConnection();
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
        connection.getOutputStream().write(JSON.writeValueAsBytes(body));
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        JsonNode answer = JSON.readTree(in);
        if (status >= 400) {
          throw new RegistryException(
              "registry %s, %s: %d %s"
                  .formatted(url, what, status, answer.path("message").asText()));
        }
        return answer;
      }
    } catch (IOException e) {
      throw new RegistryException("registry " + url + " does not answer", e);
    }
  }
}
