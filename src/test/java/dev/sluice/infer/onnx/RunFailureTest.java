package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ONNX Runtime says when a run fails, word for word but for paths and addresses. */
class RunFailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Non-zero status code returned while running ConstantOfShape node. Name:'' Status Message: bfc_arena.cc:359 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 281474976710656",
        "Non-zero status code returned while running MatMul node. Name:'m' Status Message: bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Available memory of 1048576 is smaller than requested bytes of 4194304",
        "std::bad_alloc",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=h ; file=cuda_allocator.cc ; line=42 ; expr=cudaMalloc((void**)&p, size);",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=h ; file=cuda_call.cc ; line=170 ; expr=cublasCreate(&cublas_handle_);",
        "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=h ; file=cuda_stream_handle.cc ; line=50 ; expr=cudnnCreate(&cudnn_handle_);"
      })
  void exhaustedMemory(String message) {
    assertThatThrownBy(() -> RunFailure.of(failure(message)))
        .isInstanceOf(MemoryExhaustedException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 719: unspecified launch failure ; GPU=0 ; hostname=h ; file=gpu_data_transfer.cc ; line=63 ; expr=cudaStreamSynchronize(s);",
        "CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED ; GPU=0 ; hostname=h",
        "CUDNN failure 5000: CUDNN_STATUS_EXECUTION_FAILED ; GPU=0 ; hostname=h"
      })
  void lostDevices(String message) {
    assertThatThrownBy(() -> RunFailure.of(failure(message)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("ONNX Runtime cannot go on: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusedRows() throws MemoryExhaustedException {
    assertThat(
            RunFailure.of(
                failure(
                    "Non-zero status code returned while running Gather node. indices element out of data bounds, idx=10 must be within the inclusive range [-10,9]")))
        .hasMessageStartingWith("ONNX Runtime refused the record: ")
        .hasMessageContaining("idx=10");
  }

  @Test
  void aMessageIsOneLine() throws MemoryExhaustedException {
    assertThat(RunFailure.of(failure("first\n  second \r\n\n")))
        .hasMessage(
            "ONNX Runtime refused the record: Error code - ORT_FAIL - message: first second");
  }

  private static OrtException failure(String message) {
    return new OrtException(OrtException.OrtErrorCode.ORT_FAIL, message);
  }
}
