package dev.sluice.model.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises models in JSON by the keys of the outermost object. */
final class JsonFormats {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int MAX_KEYS = 50;

  private JsonFormats() {}

  /** Returns what the text is; nothing where it does not even begin as JSON. */
  static Optional<DetectedFormat> detect(Head head, String text) {
    List<String> keys = new ArrayList<>();
    boolean broken = !readKeys(text, keys) && head.isWhole();
    if (keys.contains("learner")) {
      return found(head, ModelFormat.XGBOOST, "JSON");
    }
    if (broken && keys.isEmpty()) {
      return Optional.empty();
    }
    return found(
        head,
        ModelFormat.JSON,
        (keys.isEmpty() ? "it has no keys" : "its keys are " + Printable.list(keys))
            + (broken ? "; it is cut off or damaged" : ""));
  }

  /** Collects the keys; returns whether the text ends where the JSON does. */
  private static boolean readKeys(String text, List<String> keys) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return true;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME && keys.size() < MAX_KEYS) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return true;
    } catch (IOException e) {
      return false; // the end of the bytes at hand, or no JSON: the keys so far are what is known
    }
  }

  private static Optional<DetectedFormat> found(Head head, ModelFormat format, String details) {
    return Optional.of(DetectedFormat.of(head.path(), format, details));
  }
}
