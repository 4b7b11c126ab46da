package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.KafkaMessage;
import java.io.IOException;
import java.util.Collection;
import java.util.Properties;
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
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink of at-least-once delivery that ends the transactions of a job that had exactly-once
 * delivery and whose state it goes on with. What a checkpoint has written is committed, or the job
 * fails, also where the brokers say that they have aborted it meanwhile: the offsets are behind it,
 * so nobody would write it again. What was written after that is aborted, since transactions that
 * stay open hold up whoever reads committed messages; where that fails, a warning says so, and the
 * brokers abort it at its timeout. Kafka's own sink does neither.
 */
final class AtLeastOnceSink
    implements Sink<KafkaMessage>,
        SupportsWriterState<KafkaMessage, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(AtLeastOnceSink.class);

  private final String topic;
  private final KafkaSink<KafkaMessage> sink;
  private final KafkaSink<KafkaMessage> committing;
  private final Properties admin;
  private final SerializableFunction<String, KafkaSink<KafkaMessage>> aborting;

  /**
   * @param topic where to write
   * @param sink of at-least-once delivery
   * @param committing a sink with exactly-once delivery, which commits by full transactional ids
   * @param admin properties of a client that asks the brokers about transactions
   * @param aborting makes a sink with exactly-once delivery from the prefix of transactional ids
   */
  AtLeastOnceSink(
      String topic,
      KafkaSink<KafkaMessage> sink,
      KafkaSink<KafkaMessage> committing,
      Properties admin,
      SerializableFunction<String, KafkaSink<KafkaMessage>> aborting) {
    this.topic = requireNonNull(topic, "topic is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.committing = requireNonNull(committing, "committing is null");
    this.admin = requireNonNull(admin, "admin is null");
    this.aborting = requireNonNull(aborting, "aborting is null");
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
    if (!states.isEmpty()) {
      try {
        abortOpen(context, states);
      } catch (RuntimeException e) {
        IOUtils.closeQuietly(writer);
        throw e;
      }
    }
    return writer;
  }

  /** A writer with exactly-once delivery aborts them as it begins. */
  private void abortOpen(WriterInitContext context, Collection<KafkaWriterState> states) {
    String prefix = states.iterator().next().getTransactionalIdPrefix();
    try {
      SinkWriter<KafkaMessage> writer = aborting.apply(prefix).restoreWriter(context, states);
      writer.close();
    } catch (InterruptException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn(
          "transactions of {} that were left open in topic {} are not aborted; the brokers do so at their timeout, and who reads committed messages waits until then",
          prefix,
          topic,
          e);
    }
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
    return new Restored(committing, admin, context);
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
    private final Properties admin;
    private final CommitterInitContext context;
    private Committer<KafkaCommittable> committer;

    Restored(
        SupportsCommitter<KafkaCommittable> transactions,
        Properties admin,
        CommitterInitContext context) {
      this.transactions = transactions;
      this.admin = admin;
      this.context = context;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
        throws IOException, InterruptedException {
      if (requests.isEmpty()) {
        return;
      }
      AbortedTransactions.refuse(
          admin, requests.stream().map(CommitRequest::getCommittable).toList());
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
