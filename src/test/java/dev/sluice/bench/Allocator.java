package dev.sluice.bench;

import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;

/**
 * Who allocates: the first code on the stack, from the top, that is neither the JDK's nor unknown.
 */
enum Allocator {
  /** This project, payload arrays aside. */
  OWN("our own code", "dev.sluice."),
  /** The bytes of a feature record's value, which Kafka's client copies out of what it fetched. */
  PAYLOAD_IN("payload arrays in", ""),
  /** The bytes of a prediction's value. */
  PAYLOAD_OUT("payload arrays out", ""),
  KAFKA("Kafka's clients", "org.apache.kafka."),
  FLINK("Flink", "org.apache.flink."),
  ONNX_RUNTIME("ONNX Runtime", "ai.onnxruntime."),
  /** Other libraries, and threads of the JDK alone. */
  OTHER("others", "");

  private static final String BYTES = "[B";
  private static final String READ_VALUE =
      "org.apache.kafka.clients.consumer.internals.CompletedFetch";
  private static final String COPY = "org.apache.kafka.common.utils.Utils";
  private static final String WRITE_VALUE = "dev.sluice.encode.AvroBuffer";

  private final String title;
  private final String prefix;

  Allocator(String title, String prefix) {
    this.title = title;
    this.prefix = prefix;
  }

  String title() {
    return title;
  }

  /**
   * An allocation, judged.
   *
   * @param by who allocated
   * @param site class, method and line of the frame that says so; empty where none does
   */
  record Judged(Allocator by, String site) {}

  /** Judges an allocation by its class and stack, top first. */
  static Judged judge(RecordedClass allocated, List<RecordedFrame> stack) {
    boolean bytes = allocated.getName().equals(BYTES);
    if (bytes && isValueRead(stack)) {
      return new Judged(PAYLOAD_IN, site(stack.get(0)));
    }
    for (RecordedFrame frame : stack) {
      RecordedMethod method = frame.getMethod();
      String type = method.getType().getName();
      if (bytes && type.equals(WRITE_VALUE) && method.getName().equals("toBytes")) {
        return new Judged(PAYLOAD_OUT, site(frame));
      }
      for (Allocator one : values()) {
        if (!one.prefix.isEmpty() && type.startsWith(one.prefix)) {
          return new Judged(one, site(frame));
        }
      }
    }
    return new Judged(OTHER, stack.isEmpty() ? "" : site(stack.get(stack.size() - 1)));
  }

  /** A copy by a deserializer, or for one: values alone, where records have no keys. */
  private static boolean isValueRead(List<RecordedFrame> stack) {
    boolean copies = false;
    for (RecordedFrame frame : stack) {
      RecordedMethod method = frame.getMethod();
      String type = method.getType().getName();
      copies |= type.equals(COPY) && method.getName().startsWith("to");
      if (type.equals(READ_VALUE)) {
        return copies;
      }
    }
    return false;
  }

  private static String site(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return method.getType().getName() + "." + method.getName() + ":" + frame.getLineNumber();
  }
}
