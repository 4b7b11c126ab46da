package dev.sluice.infer.onnx;

/** Looks after the runs of a session. */
interface RunWatch extends AutoCloseable {
  /** Lets every run take as long as it likes. */
  RunWatch NONE =
      new RunWatch() {
        @Override
        public void begin() {}

        @Override
        public boolean end() {
          return false;
        }

        @Override
        public long overdue() {
          return 0;
        }

        @Override
        public void close() {}
      };

  /** Notes that a run begins. */
  void begin();

  /** Notes that it has ended; returns whether it took longer than it may, and was terminated. */
  boolean end();

  /** Returns how many runs took longer than they may; readable by any thread. */
  long overdue();

  @Override
  void close();
}
