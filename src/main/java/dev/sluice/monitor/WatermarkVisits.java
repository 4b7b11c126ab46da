package dev.sluice.monitor;

import java.util.HashSet;
import java.util.Set;

/**
 * Which keys have been seen to at the current watermark. One that passes many timers of a key at
 * once, as in a backfill, fires each of them; where the first sees to all that is due, the others
 * have nothing to do. No state: after a restart each key is seen to once more.
 */
public final class WatermarkVisits {
  private final Set<String> seen = new HashSet<>();
  private long current = Long.MIN_VALUE;

  /** Returns whether a key has not been seen to at this watermark; from now on it has. */
  public boolean isFirst(String key, long watermark) {
    if (watermark != current) {
      seen.clear();
      current = watermark;
    }
    return seen.add(key);
  }

  /** Has a key seen to again, since something has come for it. */
  public void forget(String key) {
    seen.remove(key);
  }
}
