package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What a registry answers.
 *
 * @param status the HTTP status: 200 to 299, or 400 to 499 without those of a login
 * @param body its JSON; a missing node where an error has none
 */
record Answer(int status, JsonNode body) {
  /** Subject, version, schema not found. */
  private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

  boolean isOk() {
    return status < 300;
  }

  /** Returns whether the registry itself says that it does not know what it was asked for. */
  boolean isUnknown() {
    return status == 404 && NOT_FOUND.contains(body.path("error_code").asInt());
  }

  /** Returns what the registry says about an error. */
  String message() {
    String message = body.path("message").asText("");
    return message.isEmpty() ? "status " + status : OneLine.of(message) + " (" + status + ")";
  }
}
