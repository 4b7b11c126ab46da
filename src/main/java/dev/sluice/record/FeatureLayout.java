package dev.sluice.record;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/**
 * Which features are decoded, and which input of the model each goes to. Columns that no input
 * takes are carried beside the tensors: for the data profile, segments and pass-through.
 */
public final class FeatureLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<FeatureColumn> columns;
  private final List<InputTensor> inputs;
  private final int[] elementOffsets;
  private final int elements;

  /**
   * @throws IllegalArgumentException if an input names a column that is not there, or its columns
   *     do not have as many elements as one of its rows
   */
  public FeatureLayout(List<FeatureColumn> columns, List<InputTensor> inputs) {
    this.columns = List.copyOf(columns);
    this.inputs = List.copyOf(inputs);
    this.elementOffsets = new int[columns.size()];
    int offset = 0;
    for (int i = 0; i < columns.size(); i++) {
      elementOffsets[i] = offset;
      offset += columns.get(i).width();
    }
    this.elements = offset;
    for (InputTensor input : inputs) {
      int width = 0;
      for (int column : input.columns()) {
        width += this.columns.get(column).width();
      }
      if (width != input.rowWidth()) {
        throw new IllegalArgumentException(
            "model input "
                + input.name()
                + " gets "
                + width
                + " values per record, expected "
                + input.rowWidth());
      }
    }
  }

  public List<FeatureColumn> columns() {
    return columns;
  }

  public List<InputTensor> inputs() {
    return inputs;
  }

  /** Returns the index of the column's first element within a {@link FeatureRow}. */
  public int elementOffset(int column) {
    return elementOffsets[column];
  }

  /** Returns the number of elements of a row, array features counted in full. */
  public int elements() {
    return elements;
  }

  /** Returns the index of the named column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the columns of a type that no input takes without loss, increasing. */
  public List<Integer> columnsWithoutInput(ElementType type) {
    BitSet left = new BitSet();
    for (int column = 0; column < columns.size(); column++) {
      left.set(column, columns.get(column).type() == type);
    }
    for (InputTensor input : inputs) {
      if (input.type().holds(type)) {
        input.columns().forEach(left::clear);
      }
    }
    return left.stream().boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureLayout that
        && columns.equals(that.columns)
        && inputs.equals(that.inputs);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + inputs.hashCode();
  }
}
