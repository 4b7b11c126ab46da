package dev.sluice.encode;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.Map;

/** Writes one output of one row as the record {@code Output} of {@code Prediction.avsc}. */
final class OutputValueWriter {
  // Branches of the union "value", in the order of the schema.
  private static final int FIRST_ARRAY = 6;
  private static final int SCORES = 12;

  private final AvroBuffer head = new AvroBuffer();
  private final byte[] nameAndShape;
  private final OutputTensor output;
  private final int branch;

  OutputValueWriter(OutputTensor output) {
    this.output = output;
    head.writeText(output.name());
    if (!output.rowShape().isEmpty()) {
      head.writeLong(output.rowShape().size());
      output.rowShape().forEach(head::writeInt);
    }
    head.writeLong(0);
    this.nameAndShape = head.toBytes();
    this.branch =
        switch (output.values().type().published()) {
          case BOOL -> 0;
          case INT32 -> 1;
          case INT64 -> 2;
          case FLOAT -> 3;
          case DOUBLE -> 4;
          case STRING -> 5;
          case SCORES -> SCORES;
          default -> throw new IllegalStateException(output + " is not published");
        };
  }

  boolean isFor(OutputTensor tensor) {
    return output == tensor;
  }

  void write(int row, AvroBuffer out) {
    TensorBuffer values = output.values();
    int width = values.rowWidth();
    int first = row * width;
    out.writeRaw(nameAndShape);
    if (branch == SCORES) {
      out.writeLong(SCORES);
      writeScores(values.scoresAt(first), out);
    } else if (output.rowShape().isEmpty()) {
      out.writeLong(branch);
      writeElement(values, first, out);
    } else {
      out.writeLong(FIRST_ARRAY + branch);
      if (width > 0) {
        out.writeLong(width);
        for (int i = 0; i < width; i++) {
          writeElement(values, first + i, out);
        }
      }
      out.writeLong(0);
    }
  }

  private static void writeElement(TensorBuffer values, int element, AvroBuffer out) {
    ElementType type = values.type();
    switch (type) {
      case BOOL -> out.writeBoolean(values.longAt(element) != 0);
      case INT64, INT32, INT16, INT8, UINT8 -> out.writeLong(values.longAt(element));
      case FLOAT16, BFLOAT16 -> out.writeFloat((float) values.numberAt(element));
      case FLOAT -> out.writeFloat(values.floatAt(element));
      case DOUBLE -> out.writeDouble(values.numberAt(element));
      case STRING -> out.writeText(values.textAt(element));
      default -> throw new IllegalStateException(type + " is no element");
    }
  }

  private static void writeScores(Map<String, Double> scores, AvroBuffer out) {
    if (!scores.isEmpty()) {
      out.writeLong(scores.size());
      for (Map.Entry<String, Double> score : scores.entrySet()) {
        out.writeText(score.getKey());
        out.writeDouble(score.getValue());
      }
    }
    out.writeLong(0);
  }
}
