package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.BlockVariation;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** How a column varies with time, as JSON; left out where it was not measured. */
final class VariationJson {
  private static final String KEY = "variation";

  /** Far beyond any baseline, and yet of milliseconds that fit into 64 bits. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private VariationJson() {}

  static void put(List<BlockVariation> variation, ObjectNode json) {
    if (variation.isEmpty()) {
      return;
    }
    ArrayNode array = json.putArray(KEY);
    for (BlockVariation blocks : variation) {
      ObjectNode line = new JsonLayout.OneLine();
      line.put("block", blocks.lengthText());
      line.put("blocks", blocks.blocks());
      line.put("psi", blocks.psi());
      line.put("missingShare", blocks.missingShare());
      line.put("flatShare", blocks.flatShare());
      array.add(line);
    }
  }

  static List<BlockVariation> read(JsonFields fields) {
    List<BlockVariation> variation =
        fields.has(KEY) ? fields.objects(KEY, VariationJson::blocks) : List.of();
    for (int i = 1; i < variation.size(); i++) {
      if (variation.get(i).length().compareTo(variation.get(i - 1).length()) <= 0) {
        throw fields.failureAt(
            KEY + "[" + i + "].block",
            variation.get(i).lengthText(),
            "longer blocks than before, " + variation.get(i - 1).lengthText());
      }
    }
    return variation;
  }

  private static BlockVariation blocks(JsonFields fields) {
    BlockVariation blocks =
        fields.build(
            () ->
                new BlockVariation(
                    length(fields),
                    fields.count("blocks"),
                    fields.number("psi"),
                    fields.number("missingShare"),
                    fields.number("flatShare")));
    fields.finish();
    return blocks;
  }

  private static Duration length(JsonFields fields) {
    String text = fields.text("block");
    try {
      Duration length = Duration.parse(text);
      if (length.compareTo(LONGEST) <= 0) {
        return length;
      }
    } catch (DateTimeParseException e) {
      throw fields.failureAt("block", text, "a duration such as PT1H or P7D");
    }
    throw fields.failureAt("block", text, "at most " + LONGEST.toDays() + " days");
  }
}
