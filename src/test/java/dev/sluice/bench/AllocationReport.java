package dev.sluice.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bytes allocated per record: by whom, and where in the code. A thread's bytes are divided by the
 * weights of its samples; those of a thread without samples are nobody's.
 */
final class AllocationReport {
  /** Our own code shall allocate less, in bytes per record. */
  static final double GOAL = 100;

  private static final int TOP = 10;

  private final long records;
  private final Map<Allocator, Double> perRecord = new EnumMap<>(Allocator.class);
  private final Map<Allocator, Map<String, Double>> sites = new EnumMap<>(Allocator.class);
  private double total;
  private double unsampled;

  /**
   * @param records how many went through
   * @param bytes what each thread allocated, by its id
   * @param weights by thread, who allocated and where
   */
  AllocationReport(
      long records, Map<Long, Long> bytes, Map<Long, Map<Allocator.Judged, Long>> weights) {
    this.records = records;
    for (Allocator allocator : Allocator.values()) {
      perRecord.put(allocator, 0.0);
      sites.put(allocator, new HashMap<>());
    }
    bytes.forEach((thread, all) -> add(all, weights.getOrDefault(thread, Map.of())));
  }

  private void add(long bytes, Map<Allocator.Judged, Long> weights) {
    double share = (double) bytes / records;
    total += share;
    double sum = weights.values().stream().mapToLong(Long::longValue).sum();
    if (sum == 0) {
      unsampled += share;
    }
    weights.forEach(
        (judged, weight) -> {
          double part = share * weight / sum;
          perRecord.merge(judged.by(), part, Double::sum);
          sites.get(judged.by()).merge(judged.site(), part, Double::sum);
        });
  }

  /** Returns the bytes per record of all threads that count. */
  double total() {
    return total;
  }

  /** Returns the bytes per record of threads of which there is no sample. */
  double unsampled() {
    return unsampled;
  }

  /** Returns the bytes per record of one allocator. */
  double of(Allocator allocator) {
    return perRecord.get(allocator);
  }

  boolean isGoalMet() {
    return of(Allocator.OWN) < GOAL;
  }

  /** Returns the places of an allocator's code that allocate most, most first. */
  Map<String, Double> topSites(Allocator allocator) {
    Map<String, Double> top = new LinkedHashMap<>();
    List<Map.Entry<String, Double>> sorted =
        sites.get(allocator).entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(TOP)
            .toList();
    sorted.forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return top;
  }

  /** Returns what is written of it. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("records", records);
    json.put("unit", "bytes per record");
    Map<String, Double> by = new LinkedHashMap<>();
    perRecord.forEach((allocator, bytes) -> by.put(allocator.title(), bytes));
    by.put("without a sample", unsampled);
    json.put("allocators", by);
    json.put("total", total);
    json.put("goal", GOAL);
    json.put("met", isGoalMet());
    Map<String, Object> top = new LinkedHashMap<>();
    sites.keySet().forEach(allocator -> top.put(allocator.title(), topSites(allocator)));
    json.put("sites", top);
    return json;
  }

  /** Returns it as a table. */
  String toTable() {
    StringBuilder table =
        new StringBuilder(
            String.format(Locale.ROOT, "Allocated bytes per record, over %,d records%n", records));
    perRecord.forEach((allocator, bytes) -> line(allocator.title(), bytes, table));
    line("without a sample", unsampled, table);
    line("all", total, table);
    table.append(
        String.format(
            Locale.ROOT,
            "our own code: goal under %.0f: %s%nmost of it by%n",
            GOAL,
            isGoalMet() ? "met" : "MISSED"));
    topSites(Allocator.OWN).forEach((site, bytes) -> line(site, bytes, table));
    return table.toString();
  }

  private static void line(String name, double bytes, StringBuilder table) {
    table.append(String.format(Locale.ROOT, "%10.1f  %s%n", bytes, name));
  }
}
