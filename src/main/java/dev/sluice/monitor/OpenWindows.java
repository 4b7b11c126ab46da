package dev.sluice.monitor;

import dev.sluice.serial.ArrowType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The windows of the current key that still take rows, in keyed state: what has been gathered of
 * each and, apart from that, because it is large, how far each has been published.
 */
final class OpenWindows {
  private final MapState<String, WindowPartial> partials;
  private final MapState<String, OpenWindow> windows;

  OpenWindows(RuntimeContext context) {
    partials =
        context.getMapState(
            new MapStateDescriptor<>("open-partials", Types.STRING, Monitor.WINDOW_PARTIAL));
    windows =
        context.getMapState(
            new MapStateDescriptor<>(
                "open-windows",
                Types.STRING,
                new ArrowType<>(OpenWindow.class, new OpenWindowSerializer())));
  }

  /** Adds a partial to its window, opened if need be, and returns the window. */
  OpenWindow merge(WindowPartial partial) throws Exception {
    String key = key(partial.windowStart(), partial.windowEnd());
    WindowPartial merged = partials.get(key);
    OpenWindow window = windows.get(key);
    if (merged == null || window == null) {
      merged = partial.emptyLike();
      window = OpenWindow.of(partial);
      windows.put(key, window);
    }
    merged.merge(partial);
    partials.put(key, merged);
    return window;
  }

  /** Start and end: after a restart with windows of another length, two may start together. */
  private static String key(long start, long end) {
    return start + "/" + end;
  }

  /** Returns the windows, those first that end first. */
  List<OpenWindow> inOrder() throws Exception {
    List<OpenWindow> all = new ArrayList<>();
    windows.values().forEach(all::add);
    all.sort(Comparator.comparingLong(OpenWindow::end).thenComparingLong(OpenWindow::start));
    return all;
  }

  /** Returns what has been gathered of a window; not to be written to. */
  WindowPartial partial(OpenWindow window) throws Exception {
    return partials.get(key(window.start(), window.end()));
  }

  void update(OpenWindow window) throws Exception {
    windows.put(key(window.start(), window.end()), window);
  }

  void remove(OpenWindow window) throws Exception {
    String key = key(window.start(), window.end());
    partials.remove(key);
    windows.remove(key);
  }

  boolean isEmpty() throws Exception {
    return windows.isEmpty();
  }
}
