package dev.sluice.record;

import java.io.Serializable;

/**
 * Says which answers are too large to be written: the port by which the stage that parts answers
 * from failures asks the one that writes them. Travels with the job; not thread-safe.
 */
public interface OutputLimit extends Serializable {
  /** No limit. */
  OutputLimit NONE =
      new OutputLimit() {
        private static final long serialVersionUID = 1L;

        @Override
        public String excess(PredictionBatch batch, int row) {
          return null;
        }

        @Override
        public String excess(EncodedRecord tombstone) {
          return null;
        }
      };

  /** Returns why the prediction for a row cannot be written, for a person; null if it can. */
  String excess(PredictionBatch batch, int row);

  /** Returns why a tombstone cannot be passed on, for a person; null if it can. */
  String excess(EncodedRecord tombstone);
}
