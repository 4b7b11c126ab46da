package dev.sluice.record;

import java.io.Serializable;

/**
 * Says which answers cannot be written: the port by which the stage that parts answers from
 * failures asks the one that writes them. Travels with the job; not thread-safe.
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

  /** Returns how the prediction for a row is too large, for a person; null if it is not. */
  String excess(PredictionBatch batch, int row);

  /** Returns how a tombstone is too large to be passed on, for a person; null if it is not. */
  String excess(EncodedRecord tombstone);

  /**
   * Returns why what is written about a record needs a key, for a person; null if the record has
   * one or needs none.
   */
  default String missingKey(EncodedRecord record) {
    return null;
  }
}
