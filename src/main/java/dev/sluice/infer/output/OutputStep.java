package dev.sluice.infer.output;

import dev.sluice.record.OutputTensor;

/** Computes the rows of one output from those of another. */
interface OutputStep {
  /** Returns the output that it fills; the step's own. */
  OutputTensor target();

  /** Computes one row. */
  void process(int row);
}
