package dev.sluice.record;

/** The type of one element of a feature column or tensor. */
public enum ElementType {
  /** 32-bit IEEE 754; NaN stands for missing in a tensor. */
  FLOAT(4, Float.MAX_VALUE),
  /** 64-bit IEEE 754; NaN stands for missing in a tensor. */
  DOUBLE(8, Double.MAX_VALUE),
  /** 16-bit IEEE 754, see {@link Float16}; NaN stands for missing. Tensors only. */
  FLOAT16(2, Float16.MAX_VALUE),
  /** The upper 16 bits of a FLOAT, see {@link BFloat16}; NaN stands for missing. Tensors only. */
  BFLOAT16(2, BFloat16.MAX_VALUE),
  /** 64-bit signed integer; a tensor cannot hold a missing one. */
  INT64(8, Long.MIN_VALUE, Long.MAX_VALUE),
  /** 32-bit signed integer; a tensor cannot hold a missing one. */
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** 16-bit signed integer; a tensor cannot hold a missing one. Tensors only. */
  INT16(2, Short.MIN_VALUE, Short.MAX_VALUE),
  /** 8-bit signed integer; a tensor cannot hold a missing one. Tensors only. */
  INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
  /** 8-bit unsigned integer; a tensor cannot hold a missing one. Tensors only. */
  UINT8(1, 0, 255),
  /** One byte, 0 or 1; a tensor cannot hold a missing one. */
  BOOL(1, 0, 1),
  /** Text; the empty string stands for missing in a tensor. */
  STRING(0),
  /** A score per class label, as ONNX's seq(map) outputs have them; outputs only. */
  SCORES(0);

  private final int bytes;
  private final boolean integral;
  private final long min;
  private final long max;
  private final int precision;
  private final double maxFinite;

  ElementType(int bytes) {
    this(bytes, false, 0, 0, 0, 0);
  }

  /** An integer. */
  ElementType(int bytes, long min, long max) {
    this(bytes, true, min, max, 0, 0);
  }

  /** A floating-point number; its largest one has all significant bits set, and no others. */
  ElementType(int bytes, double maxFinite) {
    this(
        bytes,
        false,
        0,
        0,
        53 - Long.numberOfTrailingZeros(Double.doubleToLongBits(maxFinite)),
        maxFinite);
  }

  ElementType(int bytes, boolean integral, long min, long max, int precision, double maxFinite) {
    this.bytes = bytes;
    this.integral = integral;
    this.min = min;
    this.max = max;
    this.precision = precision;
    this.maxFinite = maxFinite;
  }

  /** Returns the size of one element in a buffer in bytes, 0 where elements are objects. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether elements are floating-point numbers. */
  public boolean isFloating() {
    return precision > 0;
  }

  /** Returns whether elements are integers or booleans. */
  public boolean isIntegral() {
    return integral;
  }

  /** Returns the smallest element; only for integers and booleans. */
  public long min() {
    return min;
  }

  /** Returns the largest element; only for integers and booleans. */
  public long max() {
    return max;
  }

  /** Returns the largest finite element; only for floating-point numbers. */
  public double maxFinite() {
    return maxFinite;
  }

  /** Returns whether a tensor of this type can hold a missing value (NaN or the empty string). */
  public boolean canBeMissing() {
    return isFloating() || this == STRING;
  }

  /** Returns whether this type holds every value of another one as it is, without rounding. */
  public boolean holds(ElementType other) {
    if (this == other) {
      return true;
    }
    if (integral && other.integral) {
      return min <= other.min && other.max <= max;
    }
    if (isFloating() && other.integral) {
      long exact = 1L << precision; // every integer up to this magnitude has a number of its own
      return -exact <= other.min && other.max <= exact;
    }
    // The two 16-bit formats hold each other's values no more than those of wider ones.
    return isFloating() && other.isFloating() && bytes > other.bytes;
  }

  /**
   * Returns the type in which its values are published, in predictions and profiles: Avro has no
   * numbers of less than 32 bits.
   */
  public ElementType published() {
    return switch (this) {
      case FLOAT16, BFLOAT16 -> FLOAT;
      case INT16, INT8, UINT8 -> INT32;
      default -> this;
    };
  }
}
