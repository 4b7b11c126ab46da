package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import java.util.List;

/**
 * The model's answer for one row as JSON: a value for an output of one value per row, arrays nested
 * as the output's row shape says for one of more, an object label → score for a map of scores.
 * Numbers keep their precision: one of 32 bits stays one.
 */
final class OutputValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OutputValues() {}

  static ObjectNode of(PredictionBatch batch, int row) {
    ObjectNode outputs = NODES.objectNode();
    for (OutputTensor output : batch.outputs()) {
      outputs.set(output.name(), value(output, row));
    }
    return outputs;
  }

  private static JsonNode value(OutputTensor output, int row) {
    TensorBuffer values = output.values();
    int first = row * values.rowWidth();
    if (values.type() == ElementType.SCORES) {
      ObjectNode scores = NODES.objectNode();
      values.scoresAt(first).forEach((label, score) -> scores.set(label, score(score)));
      return scores;
    }
    return nested(values, output.rowShape(), 0, first, values.rowWidth());
  }

  /** Runtimes score in 32 bits: a score that fits into them is written as such. */
  private static JsonNode score(double score) {
    return (float) score == score ? FloatNode.valueOf((float) score) : DoubleNode.valueOf(score);
  }

  /**
   * @param width the elements below this level
   */
  private static JsonNode nested(
      TensorBuffer values, List<Integer> shape, int level, int first, int width) {
    if (level == shape.size()) {
      return element(values, first);
    }
    int size = shape.get(level);
    int step = size == 0 ? 0 : width / size;
    ArrayNode array = NODES.arrayNode(size);
    for (int i = 0; i < size; i++) {
      array.add(nested(values, shape, level + 1, first + i * step, step));
    }
    return array;
  }

  private static JsonNode element(TensorBuffer values, int element) {
    ElementType type = values.type();
    if (type == ElementType.STRING) {
      return TextNode.valueOf(values.textAt(element));
    }
    if (type == ElementType.BOOL) {
      return BooleanNode.valueOf(values.longAt(element) != 0);
    }
    if (type.isIntegral()) {
      return LongNode.valueOf(values.longAt(element));
    }
    double number = values.numberAt(element);
    return type == ElementType.DOUBLE
        ? DoubleNode.valueOf(number)
        : FloatNode.valueOf((float) number);
  }
}
