package dev.sluice.profile.file;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/**
 * Lays JSON out so that a person can read it and a diff stays small: keys in the order given, two
 * spaces per level, arrays of plain values on one line or, where they are longer, ten to a line; a
 * {@link OneLine} object on one line. Doubles are the shortest text that reads back the same, on
 * every JDK.
 */
final class JsonLayout {
  private static final int ONE_LINE = 20;
  private static final int PER_LINE = 10;

  /** An object of a few plain values that belong together. */
  @SuppressWarnings("unchecked") // what ObjectNode inherits
  static final class OneLine extends ObjectNode {
    private static final long serialVersionUID = 1L;

    OneLine() {
      super(JsonNodeFactory.instance);
    }
  }

  private final StringBuilder text = new StringBuilder();

  private JsonLayout() {}

  static String layOut(JsonNode node) {
    JsonLayout layout = new JsonLayout();
    layout.append(node, 0);
    return layout.text.append('\n').toString();
  }

  private void append(JsonNode node, int level) {
    if (node.isObject()) {
      appendObject(node, level);
    } else if (node.isArray()) {
      appendArray(node, level);
    } else if (node.isDouble()) {
      text.append(NumberOutput.toString(node.doubleValue(), true));
    } else {
      text.append(node);
    }
  }

  private void appendObject(JsonNode object, int level) {
    if (object.isEmpty()) {
      text.append("{}");
      return;
    }
    boolean oneLine = object instanceof OneLine;
    text.append('{');
    Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!oneLine) {
        startLine(level + 1);
      }
      text.append(TextNode.valueOf(field.getKey())).append(": ");
      append(field.getValue(), level + 1);
      text.append(fields.hasNext() ? oneLine ? ", " : "," : "");
    }
    if (!oneLine) {
      startLine(level);
    }
    text.append('}');
  }

  private void appendArray(JsonNode array, int level) {
    boolean plain = array.isEmpty() || array.get(0).isValueNode();
    boolean oneLine = plain && array.size() <= ONE_LINE;
    int perLine = plain ? PER_LINE : 1;
    text.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (!oneLine && i % perLine == 0) {
        startLine(level + 1);
      }
      append(array.get(i), level + 1);
      boolean last = i == array.size() - 1;
      boolean endsLine = last || !oneLine && (i + 1) % perLine == 0;
      text.append(last ? "" : endsLine ? "," : ", ");
    }
    if (!oneLine) {
      startLine(level);
    }
    text.append(']');
  }

  private void startLine(int level) {
    text.append('\n').append("  ".repeat(level));
  }
}
