package dev.sluice.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a row per line of JSON. A floating-point number has the fewest digits that read back to
 * it; what JSON has no number for is {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}.
 */
final class PredictionLines {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private final Writer out;
  private final JsonGenerator json;

  /**
   * @param out stays the caller's to flush and close
   */
  PredictionLines(Writer out) throws IOException {
    this.out = out;
    this.json =
        MAPPER
            .createGenerator(out)
            .setRootValueSeparator(null)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  void write(ScoredRow row) throws IOException {
    json.writeStartObject();
    json.writeNumberField("row", row.row());
    json.writeStringField("status", row.status().word());
    if (row.isPredicted()) {
      json.writeFieldName("outputs");
      MAPPER.writeTree(json, row.outputs());
      if (!row.warnings().isEmpty()) {
        json.writeFieldName("warnings");
        json.writeArray(row.warnings().toArray(new String[0]), 0, row.warnings().size());
      }
    } else {
      json.writeStringField("code", row.code().name());
      json.writeStringField("reason", row.reason());
    }
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }
}
