package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.config.RegistryOptions;

/**
 * A registry before a job starts: is it there, and which ids have the schemas of the outputs?
 * Unlike readers, it gives up: at once where the login or the address is wrong, after {@link
 * #ATTEMPTS} where the registry is down. The one who makes it closes it.
 */
public final class RegistryClient implements SchemaRegistry {
  private static final int ATTEMPTS = 4;
  private static final Backoff BACKOFF = new Backoff(200, 1_000);

  private final RegistryHttp http;

  /**
   * @param options with a URL
   */
  public RegistryClient(RegistryOptions options) {
    if (options.url().isEmpty()) {
      throw new RegistryException(RegistryOptions.URL.key() + " is missing, expected a registry");
    }
    http = new RegistryHttp(options, () -> {});
  }

  private interface Question {
    Answer ask() throws NoAnswerException;
  }

  /**
   * Asks whether the registry is there and lets us in.
   *
   * @throws RegistryException if not
   */
  public void require() {
    answer(
        "",
        () -> {
          String path = "/schemas/types";
          Answer answer = http.get(path);
          if (!answer.isOk() || !answer.body().isArray()) {
            throw http.unexpected(path, answer);
          }
          return answer;
        });
  }

  @Override
  public int register(String subject, String schema) {
    String path = SchemaLookup.path(subject) + "/versions";
    Answer answer = answer("cannot register subject " + subject + ": ", () -> post(path, schema));
    if (!answer.isOk()) {
      String refused =
          answer.status() == 409
              ? "finds the schema incompatible with those of subject "
              : "refuses the schema for subject ";
      throw new RegistryException(
          "registry " + http.url() + " " + refused + subject + ": " + answer.message());
    }
    return id(answer, path);
  }

  @Override
  public int lookUp(String subject, String schema) {
    String path = SchemaLookup.path(subject);
    Answer answer = answer("cannot look up subject " + subject + ": ", () -> post(path, schema));
    if (answer.isUnknown()) {
      throw new RegistryException(
          "registry "
              + http.url()
              + " does not have the schema under subject "
              + subject
              + "; register it, or set "
              + RegistryOptions.REGISTER.key()
              + " to true");
    }
    if (!answer.isOk()) {
      throw new RegistryException(
          "registry "
              + http.url()
              + " refuses the schema for subject "
              + subject
              + ": "
              + answer.message());
    }
    return id(answer, path);
  }

  private Answer post(String path, String schema) throws NoAnswerException {
    Answer answer = http.post(path, JsonNodeFactory.instance.objectNode().put("schema", schema));
    if (answer.status() == 404 && !answer.isUnknown()) {
      throw http.unexpected(path, answer);
    }
    return answer;
  }

  private int id(Answer answer, String path) {
    JsonNode id = answer.body().path("id");
    if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() < 0) {
      throw new RegistryException(http.unexpected(path, answer).getMessage());
    }
    return id.asInt();
  }

  private Answer answer(String what, Question question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.ask();
      } catch (NoAnswerException e) {
        if (e.isMistake() || attempt == ATTEMPTS) {
          throw new RegistryException(what + e.getMessage(), e);
        }
      }
      try {
        Thread.sleep(BACKOFF.millis(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryException("interrupted while waiting for registry " + http.url(), e);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
