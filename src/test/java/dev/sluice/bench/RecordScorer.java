package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.model.ModelPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Decodes, scores and encodes one record at a time, as it is often written: a GenericRecord, a
 * tensor and a run of the model for each. Used by one thread, which closes it.
 */
final class RecordScorer implements AutoCloseable {
  private final Workload workload;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final GenericDatumReader<GenericRecord> reader;
  private final Payload payload;
  private final ByteBuffer[] values;
  private BinaryDecoder decoder;

  /**
   * @param topic of the records
   */
  RecordScorer(Workload workload, String topic) throws OrtException {
    this.workload = workload;
    ModelPackage model = ModelPackage.open(workload.model());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model.onnxFile().toString(), options);
    }
    reader = new GenericDatumReader<>(workload.schema());
    payload = new Payload(topic, model);
    values = new ByteBuffer[payload.outputs().size()];
  }

  /** Returns the prediction for a record of the topic. */
  byte[] score(int partition, long offset, byte[] record) throws IOException, OrtException {
    decoder = DecoderFactory.get().binaryDecoder(record, decoder);
    GenericRecord features = reader.read(null, decoder);
    Map<String, OnnxTensor> inputs = workload.tensors(environment, features);
    try (OrtSession.Result result = session.run(inputs)) {
      for (int i = 0; i < values.length; i++) {
        OnnxTensor output = (OnnxTensor) result.get(payload.outputs().get(i).name()).orElseThrow();
        values[i] = output.getByteBuffer().order(ByteOrder.nativeOrder());
      }
      return payload.encode(partition, offset, (Long) features.get(0), values, 0);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
