package dev.sluice.cli;

import java.util.Arrays;
import java.util.Map;
import org.apache.avro.generic.GenericData;

/**
 * What goes wrong in simulated records, from half way on: columns shift, a sensor falls silent, and
 * some records are broken. Every record in {@link #BREAK_EVERY} is broken, in turn in one of the
 * ways a client gets it wrong.
 */
final class Faults {
  static final int BREAK_EVERY = 200;
  private static final double FROM = 0.5;

  private final Map<String, Double> factors;
  private final String silent;
  private final String wrongNumber;
  private final String wrongText;
  private long shifted;

  /**
   * @param factors columns that are multiplied by a factor
   * @param silent a nullable column without values, or empty
   * @param wrongNumber a nullable float column that gets -9999 in broken records
   * @param wrongText a text column that gets an unknown value in broken records
   */
  Faults(Map<String, Double> factors, String silent, String wrongNumber, String wrongText) {
    this.factors = Map.copyOf(factors);
    this.silent = silent;
    this.wrongNumber = wrongNumber;
    this.wrongText = wrongText;
  }

  /** Changes the values of a record; which ones is decided by how far the simulation is. */
  void shift(GenericData.Record record, double progress) {
    if (progress < FROM) {
      return;
    }
    factors.forEach(
        (column, factor) -> {
          if (record.get(column) instanceof Float value) {
            record.put(column, (float) (value * factor));
          }
        });
    if (!silent.isEmpty()) {
      record.put(silent, null);
    }
    shifted++;
    if (isBroken()) {
      switch (kind()) {
        case 0 -> record.put(wrongNumber, -9999f);
        case 1 -> record.put(wrongText, "NOWHERE");
        default -> {}
      }
    }
  }

  private boolean isBroken() {
    return shifted % BREAK_EVERY == 0;
  }

  private int kind() {
    return (int) (shifted / BREAK_EVERY % 5);
  }

  /** Damages the bytes of some records. */
  byte[] damage(byte[] value, double progress) {
    if (progress < FROM || !isBroken()) {
      return value;
    }
    return switch (kind()) {
      case 2 -> Arrays.copyOf(value, value.length / 2);
      case 3 -> new byte[0];
      case 4 -> null;
      default -> value;
    };
  }
}
