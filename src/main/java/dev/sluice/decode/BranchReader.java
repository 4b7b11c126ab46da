package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/** Reads a union by the branch that the writer chose. */
final class BranchReader implements FieldReader {
  private final FieldReader[] branches;

  BranchReader(FieldReader[] branches) {
    this.branches = branches;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    branches[SkipReader.readIndex(in, branches.length, "union")].read(in, row);
  }
}
