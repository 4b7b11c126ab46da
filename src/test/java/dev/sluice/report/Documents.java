package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.ProfileKind;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** The documents of the sample model, read again. */
final class Documents {
  private interface Writing {
    void write(HistoryJson documents, JsonGenerator json) throws IOException;
  }

  private Documents() {}

  private static JsonNode document(History history, List<ModelCard> cards, Writing writing)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      writing.write(new HistoryJson(history, cards), json);
    }
    return new JsonMapper().readTree(text.toString());
  }

  static JsonNode overview(History history, String segment, ModelCard... cards) throws IOException {
    return document(
        history, List.of(cards), (documents, json) -> documents.overview(json, KEY, segment));
  }

  /**
   * @param key null for no model
   */
  static JsonNode overviewOf(History history, ModelKey key, String segment) throws IOException {
    return document(
        history, List.of(), (documents, json) -> documents.overview(json, key, segment));
  }

  static JsonNode segments(History history) throws IOException {
    return document(history, List.of(), (documents, json) -> documents.segments(json, KEY));
  }

  static JsonNode column(History history, ProfileKind kind, String name, ModelCard... cards)
      throws IOException {
    return columnOf(history, kind, "", name, cards);
  }

  static JsonNode columnOf(
      History history, ProfileKind kind, String segment, String name, ModelCard... cards)
      throws IOException {
    return document(
        history,
        List.of(cards),
        (documents, json) -> assertThat(documents.column(json, KEY, kind, segment, name)).isTrue());
  }
}
