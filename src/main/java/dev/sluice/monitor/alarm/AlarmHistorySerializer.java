package dev.sluice.monitor.alarm;

import dev.sluice.profile.Alarm;
import dev.sluice.serial.AlarmSerializer;
import dev.sluice.serial.ArrowSerializer;
import dev.sluice.serial.ArrowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link AlarmHistory}, in state only. */
public final class AlarmHistorySerializer extends ArrowSerializer<AlarmHistory> {
  static final TypeInformation<AlarmHistory> TYPE =
      new ArrowType<>(AlarmHistory.class, new AlarmHistorySerializer());

  private static final long serialVersionUID = 1L;

  private final AlarmSerializer alarms = new AlarmSerializer();

  @Override
  public AlarmHistory copy(AlarmHistory from) {
    return from; // immutable
  }

  @Override
  public void serialize(AlarmHistory history, DataOutputView out) throws IOException {
    out.writeInt(history.judged());
    out.writeLong(history.wrong());
    for (long start : history.starts()) { // one for each bit
      out.writeLong(start);
    }
    out.writeBoolean(history.raised() != null);
    if (history.raised() != null) {
      alarms.serialize(history.raised(), out);
    }
  }

  @Override
  public AlarmHistory deserialize(DataInputView in) throws IOException {
    int judged = in.readInt();
    long wrong = in.readLong();
    List<Long> starts = new ArrayList<>();
    for (int left = Long.bitCount(wrong); left > 0; left--) {
      starts.add(in.readLong());
    }
    Alarm raised = in.readBoolean() ? alarms.deserialize(in) : null;
    return new AlarmHistory(judged, wrong, starts, raised);
  }

  @Override
  public TypeSerializerSnapshot<AlarmHistory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AlarmHistory> {
    public Snapshot() {
      super(AlarmHistorySerializer::new);
    }
  }
}
