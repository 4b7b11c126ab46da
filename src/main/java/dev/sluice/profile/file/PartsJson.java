package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The parts of a baseline as JSON. Their columns are written without what is that of the whole, and
 * are given it again when they are read.
 */
final class PartsJson {
  /** What a part's column has from the whole's; the expectations are not its own, either. */
  private static final List<String> OF_THE_WHOLE =
      List.of("valueType", "scaleExponent", "gridEdges", "massEdges");

  private static final String EXPECTATIONS = "expectations";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PartsJson() {}

  /**
   * @param column writes a column in full
   */
  static ArrayNode toJson(List<ProfilePart> parts, Function<ColumnProfile, ObjectNode> column) {
    ArrayNode json = NODES.arrayNode();
    for (ProfilePart part : parts) {
      ObjectNode object = json.addObject();
      object.put("kind", part.kind().name());
      if (!part.field().isEmpty()) {
        object.put("field", part.field());
      }
      object.put("value", part.value());
      object.put("rows", part.rows());
      object.set("columns", columns(part.columns(), column));
      object.set("outputs", columns(part.outputs(), column));
    }
    return json;
  }

  private static ArrayNode columns(
      List<ColumnProfile> profiles, Function<ColumnProfile, ObjectNode> column) {
    ArrayNode json = NODES.arrayNode();
    for (ColumnProfile profile : profiles) {
      ObjectNode object = column.apply(profile);
      object.remove(OF_THE_WHOLE);
      object.remove(EXPECTATIONS);
      json.add(object);
    }
    return json;
  }

  /**
   * Reads the parts of a profile.
   *
   * @param whole the profile without them
   * @param json that of the profile
   */
  static List<ProfilePart> read(JsonFields fields, DataProfile whole, JsonNode json) {
    return fields.objects("parts", part -> part(part, whole, json));
  }

  private static ProfilePart part(JsonFields fields, DataProfile whole, JsonNode json) {
    ProfilePart part =
        fields.build(
            () ->
                new ProfilePart(
                    fields.oneOf("kind", PartKind.class),
                    field(fields, whole),
                    fields.text("value"),
                    fields.count("rows"),
                    columns(fields, "columns", whole.columns(), json),
                    columns(fields, "outputs", whole.outputs(), json)));
    fields.finish();
    return part;
  }

  /** Files of before it was written say nothing of it. */
  private static String field(JsonFields fields, DataProfile whole) {
    String field = fields.has("field") ? fields.text("field") : "";
    if (!field.isEmpty() && whole.column(field).isEmpty()) {
      throw fields.failureAt("field", field, "a column of the profile");
    }
    return field;
  }

  private static List<ColumnProfile> columns(
      JsonFields fields, String key, List<ColumnProfile> whole, JsonNode json) {
    List<ColumnProfile> columns = new ArrayList<>();
    fields.objects(
        key,
        column -> {
          int index = columns.size();
          if (index == whole.size()) {
            throw fields.failureAt(key, "longer", whole.size() + " long, like that of the whole");
          }
          columns.add(column(column, whole.get(index), json.get(key).get(index)));
          return null;
        });
    if (columns.size() < whole.size()) {
      throw fields.failureAt(
          key, columns.size() + " long", whole.size() + ", like that of the whole");
    }
    return columns;
  }

  private static ColumnProfile column(JsonFields fields, ColumnProfile whole, JsonNode json) {
    String name = fields.text("name");
    if (!name.equals(whole.name())) {
      throw fields.failureAt("name", name, whole.name() + ", as in the whole");
    }
    ObjectNode full = NODES.objectNode();
    for (String key : OF_THE_WHOLE) {
      if (json.has(key)) {
        full.set(key, json.get(key));
      }
    }
    full.set(EXPECTATIONS, NODES.arrayNode());
    return ColumnReader.read(fields.with(full), new ExpectationReader(false));
  }
}
