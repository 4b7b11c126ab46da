package dev.sluice.record;

/** The type of one element of a feature column or tensor. */
public enum ElementType {
  /** 32-bit IEEE 754; NaN stands for missing in a tensor. */
  FLOAT(4),
  /** 64-bit IEEE 754; NaN stands for missing in a tensor. */
  DOUBLE(8),
  /** 64-bit signed integer; a tensor cannot hold a missing one. */
  INT64(8),
  /** 32-bit signed integer; a tensor cannot hold a missing one. */
  INT32(4),
  /** One byte, 0 or 1; a tensor cannot hold a missing one. */
  BOOL(1),
  /** Text; the empty string stands for missing in a tensor. */
  STRING(0),
  /** A score per class label, as ONNX's seq(map) outputs have them; outputs only. */
  SCORES(0);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element in a buffer in bytes, 0 where elements are objects. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether elements are floating-point numbers. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Returns whether elements are integers or booleans. */
  public boolean isIntegral() {
    return this == INT64 || this == INT32 || this == BOOL;
  }

  /** Returns whether a tensor of this type can hold a missing value (NaN or the empty string). */
  public boolean canBeMissing() {
    return isFloating() || this == STRING;
  }
}
