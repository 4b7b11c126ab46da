package dev.sluice.profile;

import dev.sluice.record.ElementName;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model's outputs become columns of a profile. One value per row is the column {@code name};
 * up to {@value #MAX_COLUMNS} values per row are the columns {@code name[0]}, {@code name[1]}, …;
 * more are pooled in the one column {@code name}; scores per class label are the columns {@code
 * name[label]}, pooled likewise. Names and buffers are kept from batch to batch; not thread-safe.
 */
public final class OutputColumns {
  /** The most columns that one output is spread over. */
  public static final int MAX_COLUMNS = 64;

  /** Takes the values of one column; the arrays are reused after the call. */
  public interface Visitor {
    /** Is told of each output before its columns come; {@code index} is its place in the batch. */
    default void output(int index, OutputTensor output) {}

    /**
     * Takes the first {@code count} numbers; a pooled column comes several times per batch.
     *
     * @param type the type in which they are published
     * @param rows the row of the batch that each is from, never decreasing
     */
    void numbers(String column, ElementType type, int[] rows, double[] values, int count);

    /**
     * Takes the first {@code count} texts; null where the model gave none.
     *
     * @param rows the row of the batch that each is from, never decreasing
     */
    void texts(String column, int[] rows, String[] values, int count);
  }

  /** The numbers gathered for one class label. */
  private static final class LabelColumn {
    private final String name;
    private double[] values = {};
    private int[] rows = {};
    private int count;

    LabelColumn(String name) {
      this.name = name;
    }

    void add(int row, double value, int capacity) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.max(capacity, 2 * count));
        rows = Arrays.copyOf(rows, values.length);
      }
      rows[count] = row;
      values[count++] = value;
    }
  }

  private final Map<String, String[]> names = new HashMap<>();
  private final Map<String, Map<String, LabelColumn>> labels = new HashMap<>();
  private double[] numbers = {};
  private String[] texts = {};

  /** Visits every output's columns for the first {@code count} of these rows, all predicted. */
  public void forEach(PredictionBatch batch, int[] rows, int count, Visitor visitor) {
    if (count == 0) {
      return;
    }
    for (int output = 0; output < batch.outputs().size(); output++) {
      OutputTensor tensor = batch.outputs().get(output);
      visitor.output(output, tensor);
      switch (tensor.values().type()) {
        case SCORES -> visitScores(tensor, rows, count, visitor);
        case STRING -> visitTexts(tensor, rows, count, visitor);
        default -> visitNumbers(tensor, rows, count, visitor);
      }
    }
  }

  private void visitNumbers(OutputTensor tensor, int[] rows, int count, Visitor visitor) {
    TensorBuffer values = tensor.values();
    if (numbers.length < count) {
      numbers = new double[count];
    }
    String[] columns = columnNames(tensor.name(), values.rowWidth());
    for (int element = 0; element < columns.length; element++) {
      values.copyNumbers(rows, count, element, numbers);
      visitor.numbers(columns[element], values.type().published(), rows, numbers, count);
    }
  }

  private void visitTexts(OutputTensor tensor, int[] rows, int count, Visitor visitor) {
    TensorBuffer values = tensor.values();
    if (texts.length < count) {
      texts = new String[count];
    }
    String[] columns = columnNames(tensor.name(), values.rowWidth());
    for (int element = 0; element < columns.length; element++) {
      for (int i = 0; i < count; i++) {
        texts[i] = values.textAt(rows[i] * values.rowWidth() + element);
      }
      visitor.texts(columns[element], rows, texts, count);
    }
  }

  private void visitScores(OutputTensor tensor, int[] rows, int count, Visitor visitor) {
    TensorBuffer values = tensor.values();
    Map<String, LabelColumn> columns =
        labels.computeIfAbsent(tensor.name(), name -> new LinkedHashMap<>());
    for (int i = 0; i < count; i++) {
      for (int element = 0; element < values.rowWidth(); element++) {
        Map<String, Double> scores = values.scoresAt(rows[i] * values.rowWidth() + element);
        gather(tensor.name(), rows[i], scores, columns, count);
      }
    }
    for (LabelColumn column : columns.values()) {
      if (column.count > 0) {
        visitor.numbers(column.name, ElementType.DOUBLE, column.rows, column.values, column.count);
        column.count = 0;
      }
    }
  }

  private static void gather(
      String output,
      int row,
      Map<String, Double> scores,
      Map<String, LabelColumn> columns,
      int capacity) {
    boolean pooled = scores.size() > MAX_COLUMNS;
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      String label = pooled ? null : score.getKey();
      LabelColumn column = columns.get(label);
      if (column == null) {
        column = new LabelColumn(pooled ? output : output + "[" + label + "]");
        columns.put(label, column);
      }
      column.add(row, score.getValue(), capacity);
    }
  }

  private String[] columnNames(String output, int width) {
    String[] known = names.get(output);
    if (known == null || known.length != width) {
      known = new String[width];
      for (int element = 0; element < width; element++) {
        known[element] =
            width == 1 || width > MAX_COLUMNS ? output : ElementName.of(output, element);
      }
      names.put(output, known);
    }
    return known;
  }
}
