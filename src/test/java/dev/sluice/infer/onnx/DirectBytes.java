package dev.sluice.infer.onnx;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts the direct buffers that an object of this project holds, wherever it has them. */
final class DirectBytes {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  private DirectBytes() {}

  static long of(Object holder) throws IllegalAccessException {
    DirectBytes counted = new DirectBytes();
    counted.walk(holder);
    return counted.bytes;
  }

  private void walk(Object object) throws IllegalAccessException {
    if (object == null || object instanceof Enum || !seen.add(object)) {
      return;
    }
    if (object instanceof ByteBuffer buffer) {
      bytes += buffer.isDirect() ? buffer.capacity() : 0;
    } else if (object instanceof Object[] array) {
      for (Object element : array) {
        walk(element);
      }
    } else if (object instanceof Iterable<?> elements) {
      for (Object element : elements) {
        walk(element);
      }
    } else if (object.getClass().getName().startsWith("dev.sluice.")) {
      for (Field field : object.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          walk(field.get(object));
        }
      }
    }
  }
}
