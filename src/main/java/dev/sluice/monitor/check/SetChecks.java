package dev.sluice.monitor.check;

import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges what is expected of the set of distinct values. */
final class SetChecks {
  static final String TOO_MANY = "there are too many distinct values to know each";

  private static final int SHOWN_VALUES = 20;

  private SetChecks() {}

  static Judgement judge(ExpectationType type, ValueSet set, WindowColumn column) {
    Optional<Map<String, Long>> values = column.values();
    if (values.isEmpty()) {
      return isSmaller(set, column) && !isOfMostCommon(type)
          ? ofTooMany(type)
          : Judgement.unknown(null, TOO_MANY);
    }
    Set<Object> stated = stated(set, column.type());
    if (isOfMostCommon(type)) {
      return mostCommon(type, stated, values.get(), column.type());
    }
    Set<Object> counted = Values.counted(values.get().keySet(), column.type());
    boolean met =
        switch (type) {
          case DISTINCT_IN_SET -> stated.containsAll(counted);
          // A value that no such column can hold is one that does not occur.
          case DISTINCT_CONTAIN_SET ->
              counted.containsAll(stated) && areAllPossible(set, column.type());
          case DISTINCT_EQUAL_SET -> counted.equals(stated) && areAllPossible(set, column.type());
          default -> throw new IllegalArgumentException(type + " is not about distinct values");
        };
    return Judgement.of(shown(values.get().keySet()), met);
  }

  /** More values than the set has are not all of the set, whatever they are. */
  private static Judgement ofTooMany(ExpectationType type) {
    return type == ExpectationType.DISTINCT_CONTAIN_SET
        ? Judgement.unknown(null, TOO_MANY)
        : Judgement.of("more values than the set has", false);
  }

  private static boolean isSmaller(ValueSet set, WindowColumn column) {
    return column.distinct().map(distinct -> distinct.low() > set.values().size()).orElse(false);
  }

  private static boolean isOfMostCommon(ExpectationType type) {
    return type == ExpectationType.MOST_COMMON || type == ExpectationType.MOST_COMMON_ANY;
  }

  private static Judgement mostCommon(
      ExpectationType expectation, Set<Object> stated, Map<String, Long> values, ElementType type) {
    if (values.isEmpty()) {
      return Judgement.ofNothing();
    }
    long highest = WindowColumn.highest(values);
    Set<String> modes =
        values.entrySet().stream()
            .filter(value -> value.getValue() == highest)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<Object> counted = Values.counted(modes, type);
    boolean tiesWillDo = expectation == ExpectationType.MOST_COMMON_ANY;
    boolean met =
        (tiesWillDo || counted.size() == 1) && counted.stream().anyMatch(stated::contains);
    return Judgement.of(shown(modes), met);
  }

  private static Set<Object> stated(ValueSet set, ElementType type) {
    Set<Object> stated = new HashSet<>();
    set.values().forEach(value -> Values.stated(value, type).ifPresent(stated::add));
    return stated;
  }

  private static boolean areAllPossible(ValueSet set, ElementType type) {
    return set.values().stream().allMatch(value -> Values.stated(value, type).isPresent());
  }

  private static String shown(Set<String> values) {
    List<String> first = values.stream().sorted().limit(SHOWN_VALUES).toList();
    int more = values.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
