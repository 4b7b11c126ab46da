package dev.sluice.record;

import dev.sluice.wide.FloatLoops;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Map;

/**
 * The values of one tensor for a batch of rows, row-major: a direct buffer in native byte order for
 * numbers and booleans, an array for texts and score maps. Reused from batch to batch; grows when
 * asked for more.
 */
public final class TensorBuffer {
  private final ElementType type;
  private int rowWidth;
  private int capacity = -1;
  private ByteBuffer bytes;
  private FloatBuffer floats;
  private DoubleBuffer doubles;
  private LongBuffer longs;
  private IntBuffer ints;
  private ShortBuffer shorts;
  private String[] texts;
  private Map<String, Double>[] scores;
  private float[] copied = {};

  /**
   * @param rowWidth elements per row
   * @param rows how many rows it shall hold at first
   */
  public TensorBuffer(ElementType type, int rowWidth, int rows) {
    this.type = type;
    reserve(rowWidth, rows);
  }

  /**
   * Makes room for rows of this width; what it held before is lost if it had to grow. If there is
   * no memory for that, it stays as it was.
   */
  public void reserve(int newRowWidth, int rows) {
    int elements = Math.multiplyExact(newRowWidth, rows);
    if (elements > capacity) {
      allocate(elements);
      capacity = elements;
    }
    rowWidth = newRowWidth;
  }

  @SuppressWarnings("unchecked")
  private void allocate(int elements) {
    if (type == ElementType.STRING) {
      texts = new String[elements];
    } else if (type == ElementType.SCORES) {
      scores = (Map<String, Double>[]) new Map<?, ?>[elements];
    } else {
      bytes =
          ByteBuffer.allocateDirect(Math.multiplyExact(elements, type.bytes()))
              .order(ByteOrder.nativeOrder());
      floats = bytes.asFloatBuffer();
      doubles = bytes.asDoubleBuffer();
      longs = bytes.asLongBuffer();
      ints = bytes.asIntBuffer();
      shorts = bytes.asShortBuffer();
    }
  }

  public ElementType type() {
    return type;
  }

  /** Returns the number of elements per row. */
  public int rowWidth() {
    return rowWidth;
  }

  /** Returns the buffer from the first element of row {@code from} up to row {@code to}. */
  public ByteBuffer slice(int from, int to) {
    int rowBytes = rowWidth * type.bytes();
    return bytes.slice(from * rowBytes, (to - from) * rowBytes).order(ByteOrder.nativeOrder());
  }

  /** Returns the array of texts, element by element; only for STRING. */
  public String[] texts() {
    return texts;
  }

  public float floatAt(int element) {
    return floats.get(element);
  }

  public void setFloat(int element, float value) {
    floats.put(element, value);
  }

  /** Sets neighbouring floats, from the element on, to some of an array. */
  void setFloats(int element, float[] values, int from, int count) {
    floats.put(element, values, from, count);
  }

  /** Returns the element as a double, whatever numeric type it has; booleans are 0 or 1. */
  public double numberAt(int element) {
    switch (type) {
      case FLOAT:
        return floats.get(element);
      case DOUBLE:
        return doubles.get(element);
      case FLOAT16:
        return Float16.toFloat(shorts.get(element));
      case BFLOAT16:
        return BFloat16.toFloat(shorts.get(element));
      default:
        return longAt(element);
    }
  }

  /** Returns the element as a long; only for integers and booleans. */
  public long longAt(int element) {
    switch (type) {
      case INT64:
        return longs.get(element);
      case INT32:
        return ints.get(element);
      case INT16:
        return shorts.get(element);
      case UINT8:
        return Byte.toUnsignedInt(bytes.get(element));
      case INT8, BOOL:
        return bytes.get(element);
      default:
        throw new IllegalStateException(type + " is no integer");
    }
  }

  /** Sets a floating-point number, rounded to the nearest one of the tensor's type. */
  public void setNumber(int element, double value) {
    switch (type) {
      case FLOAT -> floats.put(element, (float) value);
      case DOUBLE -> doubles.put(element, value);
      case FLOAT16 -> shorts.put(element, Float16.of(value));
      case BFLOAT16 -> shorts.put(element, BFloat16.of(value));
      default -> throw new IllegalStateException(type + " takes no floating-point number");
    }
  }

