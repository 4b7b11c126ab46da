package dev.sluice.bench;

import dev.sluice.cli.profile.RowSource;
import dev.sluice.cli.profile.SourceRow;
import dev.sluice.cli.profile.SourceRows;
import dev.sluice.cli.score.Split;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import org.apache.avro.Schema;

/**
 * The first records of a workload as training data: what its data profile is made of.
 *
 * @param size how many
 */
record WorkloadRows(Workload workload, long size) implements RowSource {
  @Override
  public Schema schema() {
    return workload.schema();
  }

  @Override
  public SourceRows open(Split split) {
    return new Rows(workload, size);
  }

  @Override
  public String name() {
    return "workload (" + workload.name() + ")";
  }

  @Override
  public String sha256() {
    return "";
  }

  @Override
  public Unit unit() {
    return Unit.OFFSETS;
  }

  @Override
  public boolean hasTimestamps() {
    return false;
  }

  private static final class Rows implements SourceRows {
    private final Workload workload;
    private final long size;
    private long next;

    Rows(Workload workload, long size) {
      this.workload = workload;
      this.size = size;
    }

    @Override
    public SourceRow next() {
      if (next == size) {
        return null;
      }
      byte[] record = workload.record(next);
      return new SourceRow(new EncodedRecord("", 0, next++, 0, null, record, Header.NONE), null);
    }

    @Override
    public String place() {
      return "record " + (next - 1);
    }

    @Override
    public long position() {
      return next;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
