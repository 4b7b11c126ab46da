package dev.sluice.infer.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which GPUs of this process are in use by how many sessions, so that each new one takes the
 * least-used. Per class loader: jobs of a session cluster do not see each other's.
 */
final class Devices {
  private static final Devices OF_THIS_PROCESS = new Devices();

  private final Map<Integer, Integer> users = new HashMap<>();

  /** Returns the registry that all sessions share. */
  static Devices ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Claims the least-used of some devices, the first of several.
   *
   * @param candidates numbers of devices; empty where nobody has told: device 0
   */
  synchronized Claim claim(List<Integer> candidates) {
    int chosen = candidates.isEmpty() ? 0 : candidates.get(0);
    for (int device : candidates) {
      if (users(device) < users(chosen)) {
        chosen = device;
      }
    }
    users.merge(chosen, 1, Integer::sum);
    return new Claim(chosen);
  }

  /** Returns how many claims on a device are held. */
  synchronized int users(int device) {
    return users.getOrDefault(device, 0);
  }

  private synchronized void release(int device) {
    users.computeIfPresent(device, (number, count) -> count == 1 ? null : count - 1);
  }

  /** The use of a device; ends when it is closed. */
  final class Claim implements AutoCloseable {
    private final int device;
    private boolean released;

    private Claim(int device) {
      this.device = device;
    }

    /** Returns the device's number. */
    int device() {
      return device;
    }

    @Override
    public synchronized void close() {
      if (!released) {
        released = true;
        release(device);
      }
    }
  }
}
