package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkITCase {
  @Test
  void jobsRunAndTheWebUiShowsThem() throws Exception {
    Path temporary;
    try (EmbeddedFlink flink = EmbeddedFlink.start(2)) {
      temporary = Path.of(flink.configuration().get(CoreOptions.TMP_DIRS));
      HttpResponse<String> page = get(flink.webUrl() + "/");
      for (int attempt = 0; page.statusCode() == 503 && attempt < 100; attempt++) {
        Thread.sleep(100); // the web interface is up before it has heard of the leader
        page = get(flink.webUrl() + "/");
      }
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html");
      assertThat(page.body()).contains("<html");
      assertThat(flink.webUrl()).startsWith("http://127.0.0.1:");

      StreamExecutionEnvironment environment = flink.environment();
      assertThat(environment.getParallelism()).isEqualTo(2);
      assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
      assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
      environment.fromSequence(1, 10).sinkTo(new DiscardingSink<>());
      environment.execute("count to ten");

      HttpResponse<String> jobs = get(flink.webUrl() + "/jobs/overview");
      assertThat(jobs.statusCode()).isEqualTo(200);
      for (int attempt = 0; jobs.body().equals("{\"jobs\":[]}") && attempt < 100; attempt++) {
        Thread.sleep(100); // the overview is cached for its refresh interval
        jobs = get(flink.webUrl() + "/jobs/overview");
      }
      assertThat(jobs.body()).contains("\"name\":\"count to ten\"", "\"state\":\"FINISHED\"");
    }
    assertThat(temporary).doesNotExist();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
