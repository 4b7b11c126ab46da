package dev.sluice.cli.bench;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far one output of a device is from that of the CPU, over all rows compared. */
final class OutputDifference {
  private final String name;
  private double absolute;
  private double relative;
  private long unequal;

  OutputDifference(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Returns the largest {@code |a - b|} of two floating-point numbers. */
  double absolute() {
    return absolute;
  }

  /** Returns the largest {@code |a - b| / max(1, |a|)}, a being the CPU's. */
  double relative() {
    return relative;
  }

  /** Returns how many whole numbers, texts and sets of labels differ. */
  long unequal() {
    return unequal;
  }

  /** Returns whether numbers are as close as wanted, and all else is equal. */
  boolean agrees(double tolerance) {
    return unequal == 0 && relative <= tolerance;
  }

  /**
   * Compares the first rows of two outputs.
   *
   * @param cpu what the CPU gives
   * @param device what the device gives
   */
  void add(OutputTensor cpu, OutputTensor device, int rows) {
    int width = cpu.values().rowWidth();
    if (device.values().rowWidth() != width) {
      unequal += rows;
      return;
    }
    for (int i = 0; i < rows * width; i++) {
      add(cpu.values(), device.values(), i);
    }
  }

  private void add(TensorBuffer cpu, TensorBuffer device, int element) {
    ElementType type = cpu.type();
    if (type == ElementType.SCORES) {
      add(cpu.scoresAt(element), device.scoresAt(element));
    } else if (type == ElementType.STRING) {
      unequal += cpu.textAt(element).equals(device.textAt(element)) ? 0 : 1;
    } else if (type.isFloating()) {
      add(cpu.numberAt(element), device.numberAt(element));
    } else {
      unequal += cpu.longAt(element) == device.longAt(element) ? 0 : 1;
    }
  }

  private void add(Map<String, Double> cpu, Map<String, Double> device) {
    List<String> labels = new ArrayList<>(cpu.keySet());
    if (!device.keySet().equals(cpu.keySet())) {
      unequal++;
      labels.retainAll(device.keySet());
    }
    labels.forEach(label -> add((double) cpu.get(label), (double) device.get(label)));
  }

  private void add(double cpu, double device) {
    if (Double.compare(cpu, device) == 0) {
      return; // NaN and infinities, too
    }
    double difference = Math.abs(cpu - device);
    double share = difference / Math.max(1, Math.abs(cpu));
    absolute = Math.max(absolute, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    relative = Math.max(relative, Double.isNaN(share) ? Double.POSITIVE_INFINITY : share);
  }
}
