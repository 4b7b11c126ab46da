package dev.sluice.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Up to {@code capacity} validated feature rows, stored as the model's input tensors. Columns that
 * no input takes, or none without loss, lie in tensors of their own. A reused buffer, owned by the
 * batching stage: valid until that stage's next row.
 */
public final class FeatureBatch {
  private static final int[] NONE = {};

  private final FeatureLayout layout;
  private final int capacity;
  private final TensorBuffer[] tensors;
  private final FloatScalars scalars;
  private final FloatBlock[] blocks;
  private final Placement[] placements;
  private final ColumnView[] views;
  private final int[] missing; // columns of the row at hand
  private final int[] padded;
  private final EncodedRecord[] sources;
  private final long[] eventTimes;
  private final List<List<Violation>> warnings;
  private final int[][] evaluated;
  private final List<Tombstone> tombstones = new ArrayList<>();
  private int size;
  private boolean anyNoted;
  private int[] lastEvaluated = NONE;

  /**
   * A record without a value, between two rows.
   *
   * @param row the number of rows before it
   * @param source the record
   */
  public record Tombstone(int row, EncodedRecord source) {}

  /** Where a column's elements go. */
  private record Placement(
      int column, int element, ElementType from, TensorBuffer to, int offset, int width) {}

  public FeatureBatch(FeatureLayout layout, int capacity) {
    this.layout = layout;
    this.capacity = capacity;
    int columns = layout.columns().size();
    this.sources = new EncodedRecord[capacity];
    this.eventTimes = new long[capacity];
    this.warnings = new ArrayList<>();
    this.evaluated = new int[capacity][];
    for (int i = 0; i < capacity; i++) {
      warnings.add(List.of());
    }
    this.views = new ColumnView[columns];
    this.missing = new int[columns];
    this.padded =
        IntStream.range(0, columns).filter(i -> layout.columns().get(i).isPadded()).toArray();
    this.tensors = new TensorBuffer[layout.inputs().size()];
    List<Integer> scalarColumns = new ArrayList<>();
    List<TensorBuffer> scalarTensors = new ArrayList<>();
    List<FloatBlock> floats = new ArrayList<>();
    List<Placement> places = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      InputTensor input = layout.inputs().get(i);
      tensors[i] = new TensorBuffer(input.type(), input.rowWidth(), capacity);
      boolean scalar = FloatScalars.fits(layout, input);
      boolean block = !scalar && FloatBlock.fits(layout, input);
      if (scalar) {
        scalarColumns.add(input.columns().get(0));
        scalarTensors.add(tensors[i]);
      } else if (block) {
        floats.add(new FloatBlock(layout, input, tensors[i]));
      }
      int offset = 0;
      for (int column : input.columns()) {
        Placement place = place(column, tensors[i], offset);
        if (!scalar && !block) {
          places.add(place);
        }
        offset += layout.columns().get(column).width();
      }
    }
    List<Integer> rest = layout.columnsWithoutInput(ElementType.FLOAT);
    if (!rest.isEmpty()) {
      floats.add(floatBlock(rest));
    }
    for (int column = 0; column < columns; column++) {
      if (views[column] == null) {
        FeatureColumn feature = layout.columns().get(column);
        places.add(place(column, new TensorBuffer(feature.type(), feature.width(), capacity), 0));
      }
    }
    this.scalars = new FloatScalars(layout, scalarColumns, scalarTensors);
    this.blocks = floats.toArray(new FloatBlock[0]);
    this.placements = places.toArray(new Placement[0]);
  }

  /** Returns what copies columns of floats that no input takes to one tensor of their own. */
  private FloatBlock floatBlock(List<Integer> columns) {
    int width = columns.stream().mapToInt(i -> layout.columns().get(i).width()).sum();
    TensorBuffer tensor = new TensorBuffer(ElementType.FLOAT, width, capacity);
    int offset = 0;
    for (int column : columns) {
      place(column, tensor, offset);
      offset += layout.columns().get(column).width();
    }
    return new FloatBlock(
        layout, new InputTensor("", ElementType.FLOAT, List.of(width), columns), tensor);
  }

  private Placement place(int column, TensorBuffer tensor, int offset) {
    FeatureColumn feature = layout.columns().get(column);
    if (views[column] == null && tensor.type().holds(feature.type())) {
      views[column] = new ColumnView(feature, tensor, offset, capacity);
    }
    return new Placement(
        column, layout.elementOffset(column), feature.type(), tensor, offset, feature.width());
  }

  /**
   * Copies a row in.
   *
   * @throws IllegalStateException if the batch is full
   */
  public void append(FeatureRow row) {
    if (size == capacity) {
      throw new IllegalStateException("batch is full at " + capacity + " rows");
    }
    int missingCount = row.findMissing(missing);
    for (int i = 0; i < missingCount; i++) {
      views[missing[i]].setMissing(size);
    }
    for (int column : padded) {
      views[column].setLength(size, row.length(column));
    }
    scalars.put(row, size, missing, missingCount);
    for (FloatBlock block : blocks) {
      block.put(row, size, missing, missingCount);
    }
    for (Placement place : placements) {
      int target = size * place.to.rowWidth() + place.offset;
      if (row.isMissing(place.column)) {
        putMissing(place, target);
      } else {
        put(place, row, target);
      }
    }
    sources[size] = row.source();
    eventTimes[size] = row.eventTime();
    note(row);
    size++;
  }

  /** Stores only what changes: a reference put into an old object costs a fence. */
  private void note(FeatureRow row) {
    List<Violation> violations =
        row.violations().isEmpty() ? List.of() : List.copyOf(row.violations());
    if (warnings.get(size) != violations) {
      warnings.set(size, violations);
    }
    int[] expectations = row.evaluated(lastEvaluated);
    if (expectations != lastEvaluated) {
      lastEvaluated = expectations;
    }
    if (evaluated[size] != expectations) {
      evaluated[size] = expectations;
    }
    anyNoted |= !violations.isEmpty() || row.evaluatedCount() > 0;
  }

  /** Adds a record without a value behind the rows there are; it takes none of the capacity. */
  public void appendTombstone(EncodedRecord source) {
    appendTombstone(size, source);
  }

  /** Adds a record without a value behind so many rows, and behind the tombstones there are. */
  public void appendTombstone(int row, EncodedRecord source) {
    tombstones.add(new Tombstone(row, source));
  }

  private static void put(Placement place, FeatureRow row, int target) {
    if (place.from.isFloating()) {
      for (int i = 0; i < place.width; i++) {
        place.to.setNumber(target + i, row.doubleAt(place.element + i));
      }
    } else if (place.from == ElementType.STRING) {
      for (int i = 0; i < place.width; i++) {
        place.to.setText(target + i, row.textAt(place.element + i));
      }
    } else {
      for (int i = 0; i < place.width; i++) {
        place.to.setLong(target + i, row.longAt(place.element + i));
      }
    }
  }

  private static void putMissing(Placement place, int target) {
    for (int i = 0; i < place.width; i++) {
      if (place.to.type().isFloating()) {
        place.to.setNumber(target + i, Double.NaN);
      } else if (place.to.type() == ElementType.STRING) {
        place.to.setText(target + i, "");
      } else {
        place.to.setLong(target + i, 0); // never read by a model: validate rejects such a row
      }
    }
  }

  /**
   * Copies the input tensors of the rows {@code [from, to)} of a batch with the same inputs over
   * those from {@code at} on, and nothing else of them: neither sources nor missing flags, and the
   * size stays.
   */
  public void copyInputs(FeatureBatch source, int from, int to, int at) {
    for (int i = 0; i < tensors.length; i++) {
      tensors[i].copyRows(source.tensors[i], from, to, at);
    }
  }

  /** Copies a row out again: what a serializer needs where a batch crosses a network. */
  public void copyRow(int index, FeatureRow target) {
    target.reset(sources[index]);
    target.setEventTime(eventTimes[index]);
    target.violations().addAll(warnings.get(index));
    for (int expectation : evaluated[index]) {
      target.addEvaluated(expectation);
    }
    for (int column = 0; column < views.length; column++) {
      FeatureColumn feature = layout.columns().get(column);
      if (views[column].isMissing(index)) {
        continue;
      }
      target.setMissing(column, false);
      target.setLength(column, views[column].length(index));
      for (int i = 0; i < feature.width(); i++) {
        int element = layout.elementOffset(column) + i;
        if (feature.type().isFloating()) {
          target.setDouble(element, views[column].numberAt(index, i));
        } else if (feature.type() == ElementType.STRING) {
          target.setText(element, views[column].textAt(index, i));
        } else if (views[column].type().isIntegral()) {
          target.setLong(element, views[column].longAt(index, i));
        } else {
          target.setLong(element, (long) views[column].numberAt(index, i));
        }
      }
    }
  }

  /** Empties the batch. */
  public void clear() {
    Arrays.fill(sources, 0, size, null);
    for (ColumnView view : views) {
      view.clearMissing(size);
    }
    tombstones.clear();
    anyNoted = false;
    size = 0;
  }

  public FeatureLayout layout() {
    return layout;
  }

  /** Returns the number of rows it can hold. */
  public int capacity() {
    return capacity;
  }

  /** Returns the number of rows it holds. */
  public int size() {
    return size;
  }

  /** Returns whether it holds neither rows nor tombstones. */
  public boolean isEmpty() {
    return size == 0 && tombstones.isEmpty();
  }

  /** Returns the records without a value in their places; a live list that is not to be changed. */
  public List<Tombstone> tombstones() {
    return tombstones;
  }

  /** Returns the tensor of the model input at this index of {@link FeatureLayout#inputs()}. */
  public TensorBuffer tensor(int input) {
    return tensors[input];
  }

  /** Returns the column at this index of {@link FeatureLayout#columns()}. */
  public ColumnView column(int column) {
    return views[column];
  }

  /** Returns the record that the row was decoded from. */
  public EncodedRecord source(int row) {
    return sources[row];
  }

  /** Returns the row's event time in milliseconds since the epoch. */
  public long eventTime(int row) {
    return eventTimes[row];
  }

  /** Returns whether any row has violations or expectations noted to be about it. */
  public boolean hasNotes() {
    return anyNoted;
  }

  /** Returns the row's violations, usually none; critical ones only where they reject no row. */
  public List<Violation> warnings(int row) {
    return warnings.get(row);
  }

  /**
   * Returns the expectations noted to be about the row, see {@link FeatureRow#addEvaluated}; for a
   * row after another that has the same, the same array. Not to be changed.
   */
  public int[] evaluated(int row) {
    return evaluated[row];
  }
}
