package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.KafkaMessage;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.util.IOUtils;

/**
 * A sink of at-least-once delivery that ends the transactions of a job that had exactly-once
 * delivery and whose state it goes on with. What a checkpoint has written is committed: the offsets
 * are behind it, so nobody would write it again. What was written after that is aborted, since
 * transactions that stay open hold up whoever reads committed messages. Kafka's own sink does
 * neither.
 */
final class AtLeastOnceSink
    implements Sink<KafkaMessage>,
        SupportsWriterState<KafkaMessage, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1L;

  private final KafkaSink<KafkaMessage> sink;
  private final KafkaSink<KafkaMessage> transactions;

  /**
   * @param sink of at-least-once delivery
   * @param transactions the sink with exactly-once delivery
   */
  AtLeastOnceSink(KafkaSink<KafkaMessage> sink, KafkaSink<KafkaMessage> transactions) {
    this.sink = requireNonNull(sink, "sink is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  @Override
  public SinkWriter<KafkaMessage> createWriter(WriterInitContext context) throws IOException {
    return sink.createWriter(context);
  }

  @Override
  public StatefulSinkWriter<KafkaMessage, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
    // The first one's metrics are shown.
    StatefulSinkWriter<KafkaMessage, KafkaWriterState> writer = sink.restoreWriter(context, states);
    try {
      if (!states.isEmpty()) {
        abortOpen(context, states);
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      IOUtils.closeQuietly(writer);
      throw e;
    }
  }

  /** A writer with exactly-once delivery aborts them as it begins. */
  private void abortOpen(WriterInitContext context, Collection<KafkaWriterState> states)
      throws IOException {
    SinkWriter<KafkaMessage> writer = transactions.restoreWriter(context, states);
    try {
      writer.close();
    } catch (Exception e) {
      throw new IOException("cannot close the writer that has aborted transactions", e);
    }
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
    return new Restored(transactions, context);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
    sink.addPostCommitTopology(committables);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return sink.getLineageVertex();
  }

  /**
   * Commits what is in the state, usually nothing: then it makes no committer of Kafka's sink,
   * which takes two jobs of one process with the same ids for one.
   */
  @SuppressWarnings("try") // Flink's interface lets close() throw any exception.
  private static final class Restored implements Committer<KafkaCommittable> {
    private final SupportsCommitter<KafkaCommittable> transactions;
    private final CommitterInitContext context;
    private Committer<KafkaCommittable> committer;

    Restored(SupportsCommitter<KafkaCommittable> transactions, CommitterInitContext context) {
      this.transactions = transactions;
      this.context = context;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
        throws IOException, InterruptedException {
      if (requests.isEmpty()) {
        return;
      }
      if (committer == null) {
        committer = transactions.createCommitter(context);
      }
      committer.commit(requests);
    }

    @Override
    public void close() throws Exception {
      IOUtils.closeAll(committer);
    }
  }
}
