package dev.sluice.cli.produce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Breaks a share of the records, in turn in one of the ways a client gets it wrong: a number that
 * stands for a missing one, a text that nobody knows, half of the value, none of it, no value at
 * all. Deterministic by seed.
 */
public final class BadRecords {
  /** Breaks none. */
  public static final BadRecords NONE = new BadRecords(0, 0, List.of());

  private static final Set<Schema.Type> NUMBERS =
      Set.of(Schema.Type.FLOAT, Schema.Type.DOUBLE, Schema.Type.INT, Schema.Type.LONG);
  private static final int WRONG = -9999;

  private final double share;
  private final SplittableRandom random;
  private final List<Fault> faults;
  private Fault current = Fault.NONE;
  private int broken;

  /** One way to break a record, before or after it is encoded. */
  private record Fault(Kind kind, int position, Object value) {
    static final Fault NONE = new Fault(Kind.NONE, 0, null);
  }

  private enum Kind {
    NONE,
    WRONG_VALUE,
    HALF,
    EMPTY,
    NO_VALUE
  }

  private BadRecords(double share, long seed, List<Fault> faults) {
    this.share = share;
    this.random = new SplittableRandom(seed);
    this.faults = faults;
  }

  /**
   * @param share of all records that is broken, 0 to 1
   * @param spared names of fields that stay as they are: key and event time
   */
  public static BadRecords of(Schema schema, double share, Set<String> spared, long seed) {
    List<Fault> faults = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Schema value = RecordField.valueOf(field);
      boolean isTime = value.getLogicalType() != null;
      if (!isTime && !spared.contains(field.name())) {
        if (NUMBERS.contains(value.getType())) {
          faults.add(new Fault(Kind.WRONG_VALUE, field.pos(), number(value.getType())));
        } else if (value.getType() == Schema.Type.STRING) {
          faults.add(new Fault(Kind.WRONG_VALUE, field.pos(), "NOWHERE"));
        }
      }
    }
    for (Kind kind : List.of(Kind.HALF, Kind.EMPTY, Kind.NO_VALUE)) {
      faults.add(new Fault(kind, 0, null));
    }
    return new BadRecords(share, seed, List.copyOf(faults));
  }

  private static Object number(Schema.Type type) {
    return switch (type) {
      case FLOAT -> (float) WRONG;
      case DOUBLE -> (double) WRONG;
      case INT -> WRONG;
      default -> (long) WRONG;
    };
  }

  /** Decides about the next record, and puts a wrong value into it if that is its fault. */
  void spoil(GenericRecord record) {
    current = Fault.NONE;
    if (share > 0 && random.nextDouble() < share) {
      current = faults.get(broken++ % faults.size());
    }
    if (current.kind == Kind.WRONG_VALUE) {
      record.put(current.position, current.value);
    }
  }

  /** Damages the bytes of that record, if that is its fault. */
  byte[] damage(byte[] value) {
    return switch (current.kind) {
      case HALF -> Arrays.copyOf(value, value.length / 2);
      case EMPTY -> new byte[0];
      case NO_VALUE -> null;
      default -> value;
    };
  }

  /** Returns how many records it has broken. */
  public long broken() {
    return broken;
  }
}