  /**
   * Sets an integer; a floating-point tensor takes it too. Of one that does not fit, the lower bits
   * remain: validate rejects such a row.
   */
  public void setLong(int element, long value) {
    switch (type) {
      case INT64 -> longs.put(element, value);
      case INT32 -> ints.put(element, (int) value);
      case INT16 -> shorts.put(element, (short) value);
      case INT8, UINT8, BOOL -> bytes.put(element, (byte) value);
      case FLOAT -> floats.put(element, (float) value); // by way of a double, it is rounded twice
      default -> setNumber(element, value);
    }
  }

  public String textAt(int element) {
    return texts[element];
  }

  public void setText(int element, String value) {
    texts[element] = value;
  }

  /** Returns the score per class label; only for SCORES. */
  public Map<String, Double> scoresAt(int element) {
    return scores[element];
  }

  public void setScores(int element, Map<String, Double> value) {
    scores[element] = value;
  }

  /**
   * Copies the rows {@code [from, to)} of a buffer of the same type and row width to the rows from
   * {@code at} on.
   */
  public void copyRows(TensorBuffer source, int from, int to, int at) {
    int start = from * rowWidth;
    int count = (to - from) * rowWidth;
    if (type == ElementType.STRING) {
      System.arraycopy(source.texts, start, texts, at * rowWidth, count);
    } else if (type == ElementType.SCORES) {
      System.arraycopy(source.scores, start, scores, at * rowWidth, count);
    } else {
      int size = type.bytes();
      bytes.put(at * rowWidth * size, source.bytes, start * size, count * size);
    }
  }

  /**
   * Copies numbers of some rows: {@code target[i] = } element {@code offset} of {@code rows[i]}.
   */
  public void copyNumbers(int[] rows, int count, int offset, double[] target) {
    switch (type) {
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          target[i] = floats.get(rows[i] * rowWidth + offset);
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          target[i] = doubles.get(rows[i] * rowWidth + offset);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[i] = numberAt(rows[i] * rowWidth + offset);
        }
      }
    }
  }

  /** Copies numbers of the first rows: {@code target[i] = } element {@code offset} of row i. */
  void copyNumbers(int count, int offset, double[] target) {
    int at = offset;
    if (type == ElementType.FLOAT) {
      for (int i = 0; i < count; i++, at += rowWidth) {
        target[i] = floats.get(at);
      }
    } else {
      for (int i = 0; i < count; i++, at += rowWidth) {
        target[i] = numberAt(at);
      }
    }
  }

  /** Copies a float of the first rows, to a place of the target on; only for FLOAT. */
  void copyFloats(int rows, int offset, float[] target, int place) {
    int at = offset;
    for (int i = 0; i < rows; i++, at += rowWidth) {
      target[place + i] = floats.get(at);
    }
  }

  /**
   * Copies a float of the first rows but for those that are left out, in their order, without a
   * branch on which are; only for FLOAT. Returns how many it copied; behind them, in the room that
   * all would take, anything may stand.
   */
  int copyFloats(int rows, int offset, boolean[] leftOut, float[] target, int place) {
    int next = place;
    int at = offset;
    for (int i = 0; i < rows; i++, at += rowWidth) {
      target[next] = floats.get(at);
      next += leftOut[i] ? 0 : 1;
    }
    return next - place;
  }

  /** Copies a float of some rows but for those that are left out, as it does of the first ones. */
  int copyFloats(int[] rows, int count, int offset, boolean[] leftOut, float[] target, int place) {
    int next = place;
    for (int i = 0; i < count; i++) {
      target[next] = floats.get(rows[i] * rowWidth + offset);
      next += leftOut[rows[i]] ? 0 : 1;
    }
    return next - place;
  }

  /** Copies neighbouring elements, the first of them {@code from}, to {@code target} at a place. */
  void copyRow(int from, int count, double[] target, int at) {
    switch (type) {
      case FLOAT -> {
        if (copied.length < count) {
          copied = new float[count];
        }
        floats.get(from, copied, 0, count);
        FloatLoops.BEST.toDoubles(copied, target, at, count);
      }
      case DOUBLE -> doubles.get(from, target, at, count);
      default -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = numberAt(from + i);
        }
      }
    }
  }
}
