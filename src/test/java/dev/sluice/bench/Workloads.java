package dev.sluice.bench;

import java.util.List;

/** All workloads. */
final class Workloads {
  private Workloads() {}

  /** Returns new ones, in the order of their letters. */
  static List<Workload> all() {
    return List.of(
        new FloatColumns(),
        new AirQuality(),
        FloatArray.dense(),
        new NullableColumns(),
        FloatArray.image());
  }

  /**
   * Returns a new one.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  static Workload named(String name) {
    return all().stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "workload is %s, expected one of %s"
                        .formatted(name, all().stream().map(Workload::name).toList())));
  }
}
